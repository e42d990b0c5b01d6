"""M0902: a definition of the Gateway API is too old."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import gateway_api_definitions_old
from tests.analysis.checking import findings_of

DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %s.gateway.networking.k8s.io, annotations: {gateway.networking.k8s.io/bundle-version: "%s"}}
"""


@pytest.mark.parametrize(("name", "version"), [("tlsroutes", "v1.4.9"), ("grpcroutes", "1.0"), ("tcproutes", "v1.5.0")])
def test_a_version_below_the_least_is_reported(name: str, version: str) -> None:
    (found,) = findings_of(gateway_api_definitions_old, DEFINITION % (name, version))
    assert (found.code, found.istio) == ("M0902", "IST0176")


@pytest.mark.parametrize(
    ("name", "version"),
    [("tlsroutes", "v1.5.0-rc.1"), ("tlsroutes", "v2.0.0"), ("httproutes", "v0.1.0"), ("tlsroutes", "main")],
)
def test_the_least_itself_its_candidates_and_what_is_no_version_are_not(name: str, version: str) -> None:
    assert not findings_of(gateway_api_definitions_old, DEFINITION % (name, version))
