"""M0235: a condition on the client does not hold where it stands."""

from __future__ import annotations

from components.analysis.checks.routes import source_condition_at_gateway
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def routes(bound: list[str], **match: object) -> str:
    return written("VirtualService", "a", spec={"hosts": ["a"], "gateways": bound, "http": [{"match": [match]}]})


def test_beside_gateways_of_the_match_it_is_not_looked_at() -> None:
    found = findings_of(
        source_condition_at_gateway,
        routes(["g", "mesh"], gateways=["mesh"], sourceLabels={"a": "b"}, sourceNamespace="n"),
    )
    assert [each.field.rpartition(".")[2] for each in found] == ["sourceLabels", "sourceNamespace"]
    assert "is not looked at" in found[0].message


def test_at_gateways_only_it_is_the_gateways_pod() -> None:
    (found,) = findings_of(source_condition_at_gateway, routes(["g"], sourceLabels={"a": "b"}))
    assert "gateway's own pod" in found.message


def test_in_the_mesh_it_holds() -> None:
    assert not findings_of(source_condition_at_gateway, routes([], sourceLabels={"a": "b"}))
    assert not findings_of(source_condition_at_gateway, routes(["g", "mesh"], sourceNamespace="n"))
