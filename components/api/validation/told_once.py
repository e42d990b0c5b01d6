"""One rule told of once: what the CRD refuses and the webhook refuses too is left to the webhook, whose rules are the
narrower ones and name the field.

May live here: which of a CRD's rules is which of the webhook's. May not live here: rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.api.validation.violation import Severity, Violation

__all__ = ["told_once"]

LIMIT = "V00"
"""How the codes of the CRDs' rules begin."""
# Rules of a CRD that stand at the whole, and those of the webhook that say the same of a field in it. Those on a single
# field need no table: they have the path in common.
SAME = {
    "V0009": ("V4010",),
    "V0017": ("V4002",),
    "V0018": ("V4008",),
    "V0019": ("V4017",),
    "V0020": ("V4030",),
    "V0022": ("V4011",),
    "V0023": ("V4023", "V8404"),
    "V0026": ("V4026", "V4035", "V8406"),
}
TOGETHER = "V0008"
"""Fields that exclude each other: no rule of the webhook, so always told of."""


def told_once(found: Sequence[Violation]) -> tuple[Violation, ...]:
    """Those that say something new, in their order; whether the document is refused stays what it was."""
    if len(found) < 2:
        return tuple(found)
    refused = [each for each in found if each.severity is Severity.ERROR and not each.code.startswith(LIMIT)]
    paths = {each.path for each in refused}
    return tuple(each for each in found if not each.code.startswith(LIMIT) or not _is_said(each, paths, refused))


def _is_said(limit: Violation, paths: set[str], refused: Sequence[Violation]) -> bool:
    if limit.code == TOGETHER:
        return False
    same = SAME.get(limit.code)
    if same is None:
        return limit.path in paths
    return any(each.code in same and each.path.startswith(limit.path) for each in refused)
