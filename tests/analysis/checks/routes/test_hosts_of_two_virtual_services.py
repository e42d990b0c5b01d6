"""M0230: two VirtualServices route the same host in the mesh."""

from __future__ import annotations

from components.analysis.checks.routes import hosts_of_two_virtual_services
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def routes(name: str, host: str, namespace: str = "shop", **spec: object) -> str:
    return written("VirtualService", name, namespace, {"hosts": [host]} | spec)


def test_a_short_name_and_the_full_one_are_one_host() -> None:
    text = many(routes("a", "servicex"), routes("b", "servicex.shop.svc.cluster.local", "office"))
    found = findings_of(hosts_of_two_virtual_services, text)
    assert [(each.name, each.istio) for each in found] == [("a", "IST0109"), ("b", "IST0109")]


def test_each_is_reported_once_and_one_alone_not_at_all() -> None:
    both = {"hosts": ["servicex", "servicex.shop.svc.cluster.local"]}
    assert not findings_of(hosts_of_two_virtual_services, written("VirtualService", "a", spec=both))
    assert (
        len(findings_of(hosts_of_two_virtual_services, many(routes("a", "x"), routes("b", "x"), routes("c", "x")))) == 3
    )


def test_namespaces_that_do_not_see_both_have_no_conflict() -> None:
    text = many(routes("a", "x.test", exportTo=["."]), routes("b", "x.test", "office", exportTo=["."]))
    assert not findings_of(hosts_of_two_virtual_services, text)
    text = many(routes("a", "x.test", exportTo=["."]), routes("b", "*.test", "office"))
    assert len(findings_of(hosts_of_two_virtual_services, text)) == 2


def test_gateways_are_anothers() -> None:
    assert not findings_of(hosts_of_two_virtual_services, many(routes("a", "x", gateways=["g"]), routes("b", "x")))
    assert findings_of(hosts_of_two_virtual_services, many(routes("a", "x", gateways=["g", "mesh"]), routes("b", "x")))
