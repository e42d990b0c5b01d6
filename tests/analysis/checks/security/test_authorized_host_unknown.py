"""M0618: an AuthorizationPolicy names a host that does not exist."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import authorized_host_unknown
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{to: [{operation: {hosts: ["%s"]}}]}]}
---
"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{name: http, port: 80}]}
---
"""
ROUTE = """
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: intranet, namespace: shop}
spec: {hosts: [intranet]}
"""


@pytest.mark.parametrize("host", ["wep", "wep.shop", "wep.shop.svc", "wep.shop.svc.cluster.local:80"])
def test_a_name_of_a_service_that_is_not_there_is_a_warning(host: str) -> None:
    (found,) = findings_of(authorized_host_unknown, POLICY % host + SERVICE)
    assert (found.code, found.severity.value) == ("M0618", "warning")


def test_where_no_services_are_among_the_documents_it_is_information() -> None:
    (found,) = findings_of(authorized_host_unknown, POLICY % "web.other.svc.cluster.local" + SERVICE)
    assert (found.code, found.severity.value) == ("M0618", "info")


@pytest.mark.parametrize(
    "host", ["web", "WEB.shop", "web.shop.svc.cluster.local", "a.mesh.test", "*.shop", "localhost"]
)
def test_one_that_is_there_and_names_of_others_are_fine(host: str) -> None:
    assert not findings_of(authorized_host_unknown, POLICY % host + SERVICE)


def test_a_host_that_a_route_has_is_fine() -> None:
    assert not findings_of(authorized_host_unknown, POLICY % "intranet" + SERVICE + ROUTE)
