"""M0234: a match is for a gateway that the VirtualService is not bound to."""

from __future__ import annotations

from components.analysis.checks.routes import match_at_unbound_gateway
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def routes(gateways: list[str], matched: str, kind: str = "http") -> str:
    rule = {"match": [{"gateways": [matched], "sniHosts": ["a"]} if kind == "tls" else {"gateways": [matched]}]}
    return written("VirtualService", "a", spec={"hosts": ["a.test"], "gateways": gateways, kind: [rule]})


def test_every_kind_of_route_is_looked_at() -> None:
    for kind in ("http", "tls", "tcp"):
        (found,) = findings_of(match_at_unbound_gateway, routes(["public"], "mesh", kind))
        assert (found.code, found.field) == ("M0234", f"spec.{kind}[0].match[0].gateways[0]")


def test_without_gateways_it_is_bound_to_mesh() -> None:
    assert not findings_of(match_at_unbound_gateway, routes([], "mesh"))
    assert findings_of(match_at_unbound_gateway, routes([], "public"))


def test_the_full_name_is_the_same_gateway() -> None:
    assert not findings_of(match_at_unbound_gateway, routes(["public"], "shop/public"))


def test_a_delegate_has_no_gateways_of_its_own() -> None:
    delegate = {"http": [{"match": [{"gateways": ["public"]}]}]}
    assert not findings_of(match_at_unbound_gateway, written("VirtualService", "a", spec=delegate))
