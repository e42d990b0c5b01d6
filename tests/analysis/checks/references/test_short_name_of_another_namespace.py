"""M0107: a short name is looked up in the wrong namespace."""

from __future__ import annotations

from components.analysis.checks.references import short_name_of_another_namespace
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]})
OTHER = written("Service", "other", "ingress", {"ports": [{"name": "http", "port": 80}]})


def routed(host: str) -> str:
    rule = {"route": [{"destination": {"host": host}}]}
    return written("VirtualService", "a", "ingress", {"hosts": ["a.mesh.test"], "http": [rule]})


def test_a_short_name_whose_service_is_in_another_namespace_is_told_with_the_full_name() -> None:
    (found,) = findings_of(short_name_of_another_namespace, many(SERVICE, OTHER, routed("servicex")))
    assert (found.severity, found.istio) == (Severity.ERROR, "IST0101")
    assert "servicex.shop.svc.cluster.local" in found.remedy


def test_where_the_rules_namespace_has_no_services_here_it_is_a_warning() -> None:
    text = many(written("Service", "servicex", "shop", {"ports": []}))
    rule = written("DestinationRule", "a", "ingress", {"host": "servicex"})
    (found,) = findings_of(short_name_of_another_namespace, many(text, rule))
    assert (found.severity, found.istio) == (Severity.WARNING, "IST0174")


def test_the_full_name_and_the_own_service_are_right() -> None:
    text = many(SERVICE, OTHER, routed("servicex.shop.svc.cluster.local"), routed("other"))
    assert not findings_of(short_name_of_another_namespace, text)
