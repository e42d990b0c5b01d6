"""timeout-on-every-workload: nobody waits for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from msgspec import Meta

from components.analysis.hosts import fqdn
from components.api.networking.virtual_service import HTTPRoute, VirtualService
from policy.declaration import Level, Policy, Scope, Settings
from policy.hosts import NAMESPACE, unknown_services, workload_services
from policy.paths import ANY, Path, overlaps
from policy.stack_documents import Read, StackDocuments
from policy.violation import Outcome, Violation, not_known, unreadable

__all__ = ["POLICY", "TimeoutSettings"]

ROUTES: Path = ("spec", "http", ANY)


class TimeoutSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What timeout-on-every-workload may be told."""

    root_namespace: Annotated[str, Meta(description="Istio's own namespace, whose Services are no workloads.")] = (
        "istio-system"
    )


class _Endless(NamedTuple):
    """A rule without a timeout, and the workloads that it sends requests to."""

    place: int
    name: str
    reached: set[str]


def check(stack: StackDocuments, settings: TimeoutSettings) -> Iterator[Outcome]:
    """A violation for each VirtualService with rules that send requests to a workload and let them wait for ever."""
    yield from unreadable(stack, "VirtualService")
    yield from unknown_services(stack)
    hosts = {service.host for service in workload_services(stack, root_namespace=settings.root_namespace)}
    for read, spec in stack.of(VirtualService):
        needed = [NAMESPACE, (*ROUTES, "timeout"), (*ROUTES, "fault"), (*ROUTES, "route", ANY, "destination", "host")]
        missing = list(read.missing(*needed))
        yield from not_known(read, *needed)
        endless = list(_endless(read, spec, hosts, missing))
        if endless:
            yield _violation(read, endless)


def _endless(read: Read, spec: VirtualService, hosts: set[str], missing: Sequence[Path]) -> Iterator[_Endless]:
    for place, rule in enumerate(spec.http):
        needed: tuple[Path, ...] = (NAMESPACE, *(("spec", "http", place, field) for field in ("timeout", "fault")))
        known = not any(overlaps(path, each) for path in missing for each in needed)
        # A timeout does not cut the delay of its own rule short (M0301): asking for one there would be asking for a finding.
        if known and not rule.timeout and rule.fault is None and (reached := _destinations(read, rule) & hosts):
            yield _Endless(place=place, name=rule.name or str(place), reached=reached)


def _violation(read: Read, endless: Sequence[_Endless]) -> Violation:
    reached = sorted({host for rule in endless for host in rule.reached})
    rules = ", ".join(rule.name for rule in endless)
    return Violation(
        read.subject,
        f"spec.http[{', '.join(str(rule.place) for rule in endless)}].timeout",
        f"{'rule' if len(endless) == 1 else 'rules'} {rules}: requests to {', '.join(reached)} may wait for ever, for the "
        "timeout is not set or 0 s, and Istio's default is none",
        "Give each a timeout above 0 s that all its retries fit into, such as 10 s.",
    )


def _destinations(read: Read, rule: HTTPRoute) -> set[str]:
    named = (each.destination.host for each in rule.route if each.destination and each.destination.host)
    return {fqdn(host, read.subject.namespace) for host in named}


POLICY = Policy(
    name="timeout-on-every-workload",
    description="Every rule that routes to a workload has a timeout.",
    level=Level.ADVISORY,
    scope=Scope.STACK,
    settings=TimeoutSettings(),
    check=check,
)
