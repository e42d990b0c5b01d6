"""M0903: a network takes its endpoints from an unknown registry."""

from __future__ import annotations

from components.analysis.checks.ambient import network_registry_unknown
from tests.analysis.checking import findings_of

SECRET = """
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: istio-system, labels: {istio/multiCluster: "true"}}
data: {east: ""}
---
"""
NETWORKS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {meshNetworks: "networks: {n: {endpoints: [{fromRegistry: %s}, {fromCidr: 10.0.0.0/8}]}}"}
"""


def test_a_name_of_no_cluster_beside_remote_secrets_is_an_error_where_the_config_map_stands() -> None:
    (found,) = findings_of(network_registry_unknown, SECRET + NETWORKS % "west")
    assert (found.code, found.severity.value, found.kind) == ("M0903", "error", "MeshNetworks")
    assert found.line == len(SECRET.splitlines()) + 5


def test_without_remote_secrets_it_is_information() -> None:
    (found,) = findings_of(network_registry_unknown, NETWORKS % "kubernetes")
    assert (found.code, found.severity.value) == ("M0903", "info")


def test_a_key_of_a_remote_secret_and_istios_own_names_are_fine() -> None:
    assert not findings_of(network_registry_unknown, SECRET + NETWORKS % "east")
    assert not findings_of(network_registry_unknown, SECRET + NETWORKS % "Kubernetes")
