"""M0611: TLS is put around TLS."""

from __future__ import annotations

from components.analysis.checks.security import tls_twice
from tests.analysis.checking import findings_of

ENTRY = """
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: billing, namespace: shop}
spec: {hosts: [billing.example.com], ports: [{number: 443, name: x, protocol: %s}, {number: 80, name: y, protocol: HTTP}]}
---
"""
RULE = """
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: billing, namespace: shop}
spec: {host: "%s", trafficPolicy: {%s}}
---
"""
ROUTE = """
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: billing, namespace: shop}
spec: {hosts: [billing.example.com], http: [{route: [{destination: {host: billing.example.com}}]}]}
"""
SIMPLE = "tls: {mode: SIMPLE}"


def test_tls_around_https_and_tls_is_reported() -> None:
    for protocol in ("HTTPS", "TLS"):
        for host in ("billing.example.com", "*.example.com"):
            (found,) = findings_of(tls_twice, ENTRY % protocol + RULE % (host, SIMPLE))
            assert (found.code, found.field) == ("M0611", "spec.trafficPolicy.tls.mode")


def test_a_port_with_settings_of_its_own_is_judged_by_them() -> None:
    other = "portLevelSettings: [{port: {number: 443}}]"
    assert not findings_of(tls_twice, ENTRY % "HTTPS" + RULE % ("billing.example.com", f"{SIMPLE}, {other}"))
    other = "portLevelSettings: [{port: {number: 443}, tls: {mode: MUTUAL}}]"
    assert [each.code for each in findings_of(tls_twice, ENTRY % "HTTPS" + RULE % ("billing.example.com", other))] == [
        "M0611"
    ]


def test_plain_http_a_routed_host_and_no_tls_are_fine() -> None:
    assert not findings_of(tls_twice, ENTRY % "HTTP" + RULE % ("billing.example.com", SIMPLE))
    assert not findings_of(tls_twice, ENTRY % "HTTPS" + RULE % ("billing.example.com", SIMPLE) + ROUTE)
    assert not findings_of(tls_twice, ENTRY % "HTTPS" + RULE % ("billing.example.com", "tls: {mode: DISABLE}"))
