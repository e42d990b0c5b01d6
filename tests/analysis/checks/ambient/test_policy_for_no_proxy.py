"""M0922: a policy in an ambient namespace without targetRefs reaches no proxy."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.ambient import policy_for_no_proxy
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import deployment

found_in = partial(findings_of, policy_for_no_proxy)

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"
AMBIENT = NAMESPACE % "istio.io/dataplane-mode: ambient"
WITH_WAYPOINT = NAMESPACE % "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"


def policy(kind: str = "RequestAuthentication", spec: str = "{}", group: str = "security") -> str:
    """A policy of namespace shop."""
    head = f"---\napiVersion: {group}.istio.io/v1\nkind: {kind}\nmetadata: {{name: a, namespace: shop}}\n"
    return head + f"spec: {spec}\n"


def test_a_policy_by_labels_in_an_ambient_namespace_is_reported() -> None:
    (found,) = found_in(WITH_WAYPOINT + policy(spec="{selector: {matchLabels: {app: servicex}}}") + deployment("a", 1))
    assert (found.code, found.field, found.severity) == ("M0922", "spec.selector", Severity.WARNING)
    assert found_in(AMBIENT + policy("Telemetry", group="telemetry") + deployment("a", 1))


def test_one_with_target_refs_is_not() -> None:
    assert not found_in(AMBIENT + policy(spec="{targetRefs: [{kind: Service, name: servicex}]}") + deployment("a", 1))


def test_pods_with_a_sidecar_read_it() -> None:
    gateway = deployment("a", 1).replace("labels: {app", "labels: {sidecar.istio.io/inject: 'true', app")
    assert not found_in(AMBIENT + policy() + gateway)


def test_without_pods_it_can_not_be_told() -> None:
    assert [each.severity for each in found_in(AMBIENT + policy())] == [Severity.INFO]
    assert not found_in(policy() + deployment("a", 1))
