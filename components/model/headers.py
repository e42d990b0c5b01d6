"""Changes to the headers of requests and responses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from types import MappingProxyType

from components.model.names import require_header

COMMAND = re.compile(r"%[A-Z][A-Z0-9_]*(\([A-Za-z0-9:/_.?=-]*\))?(:[0-9]{1,4})?%")
"""What Envoy fills in for each request, such as %DOWNSTREAM_REMOTE_ADDRESS% or %REQ(x-user)%."""

NOT_BY_HEADER = frozenset({"host", ":authority"})


@dataclass(frozen=True, slots=True)
class HeaderOperations:
    """Headers to `set` (whatever they had), to `add` a value to, and to `remove`, by name in lower case.

    Envoy removes first, then sets, then adds. In a value, `%REQ(x-user)%` and Envoy's other commands are filled in for
    each request; a percent sign that is meant as one is written `%%`.

    Raises `ValueError` for no change at all, for a header that is removed and given, for `host` (see `Rewrite`), and for
    values that Envoy refuses.
    """

    _: KW_ONLY
    set: Mapping[str, str] = field(default_factory=dict, hash=False)
    add: Mapping[str, str] = field(default_factory=dict, hash=False)
    remove: Sequence[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "set", MappingProxyType(dict(self.set)))
        object.__setattr__(self, "add", MappingProxyType(dict(self.add)))
        object.__setattr__(self, "remove", (self.remove,) if isinstance(self.remove, str) else tuple(self.remove))
        names = [*self.set, *self.add, *self.remove]
        if not names:
            raise ValueError("the header operations change nothing; give set, add or remove, or leave them out")
        for name in names:
            if name in NOT_BY_HEADER:
                raise ValueError(
                    f"the header operations change {name!r}, which Envoy keeps as the authority; give the route "
                    "Rewrite(authority=...)"
                )
            require_header(name)
            if name in self.remove and names.count(name) > 1:
                raise ValueError(
                    f"header {name!r} is removed and given, or removed twice; `set` alone replaces its value"
                )
        for name, value in (*self.set.items(), *self.add.items()):
            _require_value(name, value)

    def __str__(self) -> str:
        parts = [f"{name}: {value}" for name, value in (*self.set.items(), *self.add.items())]
        return ", ".join([*parts, *(f"no {name}" for name in self.remove)])


def _require_value(name: str, value: str) -> None:
    if not value:
        raise ValueError(f"header {name!r} is given the value ''; Envoy leaves out a header without one. Use `remove`")
    if not all(" " <= letter <= "~" or letter == "\t" for letter in value):
        raise ValueError(
            f"header {name!r} is given the value {value!r}; a header holds printable ASCII. Encode what is not"
        )
    if "%" in COMMAND.sub("", value.replace("%%", "")):
        raise ValueError(
            f"header {name!r} is given the value {value!r}, where Envoy reads a '%' as the start of a command such as "
            "%REQ(x-user)%; write '%%' for a percent sign"
        )
