"""Outlier detection is given, but nothing makes it eject."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.ejection import can_eject, ejecting
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0311",
    title="outlier detection has every trigger off",
    severity=Severity.ERROR,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """consecutive5xxErrors 0, no consecutiveGatewayErrors, and failures to connect not split off."""
    for path, rule, _, outlier in ejecting(snapshot):
        if not can_eject(outlier):
            old = (
                f", and consecutiveErrors {outlier.consecutive_errors} is read no more"
                if outlier.consecutive_errors
                else ""
            )
            yield CHECK.found(
                rule,
                path,
                "no endpoint is ever ejected: consecutive5xxErrors is 0, which is off, consecutiveGatewayErrors is off too,"
                f" and Istio has Envoy look at nothing else{old}",
                "Give consecutiveGatewayErrors or consecutive5xxErrors a number, or leave outlierDetection out.",
            )
