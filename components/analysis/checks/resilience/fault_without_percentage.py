"""A fault without a percentage is never injected."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0307",
    title="a fault without percentage is never injected",
    severity=Severity.ERROR,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Delays and aborts that say no share. Source: virtual_service.proto, percentage; pilot's TranslateFault."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            if rule.fault is None:
                continue
            delay, abort = rule.fault.delay, rule.fault.abort
            named = []
            if (
                delay is not None
                and delay.percent is None
                and (delay.percentage is None or delay.percentage.value is None)
            ):
                named.append(("delay", "delayed"))
            if abort is not None and (abort.percentage is None or abort.percentage.value is None):
                named.append(("abort", "aborted"))
            for name, done in named:
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].fault.{name}",
                    f"no request is {done}: no percentage is given, and that means 0",
                    "Give percentage.value, 100 for every request of the rule.",
                )
