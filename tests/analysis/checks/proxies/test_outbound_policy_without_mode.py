"""M0708: an outbound traffic policy has no mode."""

from __future__ import annotations

from components.analysis.checks.proxies import outbound_policy_without_mode
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(**spec: object) -> str:
    return written("Sidecar", "s", spec=spec)


def test_a_policy_without_mode_is_told() -> None:
    (found,) = findings_of(outbound_policy_without_mode, sidecar(outboundTrafficPolicy={}))
    assert (found.code, found.severity, found.field) == ("M0708", Severity.INFO, "spec.outboundTrafficPolicy")


def test_a_mode_or_no_policy_is_right() -> None:
    assert not findings_of(
        outbound_policy_without_mode, many(sidecar(outboundTrafficPolicy={"mode": "ALLOW_ANY"}), sidecar())
    )
