"""M0108: a name with a dot is not completed to a Service's."""

from __future__ import annotations

from components.analysis.checks.references import name_not_expanded
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]})


def routed(host: str, own: str = "a.mesh.test") -> str:
    rule = {"route": [{"destination": {"host": host}}]}
    return written("VirtualService", "a", spec={"hosts": [own], "http": [rule]})


def test_a_service_and_its_namespace_with_a_dot_is_no_service() -> None:
    for host in ("servicex.shop", "servicex.shop.svc"):
        (found,) = findings_of(name_not_expanded, many(SERVICE, routed(host)))
        assert (found.severity, found.istio) == (Severity.ERROR, "IST0101")
        assert "servicex.shop.svc.cluster.local" in found.remedy


def test_among_the_hosts_of_a_virtual_service_it_is_a_warning_that_istioctl_lacks() -> None:
    (found,) = findings_of(name_not_expanded, many(SERVICE, routed("servicex", "servicex.shop")))
    assert (found.field, found.severity, found.istio) == ("spec.hosts[0]", Severity.WARNING, None)


def test_a_host_outside_is_no_short_form() -> None:
    assert not findings_of(name_not_expanded, many(SERVICE, routed("example.com"), routed("servicex")))
