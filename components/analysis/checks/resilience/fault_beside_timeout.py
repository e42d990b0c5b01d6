"""A rule has a fault and a timeout: Istio leaves timeouts out of a rule with a fault."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0301",
    title="a timeout beside a fault is not in force",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules with both. Source: the note of HTTPRoute.fault in virtual_service.proto; istio/istio#13705."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            if rule.fault is not None and rule.timeout is not None:
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].timeout",
                    f"the timeout of {rule.timeout} is not in force: the rule has a fault, and Istio applies no timeout"
                    " and no retries to a rule that has one",
                    "Leave the timeout out, or give the fault a rule of its own whose match is narrower.",
                )
