"""M0239: a Service's host is routed at a gateway only."""

from __future__ import annotations

from components.analysis.checks.routes import mesh_host_at_gateway_only
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]})


def routes(name: str, *gateways: str, host: str = "servicex") -> str:
    return written("VirtualService", name, spec={"hosts": [host], "gateways": list(gateways)})


def test_a_services_host_at_a_gateway_only_is_reported() -> None:
    (found,) = findings_of(mesh_host_at_gateway_only, many(SERVICE, routes("a", "public")))
    assert (found.code, found.field) == ("M0239", "spec.hosts[0]")


def test_mesh_beside_the_gateway_or_in_another_virtual_service_is_enough() -> None:
    assert not findings_of(mesh_host_at_gateway_only, many(SERVICE, routes("a", "public", "mesh")))
    assert not findings_of(mesh_host_at_gateway_only, many(SERVICE, routes("a", "public"), routes("b")))


def test_a_host_of_no_service_is_the_gateways() -> None:
    assert not findings_of(mesh_host_at_gateway_only, many(SERVICE, routes("a", "public", host="a.mesh.test")))
    assert not findings_of(mesh_host_at_gateway_only, many(SERVICE, routes("a", "public", host="*")))
