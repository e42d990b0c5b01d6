"""Which namespaces see a document: exportTo of virtual services, destination rules and service entries.

May live here: the rules of exportTo. May not live here: whether the namespaces exist, which no single document tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.api.validation.formats import dns_label_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_exports"]

CODES = {
    "V0111": "exportTo has an entry twice",
    "V0112": 'exportTo has "." and the namespace that it stands for',
    "V0113": 'an entry of exportTo is not ".", "*" or the name of a namespace',
    "V0114": 'exportTo has "~" outside a service entry',
    "V0115": 'exportTo has "*" and other entries',
    "V0116": 'exportTo has "~" and other entries',
    "V0117": "a destination rule with a workloadSelector is exported to other namespaces beside its own",
    "V0118": "a destination rule with a workloadSelector is exported, but not to its own namespace",
}


def check_exports(
    export_to: Sequence[str],
    namespace: str | None,
    path: str,
    report: Report,
    *,
    none_allowed: bool = False,
    own_only: bool = False,
) -> None:
    """The entries of an exportTo.

    `none_allowed`: "~" may stand alone, as in a service entry; `own_only`: no namespace but the own may be named, as
    in a destination rule with a workloadSelector. A namespace that is not known is like none of the others.
    """
    if not export_to:
        return
    own = namespace or "."
    seen: dict[str, str] = {}
    for index, entry in enumerate(export_to):
        where = f"{path}[{index}]"
        meant = own if entry == "." else entry
        if seen.get(meant) == entry:
            report.refuse("V0111", where, f"{entry!r} is given twice", "Give it once.")
        elif meant in seen:
            message = f'"." and {own!r}, the namespace that it stands for, are both given'
            report.refuse("V0112", where, message, "Give one of them.")
        elif entry == "~" and not none_allowed:
            report.refuse("V0114", where, "'~' is given", 'Give ".", "*" or namespaces; "~" is for service entries.')
        elif entry not in (".", "*", "~") and (flaw := dns_label_flaw(entry)) is not None:
            report.refuse("V0113", where, flaw.message, 'Give ".", "*" or the name of a namespace.')
        else:
            seen[meant] = entry
    if own_only and seen:
        _check_own(seen, own, path, report)
    if len(export_to) > 1:
        others = f"of {', '.join(map(repr, export_to))}"
        if "*" in seen:
            report.refuse("V0115", path, f"'*' is one {others}", 'Leave out all but "*", or leave out "*".')
        if "~" in seen:
            report.refuse("V0116", path, f"'~' is one {others}", 'Leave out all but "~", or leave out "~".')


def _check_own(seen: Mapping[str, str], own: str, path: str, report: Report) -> None:
    remedy = 'Give only ".": a rule for some workloads holds in its own namespace.'
    given = ", ".join(map(repr, seen.values()))
    if own not in seen:
        report.refuse("V0118", path, f"{given} is not its own namespace", remedy)
    elif len(seen) > 1:
        report.refuse("V0117", path, f"{given} are more than its own namespace", remedy)
