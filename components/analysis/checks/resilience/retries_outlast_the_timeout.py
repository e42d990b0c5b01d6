"""The tries of a request take longer than its timeout lets them."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.duration import format_duration, nanoseconds_of

CHECK = Check(
    code="M0303",
    title="retries do not fit the timeout",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """(attempts + 1) x perTryTimeout over timeout. Source: HTTPRetry.attempts; Envoy's FilterUtility::finalTimeout.

    What Envoy waits between tries, 25 ms and more, comes on top and is not counted.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            retries, timeout = rule.retries, rule.timeout
            if retries is None or not timeout or not retries.per_try_timeout or (retries.attempts or 0) <= 0:
                continue
            attempts, whole, each = (
                retries.attempts or 0,
                nanoseconds_of(timeout),
                nanoseconds_of(retries.per_try_timeout),
            )
            path = f"spec.http[{index}].retries"
            limit, single = format_duration(timeout), format_duration(retries.per_try_timeout)
            if each >= whole > 0:
                yield CHECK.found(
                    service,
                    f"{path}.perTryTimeout",
                    f"perTryTimeout {single} is not in force, because the rule's timeout of {limit} is no longer: a try that"
                    f" hangs takes all the time there is, and none of the {attempts} retries follows it",
                    f"Give the {attempts + 1} tries room: a perTryTimeout of at most timeout / {attempts + 1}, or a longer"
                    " timeout.",
                )
            elif 0 < whole < each * (attempts + 1):
                full = whole // each
                rest = f"{full} tries end" if full > 1 else "1 try ends"
                yield CHECK.found(
                    service,
                    f"{path}.attempts",
                    f"{attempts + 1} tries of {single} take {format_duration(retries.per_try_timeout * (attempts + 1))}, but"
                    f" the rule's timeout ends the request after {limit}: where tries hang, {rest} within it, and the"
                    " next is cut off or not made",
                    f"Lower attempts or perTryTimeout, or give a timeout of at least attempts + 1 = {attempts + 1} times"
                    " perTryTimeout.",
                )
