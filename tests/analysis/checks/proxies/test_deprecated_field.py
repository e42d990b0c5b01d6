"""M0710: a deprecated field is used."""

from __future__ import annotations

from components.analysis.checks.proxies import deprecated_field
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def delayed(**delay: object) -> str:
    return written("VirtualService", "a", spec={"hosts": ["a"], "http": [{"fault": {"delay": delay}}]})


def test_a_percent_is_told_with_what_replaces_it() -> None:
    (found,) = findings_of(deprecated_field, delayed(fixedDelay="5s", percent=50))
    assert (found.istio, found.field) == ("IST0002", "spec.http[0].fault.delay.percent")
    assert "percentage: {value: 50}" in found.remedy
    assert not findings_of(deprecated_field, delayed(fixedDelay="5s", percentage={"value": 50}))


def test_an_egress_proxy_is_ignored() -> None:
    policy = {"outboundTrafficPolicy": {"mode": "ALLOW_ANY", "egressProxy": {"host": "a"}}}
    (found,) = findings_of(deprecated_field, written("Sidecar", "s", spec=policy))
    assert found.field == "spec.outboundTrafficPolicy.egressProxy"
