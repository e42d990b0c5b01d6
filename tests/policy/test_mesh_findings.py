"""mesh-findings and mesh-warnings: what components.analysis finds, handed on as it is."""

from __future__ import annotations

import pytest

from policy.rules.mesh_findings import path_of
from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

ERRORS, WARNINGS = "mesh-findings", "mesh-warnings"
OUTSIDE = "route: [{destination: {host: servicex.example.com}}]"
DELAY = "fault: {delay: {fixedDelay: 5s, percentage: {value: 50}}}"


def routes(rule: str) -> str:
    return (
        "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: servicex, namespace: shop}\n"
        "spec: {hosts: [servicex.example.com], location: MESH_EXTERNAL, resolution: DNS, "
        "ports: [{number: 80, name: http, protocol: HTTP}]}\n---\n"
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: servicex, namespace: shop}\n"
        f"spec: {{hosts: [servicex.example.com], http: [{{{rule}}}]}}\n"
    )


MISSPELT = routes(f"timeOut: 5s, {OUTSIDE}")
SURPRISE = routes(f"timeout: 2s, {DELAY}, {OUTSIDE}")


def test_an_error_refuses_with_its_code_and_istios() -> None:
    """At the object and the field that the finding names."""
    (said,) = judged(ERRORS, MISSPELT)
    assert str(said).startswith("VirtualService shop/servicex, spec.http[0].timeOut: V0001 (IST0106): ")
    assert "Did you mean timeout?" in str(said)
    assert said.of.urn == "urn:1"
    assert violations(WARNINGS, MISSPELT) == []


def test_what_is_no_error_is_the_other_policys() -> None:
    """A policy has one level for all it says."""
    assert violations(WARNINGS, SURPRISE) == ["VirtualService/shop/servicex spec.http[0].timeout"]
    assert violations(ERRORS, SURPRISE) == []


def test_a_finding_may_stand_with_a_reason() -> None:
    """What the API server would refuse may not."""
    reasoned = [{"code": "M0301", "object": "VirtualService shop/servicex", "reason": "the delay is what we test"}]
    assert violations(WARNINGS, SURPRISE, suppressions=reasoned) == []
    refused = [{"code": "V0001", "reason": "we would like it"}]
    assert len(violations(ERRORS, MISSPELT, suppressions=refused)) == 1


def test_an_object_can_be_exempt() -> None:
    assert violations(ERRORS, MISSPELT, exempt=["VirtualService/shop/*"]) == []


def test_a_finding_about_a_part_that_is_not_known_yet_is_none() -> None:
    """The analysis sees no host and would refuse that; there will be one."""
    text = (
        "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: servicex, namespace: shop}\n"
        "spec: {host: HOST}\n"
    )
    assert set(violations(ERRORS, text.replace("HOST", "''"))) == {"DestinationRule/shop/servicex spec.host"}
    assert set(unknowns(ERRORS, text.replace("HOST", UNKNOWN))) == {"DestinationRule/shop/servicex spec.host"}


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("spec.http[0].timeout", ("spec", "http", 0, "timeout")),
        ('metadata.annotations["servicex-mesh/a.b"]', ("metadata", "annotations", "servicex-mesh/a.b")),
        ("", ()),
    ],
    ids=["a place in a list", "a key with dots", "the whole"],
)
def test_the_field_of_a_finding_is_a_path(field: str, path: tuple[str | int, ...]) -> None:
    assert path_of(field) == path
