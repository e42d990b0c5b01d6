"""Changes to a request's path and host before it is forwarded."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass

from components.model.matching import require_path, require_regex
from components.model.names import require_host


@dataclass(frozen=True, slots=True)
class Rewrite:
    r"""What the workload sees: another path, another host (`authority`), or both. The query stays.

    `path` is the whole new path, whatever the route matched. `prefix` takes the place of what the route's PathPrefix
    matched. `regex` (RE2) is replaced by `replacement`, wherever in the path it is found; `\1` is its first group.

    Raises `ValueError` for no change, more than one kind of path, or a replacement that uses a group that is not there.
    """

    _: KW_ONLY
    path: str | None = None
    prefix: str | None = None
    regex: str | None = None
    replacement: str | None = None
    authority: str | None = None

    def __post_init__(self) -> None:
        ways = [way for way in ("path", "prefix", "regex") if getattr(self, way) is not None]
        if len(ways) > 1:
            raise ValueError(f"the rewrite has {' and '.join(ways)}; a path is rewritten in one way")
        if not ways and self.authority is None:
            raise ValueError("the rewrite changes nothing; give path, prefix, regex or authority, or leave it out")
        for path in (self.path, self.prefix):
            if path is not None:
                require_path(path)
        if self.authority is not None:
            require_host("the authority that is written", self.authority)
            if self.authority.startswith("*"):
                raise ValueError(f"the rewrite gives the authority {self.authority!r}, which is no host; leave out '*'")
        if (self.regex is None) != (self.replacement is None):
            raise ValueError("the rewrite has one of regex and replacement; give both")
        if self.regex is not None and self.replacement is not None:
            require_regex("the path that is rewritten", self.regex)
            _require_replacement(self.regex, self.replacement)

    def __str__(self) -> str:
        path = self.path or (f"{self.prefix}*" if self.prefix is not None else None)
        changed = path or (f"~{self.regex} to {self.replacement}" if self.regex is not None else "")
        return " ".join(part for part in (changed, f"at {self.authority}" if self.authority else "") if part)


def _require_replacement(regex: str, replacement: str) -> None:
    if not replacement or not all("!" <= letter <= "~" for letter in replacement) or set(replacement) & set("?#"):
        raise ValueError(
            f"the rewrite's replacement is {replacement!r}; it is a part of a path, so printable ASCII without spaces, "
            "'?' and '#', and not empty. To leave out a part, match what stays beside it as a group and give that"
        )
    groups = re.compile(regex).groups
    for escape in re.findall(r"\\(.?)", replacement):
        if escape != "\\" and not (escape.isdigit() and int(escape) <= groups):
            raise ValueError(
                f"the rewrite's replacement {replacement!r} uses '\\{escape}', and {regex!r} has {groups} groups; "
                "give '\\0' for all that was found, '\\1' for the first group, '\\\\' for a backslash"
            )
