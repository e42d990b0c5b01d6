"""A rule has an abort and retries: what the fault aborts is not tried again."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0302",
    title="retries beside an abort do not try again what it aborts",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules with both. Source: the note of HTTPRoute.fault in virtual_service.proto; istio/istio#13705.

    The proxy's fault filter answers before the router, which is what retries, sees the request.
    """
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            attempts = (rule.retries.attempts or 0) if rule.retries is not None else 0
            abort = rule.fault.abort if rule.fault is not None else None
            if abort is None or attempts <= 0:
                continue
            status = abort.http_status or abort.grpc_status or "error"
            share = abort.percentage.value if abort.percentage is not None else None
            aborted = f"the {share:g} % of requests" if share else "requests"
            yield CHECK.found(
                service,
                f"spec.http[{index}].retries",
                f"the {attempts} retries do nothing for {aborted} that the fault answers with {status}: it answers before"
                " the proxy comes to retries, so callers see every one of these",
                "To try retries out, let the service itself fail; to try callers out, leave the retries out of this rule.",
            )
