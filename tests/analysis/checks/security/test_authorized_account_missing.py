"""M0619: an AuthorizationPolicy names a service account that does not exist."""

from __future__ import annotations

import pytest

from components.analysis.checks.security import authorized_account_missing
from tests.analysis.checking import findings_of

POLICY = """
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{from: [{source: {%s}}]}]}
---
"""
ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: front, namespace: shop}\n---\n"
POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {serviceAccountName: web, containers: [{name: web}]}
"""


@pytest.mark.parametrize(
    "source", ["principals: [cluster.local/ns/shop/sa/x]", "notPrincipals: ['*/ns/shop/sa/x']", "serviceAccounts: [x]"]
)
def test_an_account_that_is_not_there_beside_others_is_a_warning(source: str) -> None:
    (found,) = findings_of(authorized_account_missing, POLICY % source + ACCOUNT)
    assert (found.code, found.severity.value) == ("M0619", "warning")


def test_without_accounts_of_the_namespace_it_is_information() -> None:
    (found,) = findings_of(authorized_account_missing, POLICY % "serviceAccounts: [other/x]" + ACCOUNT)
    assert (found.code, found.severity.value) == ("M0619", "info")


@pytest.mark.parametrize(
    "source",
    [
        "principals: [cluster.local/ns/shop/sa/front]",
        "principals: [cluster.local/ns/shop/sa/web]",
        "principals: [cluster.local/ns/shop/sa/default]",
        "principals: [other.example/ns/shop/sa/x]",
        "principals: ['cluster.local/ns/shop/*']",
        "serviceAccounts: [shop/front]",
    ],
)
def test_one_that_is_there_a_pattern_and_one_of_another_mesh_are_fine(source: str) -> None:
    assert not findings_of(authorized_account_missing, POLICY % source + ACCOUNT + POD)
