"""One thing that Istio would refuse or warn of in one document, and where it is gathered."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

__all__ = ["Flaw", "Report", "Severity", "Violation", "entry_path"]


class Severity(Enum):
    """What Istio does about it: an error is refused, a warning is let through, an info is only said."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Flaw(NamedTuple):
    """What is wrong with a value, whatever the field it stands in."""

    message: str
    """What is wrong and the value that was given; no full stop."""
    remedy: str
    """What is allowed and what to do; a whole sentence."""


class Violation(NamedTuple):
    """A broken rule."""

    code: str
    """V and four digits, the same for ever."""
    severity: Severity
    path: str
    """Where, from the root of the document: "spec.http[0].retries.retryOn"."""
    message: str
    remedy: str
    istio: str
    """The code under which `istioctl analyze` reports it: IST0106 refused, IST0133 warned of, or one of its own."""


class Report:
    """The violations of one document, in the order in which they were found."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def refuse(self, code: str, path: str, message: str, remedy: str) -> None:
        """The webhook or a CRD says no."""
        self.violations.append(Violation(code, Severity.ERROR, path, message, remedy, "IST0106"))

    def warn(self, code: str, path: str, message: str, remedy: str) -> None:
        """The webhook lets it through with a warning."""
        self.violations.append(Violation(code, Severity.WARNING, path, message, remedy, "IST0133"))

    def note(self, code: str, severity: Severity, path: str, flaw: Flaw, *, istio: str) -> None:
        """Something that istioctl has a code of its own for."""
        self.violations.append(Violation(code, severity, path, *flaw, istio))

    def refuse_if(self, code: str, path: str, flaw: Flaw | None) -> None:
        """Refuse when a check of a value found something."""
        if flaw is not None:
            self.refuse(code, path, *flaw)


def entry_path(path: str, key: str) -> str:
    """The path of an entry of a map: spec.labels.app, spec.headers["x-tester"]."""
    plain = key.replace("_", "").isalnum() and not key[:1].isdigit()
    return f"{path}.{key}" if plain else f'{path}["{key}"]'
