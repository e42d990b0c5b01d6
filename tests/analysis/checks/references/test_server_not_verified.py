"""M0130: TLS to a host without checking who answers."""

from __future__ import annotations

from collections.abc import Mapping

from components.analysis.checks.references import server_not_verified
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def rule(policy: Mapping[str, object], **spec: object) -> str:
    return written("DestinationRule", "x", spec={"host": "a.example.com", "trafficPolicy": policy, **spec})


def test_the_host_and_the_port_have_istios_codes() -> None:
    tls = {"tls": {"mode": "SIMPLE"}}
    ports = [{"port": {"number": 443}, "tls": {"mode": "MUTUAL"}}]
    found = findings_of(server_not_verified, rule(tls | {"portLevelSettings": ports}))
    assert [(each.field, each.istio) for each in found] == [
        ("spec.trafficPolicy.tls", "IST0128"),
        ("spec.trafficPolicy.portLevelSettings[0].tls", "IST0129"),
    ]


def test_a_credential_counts_with_a_selector_only() -> None:
    tls = {"tls": {"mode": "SIMPLE", "credentialName": "ca"}}
    assert findings_of(server_not_verified, rule(tls))
    assert not findings_of(server_not_verified, rule(tls, workloadSelector={"matchLabels": {"app": "x"}}))


def test_authorities_or_the_meshs_own_tls_are_right() -> None:
    assert not findings_of(server_not_verified, rule({"tls": {"mode": "SIMPLE", "caCertificates": "system"}}))
    assert not findings_of(server_not_verified, rule({"tls": {"mode": "ISTIO_MUTUAL"}}))
