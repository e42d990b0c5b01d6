"""M0620: an AuthorizationPolicy names a trust domain that the mesh does not know."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import trust_domain_unknown
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {%s}}]}]}
"""
CONFIG = {"trustDomain": "mesh.example", "trustDomainAliases": ["old.example"]}


@pytest.mark.parametrize(
    "source", ["principals: [other/ns/a/sa/b]", "trustDomains: [other]", "notTrustDomains: [other]"]
)
def test_a_domain_that_the_configuration_lacks_is_a_warning(source: str) -> None:
    (found,) = findings_of(trust_domain_unknown, POLICY % source, mesh_config=CONFIG)
    assert (found.code, found.severity.value) == ("M0620", "warning")
    (found,) = findings_of(trust_domain_unknown, POLICY % source)
    assert (found.code, found.severity.value) == ("M0620", "info")


@pytest.mark.parametrize("domain", ["mesh.example", "old.example", "cluster.local", "*"])
def test_the_meshs_own_its_aliases_and_cluster_local_are_fine(domain: str) -> None:
    assert not findings_of(trust_domain_unknown, POLICY % f"principals: ['{domain}/ns/a/sa/b']", mesh_config=CONFIG)
