"""strict-mtls: who may take plain text."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "strict-mtls"


def peer(spec: str, *, namespace: str = "istio-system", name: str = "default") -> str:
    return (
        f"---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\n"
        f"metadata: {{name: {name}, namespace: {namespace}}}\nspec: {spec}\n"
    )


def pod(namespace: str, annotations: str = "{}") -> str:
    return (
        f"---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: db, namespace: {namespace}}}\n"
        f"spec: {{template: {{metadata: {{annotations: {annotations}}}, spec: {{containers: [{{name: db}}]}}}}}}\n"
    )


def space(name: str, labels: str) -> str:
    return f"---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, labels: {labels}}}\n"


STRICT = "{mtls: {mode: STRICT}}"
UNCOVERED = ["Namespace/shop metadata.name"]


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DISABLE"])
def test_a_mode_that_takes_plain_text_is_refused_once(mode: str) -> None:
    """At the rule that says it; the namespaces below it are not told of, too."""
    found = violations(NAME, peer(f"{{mtls: {{mode: {mode}}}}}") + pod("shop"))
    assert found == ["PeerAuthentication/istio-system/default spec.mtls.mode"]


def test_the_mode_of_a_single_port_counts() -> None:
    lax = peer(
        "{selector: {matchLabels: {app: a}}, portLevelMtls: {9090: {mode: DISABLE}}}", namespace="shop", name="a"
    )
    assert violations(NAME, peer(STRICT) + lax) == ["PeerAuthentication/shop/a spec.portLevelMtls[9090].mode"]


@pytest.mark.parametrize(
    "rules",
    [
        "",
        peer("{mtls: {mode: UNSET}}"),
        peer("{}"),
        peer(STRICT, namespace="other"),
        peer("{selector: {matchLabels: {app: db}}, mtls: {mode: STRICT}}", namespace="shop"),
    ],
    ids=["no rule", "unset", "empty", "another namespace's", "for some workloads only"],
)
def test_a_namespace_of_workloads_that_no_strict_rule_covers_is_refused(rules: str) -> None:
    """Istio's default is PERMISSIVE."""
    assert violations(NAME, rules + pod("shop")) == UNCOVERED


@pytest.mark.parametrize(
    "rules",
    [
        peer(STRICT),
        peer(STRICT, namespace="shop"),
        peer(STRICT) + peer("{mtls: {mode: UNSET}}", namespace="shop"),
        peer(STRICT) + peer("{}", namespace="shop", name="other"),
    ],
    ids=["the mesh's", "its own", "unset below strict", "empty below strict"],
)
def test_a_namespace_below_a_strict_rule_passes(rules: str) -> None:
    assert violations(NAME, rules + pod("shop")) == []


def test_where_the_meshs_rule_stands_can_be_told() -> None:
    elsewhere = peer(STRICT, namespace="mesh-root") + pod("shop")
    assert violations(NAME, elsewhere) == UNCOVERED
    assert violations(NAME, elsewhere, rootNamespace="mesh-root") == []


@pytest.mark.parametrize(
    "text",
    [
        pod("istio-system"),
        pod("kube-system"),
        pod("shop") + space("shop", "{}"),
        pod("shop") + space("shop", "{istio-injection: disabled}"),
        pod("shop", "{inject.istio.io/templates: gateway}"),
    ],
    ids=["the control plane", "Kubernetes' own", "no injection", "injection switched off", "a gateway"],
)
def test_what_is_no_workload_of_the_mesh_is_left_alone(text: str) -> None:
    assert violations(NAME, text) == []


@pytest.mark.parametrize("labels", ["{istio-injection: enabled}", "{istio.io/rev: canary}"])
def test_a_namespace_with_injection_is_of_the_mesh(labels: str) -> None:
    """And the violation is that of its own resource."""
    (said,) = judged(NAME, space("shop", labels) + pod("shop"))
    assert (said.of.path, said.of.urn) == ("Namespace/shop", "urn:0")


def test_a_mode_that_is_not_known_yet_can_not_be_told() -> None:
    """Nor whether the namespaces below it are covered."""
    found = unknowns(NAME, peer(f"{{mtls: {{mode: {UNKNOWN}}}}}") + pod("shop"))
    assert found == ["PeerAuthentication/istio-system/default spec.mtls.mode"]


def test_an_object_can_be_exempt() -> None:
    legacy = peer("{mtls: {mode: PERMISSIVE}}", namespace="legacy")
    assert violations(NAME, legacy, exempt=["PeerAuthentication/legacy/*"]) == []
