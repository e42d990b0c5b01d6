"""Every request of a host meets a fault."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0308",
    title="a fault holds for every request of a host",
    severity=Severity.INFO,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Delays and aborts of 100 % in a rule without match."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            if rule.fault is None or rule.match:
                continue
            delay, abort = rule.fault.delay, rule.fault.abort
            shares = {}
            if delay is not None:
                shares["delay"] = delay.percentage.value if delay.percentage is not None else delay.percent
            if abort is not None and abort.percentage is not None:
                shares["abort"] = abort.percentage.value
            for name, share in shares.items():
                if (share or 0) >= 100:
                    whom = "what no rule before it takes" if index else "every request"
                    yield CHECK.found(
                        service,
                        f"spec.http[{index}].fault.{name}",
                        f"the {name} is for {whom} to {', '.join(service.spec.hosts) or 'the hosts that delegate here'}:"
                        " the rule has no match, and the fault 100 %",
                        "Where that is not meant, give the fault a rule of its own with a match, or a smaller percentage.",
                    )
