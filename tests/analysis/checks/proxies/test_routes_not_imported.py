"""M0705: a Sidecar leaves out routes of its own namespace."""

from __future__ import annotations

from components.analysis.checks.proxies import routes_not_imported
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def sidecar(*hosts: str) -> str:
    return written("Sidecar", "s", spec={"egress": [{"hosts": list(hosts)}]} if hosts else {})


def routes(**spec: object) -> str:
    return written("VirtualService", "a", spec={"hosts": ["servicex"]} | spec)


def test_routes_of_a_host_that_is_not_imported_are_an_info() -> None:
    (found,) = findings_of(routes_not_imported, many(sidecar("istio-system/*"), routes()))
    assert (found.code, found.kind, found.severity) == ("M0705", "VirtualService", Severity.INFO)


def test_what_is_imported_in_any_form_is_followed() -> None:
    for host in ("./*", "*/*", "shop/*", "./servicex.shop.svc.cluster.local", "*/*.shop.svc.cluster.local"):
        assert not findings_of(routes_not_imported, many(sidecar(host), routes())), host


def test_no_egress_imports_all_and_gateways_have_no_sidecar() -> None:
    assert not findings_of(routes_not_imported, many(sidecar(), routes()))
    assert not findings_of(routes_not_imported, many(sidecar("istio-system/*"), routes(gateways=["public"])))
