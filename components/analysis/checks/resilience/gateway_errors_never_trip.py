"""consecutiveGatewayErrors is not below consecutive5xxErrors, which trips first."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import DEFAULT_5XX, ejecting
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0310",
    title="consecutiveGatewayErrors has no effect beside consecutive5xxErrors",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """consecutiveGatewayErrors at or over consecutive5xxErrors (5 when not given). Source: OutlierDetection's notes."""
    for path, rule, _, outlier in ejecting(snapshot):
        gateway, given = outlier.consecutive_gateway_errors or 0, outlier.consecutive_5xx_errors
        any_5xx = DEFAULT_5XX if given is None else given
        if gateway > 0 and 0 < any_5xx <= gateway:
            why = " (what it is when it is not given)" if given is None else ""
            yield CHECK.found(
                rule,
                f"{path}.consecutiveGatewayErrors",
                f"consecutiveGatewayErrors {gateway} has no effect: a 502, 503 or 504 is a 5xx too, and consecutive5xxErrors"
                f" {any_5xx}{why} ejects an endpoint after {any_5xx} in a row, 500 among them",
                "Set consecutive5xxErrors: 0 to eject for 502, 503 and 504 alone, or give a consecutiveGatewayErrors below"
                f" {any_5xx}.",
            )
