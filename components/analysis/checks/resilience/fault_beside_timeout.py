"""A rule has a delay and a timeout: the delay passes before the timeout starts."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.duration import format_duration

CHECK = Check(
    code="M0301",
    title="a timeout does not cover the delay of a fault beside it",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules with both. Source: the note of HTTPRoute.fault in virtual_service.proto; istio/istio#13705.

    Both reach the proxy (pilot's applyHTTPRouteDestination and TranslateFault): its fault filter waits first, then the
    router starts the timeout.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            delay = rule.fault.delay.fixed_delay if rule.fault is not None and rule.fault.delay is not None else None
            if delay is not None and rule.timeout:
                timeout = format_duration(rule.timeout)
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].timeout",
                    f"the timeout of {timeout} does not cut the delay of {format_duration(delay)} short: it starts when the"
                    f" delay is over, so a caller waits up to {format_duration(delay + rule.timeout)}",
                    "To see how callers take a slow answer, put the timeout into a rule of another hop, or the fault into"
                    " a rule of its own whose match is narrower.",
                )
