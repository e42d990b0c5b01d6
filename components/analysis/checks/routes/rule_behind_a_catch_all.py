"""A rule stands behind a condition that accepts every request: pilot does not even hand it to the proxies."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.checks.routes.rule_never_reached import already_told, conditions_of, name_of
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.matches import condition_of
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0201",
    title="rules behind one that takes every request are not in force",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules behind the prefix "/" or the regex ".*" without another condition.

    Those behind a rule without any match are IST0130 of the webhook. Source: pilot's IsCatchAllRoute.
    """
    for service in snapshot.virtual_services:
        if len(service.spec.http) > 1:
            yield from _of(service)


def _of(service: Declared[VirtualService]) -> Iterator[Finding]:
    taken: tuple[int, str] | None = None
    told: frozenset[str] | None = None
    for index, rule in enumerate(service.spec.http):
        path = f"spec.http[{index}]"
        if taken is not None:
            if told is None:
                told = already_told(service)
            places = {f"{path}.match[{number}]" for number in range(len(rule.match))}
            if path not in told and not (places and places <= told):
                yield CHECK.found(
                    service,
                    path,
                    f"{name_of(rule, path)} gets no request: {taken[1]} accepts every one before it, and what stands"
                    " behind such a condition is not sent to the proxies",
                    f"Put it before spec.http[{taken[0]}], or narrow the condition there.",
                )
        elif rule.match and rule.delegate is None:
            taken = next(
                (
                    (index, f"{path}.match[{number}]")
                    for number, each in conditions_of(service, rule)
                    if each.is_catch_all and each.is_for_all_proxies and each.gateways == _bound(service)
                ),
                None,
            )


def _bound(service: Declared[VirtualService]) -> frozenset[str]:
    return condition_of(None, service.spec.gateways, service.namespace).gateways
