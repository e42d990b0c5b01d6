"""M0610: a CUSTOM policy names a provider that the mesh does not have."""

from __future__ import annotations

from components.analysis.checks.security import authorization_provider_unknown
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {action: %s, provider: {name: opa}, rules: [{}]}
"""


def test_a_provider_that_the_configuration_lacks_is_an_error() -> None:
    for provider in ({"name": "other", "envoyExtAuthzHttp": {}}, {"name": "opa", "opentelemetry": {}}):
        config = {"extensionProviders": [provider]}
        (found,) = findings_of(authorization_provider_unknown, POLICY % "CUSTOM", mesh_config=config)
        assert (found.code, found.severity.value) == ("M0610", "error")


def test_without_a_configuration_it_is_information() -> None:
    (found,) = findings_of(authorization_provider_unknown, POLICY % "CUSTOM")
    assert (found.code, found.severity.value) == ("M0610", "info")


def test_one_that_is_there_and_other_actions_are_fine() -> None:
    config = {"extensionProviders": [{"name": "opa", "envoyExtAuthzGrpc": {}}]}
    assert not findings_of(authorization_provider_unknown, POLICY % "CUSTOM", mesh_config=config)
    assert not findings_of(authorization_provider_unknown, POLICY % "DENY")
