"""A rule for writes is retried after the service may have done the work."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import HTTPRoute

CHECK = Check(
    code="M0305",
    title="writes are tried again after they may have been done",
    severity=Severity.INFO,
    reads=("VirtualService",),
)

MAYBE_DONE = frozenset({"5xx", "gateway-error", "reset", "retriable-4xx"})
WRITES = frozenset({"POST", "PATCH"})
"""Methods that may do something twice when they come twice; PUT and DELETE may not."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules whose match asks for POST or PATCH, with retries on conditions that the service's own answer meets."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            methods = _writes(rule)
            if rule.retries is None or (rule.retries.attempts or 0) <= 0 or not methods:
                continue
            given = [each.strip() for each in (rule.retries.retry_on or "").split(",")]
            unsafe = [each for each in given if each in MAYBE_DONE or (each.isdigit() and len(each) == 3)]
            if unsafe:
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].retries.retryOn",
                    f"a {' or '.join(methods)} of this rule may be done up to {(rule.retries.attempts or 0) + 1} times: on"
                    f" {', '.join(unsafe)} it is tried again, though the service may have done it and failed to say so",
                    "Keep to connect-failure and refused-stream, where the service has not seen the request, unless it"
                    " takes repeated requests for one.",
                )


def _writes(rule: HTTPRoute) -> list[str]:
    asked = {each.method.exact for each in rule.match if each.method is not None and each.method.exact}
    return sorted(asked & WRITES)
