"""perTryTimeout is given, but retryOn has no condition that a timed out try meets."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.duration import format_duration, nanoseconds_of

CHECK = Check(
    code="M0304",
    title="a try that times out is not tried again",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)

AFTER_TIMEOUT = frozenset({"5xx", "gateway-error", "reset"})
DEFAULT = "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes"
"""What Istio puts where retryOn is not given."""


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Retries with perTryTimeout whose retryOn names neither 5xx nor gateway-error nor reset.

    Source: Envoy's documentation of x-envoy-retry-on and its PR 41147; istio/istio#17613; pilot's retry.ConvertPolicy.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            retries = rule.retries
            if retries is None or not retries.per_try_timeout or (retries.attempts or 0) <= 0:
                continue
            if rule.timeout and nanoseconds_of(rule.timeout) <= nanoseconds_of(retries.per_try_timeout):
                continue  # it is not in force at all: M0303
            given = retries.retry_on or DEFAULT
            if AFTER_TIMEOUT.isdisjoint(each.strip() for each in given.split(",")):
                which = f"retryOn {given}" if retries.retry_on else f"Istio's own retryOn ({DEFAULT})"
                yield CHECK.found(
                    service,
                    f"spec.http[{index}].retries.{'retryOn' if retries.retry_on else 'perTryTimeout'}",
                    f"a try that takes longer than {format_duration(retries.per_try_timeout)} is given up and answered with"
                    f" 504, and none of the {retries.attempts} retries follows: {which} has no condition for it",
                    "Add gateway-error, 5xx or reset to retryOn; a status such as 504 speaks of answers, not of a try that"
                    " got none.",
                )
