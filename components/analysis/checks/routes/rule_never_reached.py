"""Everything that a rule's conditions accept is accepted by rules before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.matches import Condition, accepts_all_of, condition_of
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import HTTPRoute, VirtualService
from components.api.validation import validate

CHECK = Check(
    code="M0202",
    title="a condition is never reached: rules before it take all that it accepts",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)
OF_ISTIOCTL = frozenset({"IST0130", "IST0131"})
REMEDY = "The first rule that accepts a request gets it: put the narrower condition first, or widen this one."


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Conditions of HTTP rules that another one before them contains.

    Only what is sure: regexes count where they can be told. A rule that delegates takes nothing from those behind it,
    because what no rule of the delegate accepts goes on. What the webhook notes itself (IST0130 and IST0131: equal
    conditions, prefixes) is left to it. Source: istio/istio#27130, #24707, #36156.
    """
    for service in snapshot.virtual_services:
        if len(service.spec.http) > 1 or any(len(each.match) > 1 for each in service.spec.http):
            yield from _of(service)


def conditions_of(service: Declared[VirtualService], rule: HTTPRoute) -> Iterator[tuple[int, Condition]]:
    """The conditions of a rule with their numbers; one that accepts everything when it has none."""
    for number, match in enumerate(rule.match or (None,)):
        yield number, condition_of(match, service.spec.gateways, service.namespace)


def already_told(service: Declared[VirtualService]) -> frozenset[str]:
    """Where the webhook's rules find the same."""
    if service.document is None:
        return frozenset()
    return frozenset(each.path for each in validate(service.document) if each.istio in OF_ISTIOCTL)


def name_of(rule: HTTPRoute, path: str) -> str:
    """A rule in a message."""
    return f'{path} ("{rule.name}")' if rule.name else path


class _Before:
    """The conditions so far, found by how the path begins and by a value that they insist on."""

    def __init__(self) -> None:
        self._by_start: dict[str, dict[object, list[tuple[str, Condition]]]] = defaultdict(lambda: defaultdict(list))

    def add(self, path: str, condition: Condition) -> None:
        pin = min(condition.pinned, default=None)
        self._by_start[condition.uri.start][pin].append((path, condition))

    def containing(self, condition: Condition) -> str | None:
        """The path of one that accepts all that this one does."""
        start = condition.uri.start
        pins: list[object] = [None, *condition.pinned]
        for length in range(len(start) + 1):
            by_pin = self._by_start.get(start[:length])
            for pin in pins if by_pin else ():
                for path, each in by_pin.get(pin, ()) if by_pin else ():
                    if accepts_all_of(each, condition):
                        return path
        return None


def _of(service: Declared[VirtualService]) -> Iterator[Finding]:
    before = _Before()
    told: frozenset[str] | None = None
    ended = False
    for index, rule in enumerate(service.spec.http):
        path = f"spec.http[{index}]"
        if ended:
            return  # M0201 and the webhook speak of what comes behind
        covered: dict[int, str] = {}
        for number, condition in conditions_of(service, rule):
            place = f"{path}.match[{number}]" if rule.match else path
            if (by := before.containing(condition)) is not None:
                covered[number] = by
            elif rule.delegate is None:
                before.add(place, condition)
                whole = condition.is_catch_all and condition.is_for_all_proxies
                ended |= (
                    whole
                    and condition.gateways == condition_of(None, service.spec.gateways, service.namespace).gateways
                )
        if covered:
            told = already_told(service) if told is None else told
            yield from _findings(service, rule, path, covered, told)


def _findings(
    service: Declared[VirtualService], rule: HTTPRoute, path: str, covered: dict[int, str], told: frozenset[str]
) -> Iterator[Finding]:
    new = [number for number in covered if path not in told and f"{path}.match[{number}]" not in told]
    if new and len(covered) == max(len(rule.match), 1):
        by = ", ".join(dict.fromkeys(covered.values()))
        message = (
            f"{name_of(rule, path)} gets no request: {by} before it accept{'' if ',' in by else 's'} all that it does"
        )
        yield CHECK.found(service, path, message, REMEDY)
        return
    for number in new:
        yield CHECK.found(
            service,
            f"{path}.match[{number}]",
            f"{path}.match[{number}] changes nothing: {covered[number]} accepts all that it does, and stands before it",
            REMEDY,
            severity=Severity.INFO,
        )
