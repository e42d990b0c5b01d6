"""A delay is longer than its callers' own callers wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from components.analysis.callers import callers_of
from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.snapshot import Snapshot
from components.api.duration import format_duration
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0309",
    title="a delay outlasts the timeout for a caller of the service",
    severity=Severity.INFO,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Delays of at least the timeout that a VirtualService gives requests to a service that calls the delayed one.

    Who calls whom is known from Sidecars and AuthorizationPolicies that name it. Source: istio.io, tasks fault-injection
    and request-timeouts; istio/istio#5681.
    """
    delays = [
        (service, f"spec.http[{index}].fault.delay", rule.fault.delay.fixed_delay)
        for service in snapshot.virtual_services
        for index, rule in enumerate(service.spec.http)
        if rule.fault is not None and rule.fault.delay is not None and rule.fault.delay.fixed_delay
    ]
    if not delays:
        return
    timeouts, callers = _timeouts(snapshot), callers_of(snapshot)
    for service, path, delay in delays:
        for called in dict.fromkeys(fqdn(host, service.namespace) for host in service.spec.hosts):
            for caller, evidence in callers.get(called, {}).items():
                timeout, limiting = timeouts.get(caller, (None, None))
                if timeout is not None and limiting is not None and delay >= timeout:
                    yield CHECK.found(
                        service,
                        path,
                        f"{caller} calls this service ({evidence}), and requests to it end after"
                        f" {format_duration(timeout)} (VirtualService {limiting}): with a delay of {format_duration(delay)}"
                        " its callers get 504, whatever it makes of the slow answer",
                        "That may be what is tried out; otherwise give a delay below that timeout, or raise the timeout.",
                    )


def _timeouts(snapshot: Snapshot) -> dict[str, tuple[timedelta, Declared[VirtualService]]]:
    """By host, the shortest timeout of a rule that sends to it."""
    found: dict[str, list[tuple[timedelta, Declared[VirtualService]]]] = defaultdict(list)
    for service in snapshot.virtual_services:
        for rule in service.spec.http:
            if rule.timeout:
                for share in rule.route:
                    if share.destination is not None:
                        host = fqdn(share.destination.host or "", service.namespace)
                        found[host].append((rule.timeout, service))
    return {host: min(each, key=lambda one: one[0]) for host, each in found.items()}
