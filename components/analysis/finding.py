"""What a check found: where, what, how bad, and what to do."""

from __future__ import annotations

import msgspec

from components.api.validation import Severity

__all__ = ["Finding", "Severity"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with, or surprising about, a set of documents. The fields are those of the JSON output."""

    code: str
    """M and four digits: a check of docs/checks. V and four digits: the webhook or a CRD refuses it. R and three: the
    input could not be read as it stands."""
    severity: Severity
    kind: str | None = None
    namespace: str | None = None
    """As the document says it; None when it says none."""
    name: str | None = None
    field: str = ""
    """Path from the root of the document: "spec.http[0].timeout". Empty: the document as a whole."""
    message: str
    """What is wrong and the value given."""
    remedy: str
    """What is allowed and what to do; whole sentences."""
    file: str | None = None
    """As it was given or found; None for a document that comes from a program."""
    line: int | None = None
    """Counted from 1."""
    istio: str | None = None
    """The code under which istioctl reports the same, such as IST0101."""

    @property
    def subject(self) -> str:
        """Whom it is about: "VirtualService shop/servicex"."""
        name = "/".join(part for part in (self.namespace, self.name) if part)
        return " ".join(part for part in (self.kind, name) if part) or (self.file or "input")
