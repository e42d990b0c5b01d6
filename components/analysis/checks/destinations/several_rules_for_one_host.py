"""Several DestinationRules of a namespace are for one host: they are merged in part only."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.blocks import names
from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.destination_rule import DestinationRule

CHECK = Check(
    code="M0405",
    title="of several DestinationRules for one host a part is discarded",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    kiali="KIA0201",
)

Rule = Declared[DestinationRule]
REMEDY = "Keep one DestinationRule for a host, with one trafficPolicy and every subset once."


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules of one namespace, host and workload selector.

    Source: pilot's mergeDestinationRule: the oldest comes first, of equal age the first by name; the others add their
    subsets, and their trafficPolicy when there is none yet. Rules with other exportTo are not merged at all.
    """
    for _, host, rules in snapshot.rule_lookup.same_host():
        ordered = sorted(rules, key=lambda each: each.name)
        for number, later in enumerate(ordered):
            earlier = [each for each in ordered[:number] if _same_clients(each, later)]
            merged = [each for each in earlier if _export(each) == _export(later)]
            if merged:
                yield from _merged(later, merged, host)
            for each in earlier:
                if each not in merged and _overlap(each, later):
                    yield CHECK.found(
                        later,
                        "spec.exportTo",
                        f"DestinationRule {each} is for {host} too, and as their exportTo differ the two are not merged:"
                        " clients that see both follow one of them only",
                        REMEDY,
                    )
                    break


def _merged(later: Rule, earlier: list[Rule], host: str) -> Iterator[Finding]:
    first = next((each for each in earlier if each.spec.traffic_policy is not None), None)
    if later.spec.traffic_policy is not None and first is not None:
        yield CHECK.found(
            later,
            "spec.trafficPolicy",
            f"DestinationRule {first} has a trafficPolicy for {host} too, and the one of the younger rule is discarded as a"
            f" whole; of equal age, as when they are applied together, that of {later.name}",
            REMEDY,
        )
    known = {subset.name: each for each in reversed(earlier) for subset in each.spec.subsets}
    double = [subset.name for subset in later.spec.subsets if subset.name in known and subset.name]
    if double:
        index = next(at for at, subset in enumerate(later.spec.subsets) if subset.name == double[0])
        yield CHECK.found(
            later,
            f"spec.subsets[{index}].name",
            f"subset {names(double)} of {host} stands in DestinationRule {known[double[0]]} too, and the younger rule's is"
            f" discarded; of equal age, that of {later.name}",
            REMEDY,
        )


def _same_clients(one: Rule, other: Rule) -> bool:
    mine, theirs = one.spec.workload_selector, other.spec.workload_selector
    if mine is None or theirs is None:
        return mine is theirs
    return dict(mine.match_labels) == dict(theirs.match_labels)


def _export(rule: Rule) -> frozenset[str]:
    return frozenset() if rule.spec.workload_selector is not None else frozenset(rule.spec.export_to)


def _overlap(one: Rule, other: Rule) -> bool:
    seen = [{one.namespace if each == "." else each for each in _export(rule)} for rule in (one, other)]
    return any(not each or "*" in each for each in seen) or bool(seen[0] & seen[1])
