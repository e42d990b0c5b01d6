"""When an object counts as ready."""

import pytest

from lab.standins.json_values import JsonObject
from lab.standins.kubernetes.awaiting import conditions, seconds_for
from lab.standins.kubernetes.jsonpath import find
from lab.standins.kubernetes.objects import TIMEOUT_SECONDS, WAIT_FOR
from lab.standins.kubernetes.readiness import assess, assess_condition
from lab.standins.refusals import RefusedError


class Quiet:
    """Surroundings with a fixed answer to each question."""

    def __init__(self, *, endpoints: int = 0, pods: list[JsonObject] | None = None) -> None:
        self._endpoints, self._pods = endpoints, pods or []

    def ready_endpoints(self, namespace: str, service: str) -> int:
        return self._endpoints

    def pods(self, namespace: str, labels: JsonObject) -> list[JsonObject]:
        return self._pods

    def binds_late(self, storage_class: str) -> bool:
        return False


def _deployment(**status: int) -> JsonObject:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"generation": 2},
        "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a"}}},
        "status": {**status},
    }


@pytest.mark.parametrize(
    ("status", "ready"),
    [
        ({"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}, True),
        ({"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}, False),
        ({"observedGeneration": 2, "replicas": 3, "updatedReplicas": 2, "availableReplicas": 3}, False),
        ({"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 1}, False),
        ({}, False),
    ],
    ids=["all there", "old status", "old replica still there", "one not available", "no status"],
)
def test_a_deployment_is_ready_when_all_replicas_are_new_and_available(status: dict[str, int], ready: bool) -> None:
    """The status counts only for the newest spec, and old replicas have to be gone."""
    assert assess(_deployment(**status), Quiet()).ready is ready


def test_a_deployment_past_its_deadline_fails_with_its_pods_troubles() -> None:
    """Waiting on would not help, and the reason is in the pod."""
    live = _deployment(observedGeneration=2)
    live["status"] = {
        "observedGeneration": 2,
        "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded", "message": "too late"}],
    }
    waiting: JsonObject = {"reason": "ErrImagePull", "message": "not found"}
    pod: JsonObject = {
        "metadata": {"name": "p"},
        "status": {"containerStatuses": [{"name": "c", "state": {"waiting": waiting}}]},
    }
    found = assess(live, Quiet(pods=[pod]))
    assert found.failed == ("too late", "pod p, container c: ErrImagePull: not found")


@pytest.mark.parametrize(
    ("spec", "endpoints", "ready"),
    [
        ({"selector": {"a": "b"}}, 0, False),
        ({"selector": {"a": "b"}}, 1, True),
        ({}, 0, True),
        ({"selector": {"a": "b"}, "clusterIP": "None"}, 0, True),
        ({"type": "ExternalName", "selector": {"a": "b"}}, 0, True),
        ({"type": "LoadBalancer", "selector": {"a": "b"}}, 1, False),
    ],
    ids=["no endpoint", "endpoint", "no selector", "headless", "external name", "load balancer without address"],
)
def test_a_service_is_ready_when_a_pod_stands_behind_it(spec: JsonObject, endpoints: int, ready: bool) -> None:
    """A Service that selects pods waits for one; a load balancer for its address too."""
    live: JsonObject = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": spec}
    assert assess(live, Quiet(endpoints=endpoints)).ready is ready


@pytest.mark.parametrize(
    ("kind", "conditions_", "ready", "failed"),
    [
        ("batch/v1 Job", [{"type": "Complete", "status": "True"}], True, False),
        ("batch/v1 Job", [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}], False, True),
        ("batch/v1 Job", [], False, False),
        ("apiextensions.k8s.io/v1 CustomResourceDefinition", [{"type": "Established", "status": "True"}], True, False),
        (
            "apiextensions.k8s.io/v1 CustomResourceDefinition",
            [{"type": "NamesAccepted", "status": "False", "message": "taken"}],
            False,
            True,
        ),
        ("v1 Pod", [{"type": "Ready", "status": "True"}], True, False),
        ("v1 Pod", [], False, False),
    ],
    ids=["job done", "job failed", "job running", "definition served", "names taken", "pod ready", "pod new"],
)
def test_conditions_decide(kind: str, conditions_: list[JsonObject], ready: bool, failed: bool) -> None:
    """Kinds that tell their state by conditions are judged by these."""
    api_version, _, name = kind.rpartition(" ")
    live: JsonObject = {"apiVersion": api_version, "kind": name, "status": {"conditions": [*conditions_]}}
    found = assess(live, Quiet())
    assert (found.ready, bool(found.failed)) == (ready, failed)


def test_a_kind_without_a_rule_is_ready_at_once() -> None:
    """What has no status to wait for is there when it is there."""
    assert assess({"apiVersion": "networking.istio.io/v1", "kind": "Gateway"}, Quiet()).ready


WEBHOOK: JsonObject = {
    "webhooks": [{"clientConfig": {"caBundle": "eA=="}}, {"clientConfig": {}}],
    "status": {"phase": "Active", "conditions": [{"type": "Ready", "status": "False"}]},
}


@pytest.mark.parametrize(
    ("condition", "ready"),
    [
        ("jsonpath={.webhooks[0].clientConfig.caBundle}", True),
        ("jsonpath={.webhooks[1].clientConfig.caBundle}", False),
        ("jsonpath={.status.phase}=Active", True),
        ("jsonpath={.status.phase}=Gone", False),
        ("condition=Ready", False),
        ("condition=Ready=False", True),
        ('jsonpath={.status.conditions[?(@.type=="Ready")].status}=False', True),
    ],
    ids=["something there", "nothing there", "value", "other value", "condition", "condition with status", "filter"],
)
def test_a_condition_to_wait_for_is_read_as_kubectl_reads_it(condition: str, ready: bool) -> None:
    """pulumi.com/waitFor takes the forms of `kubectl wait --for`."""
    assert assess_condition(WEBHOOK, condition).ready is ready


def test_a_jsonpath_with_a_star_finds_every_value() -> None:
    """Lists are followed whole."""
    assert find("{.a[*].b}", {"a": [{"b": 1}, {"c": 2}, {"b": 3}]}) == [1, 3]


@pytest.mark.parametrize("expression", ["{.a[1:2]}", "{..a}"], ids=["slice", "descent"])
def test_a_jsonpath_outside_the_covered_part_is_refused(expression: str) -> None:
    """A condition that is never understood must not wait for ever."""
    with pytest.raises(RefusedError, match="not understood"):
        find(expression, {"a": 1})


def test_several_conditions_are_a_json_list() -> None:
    """All of them have to hold."""
    declared: JsonObject = {"metadata": {"annotations": {WAIT_FOR: '["condition=A", "jsonpath={.b}"]'}}}
    assert conditions(declared) == ("condition=A", "jsonpath={.b}")


def test_another_form_of_condition_is_refused() -> None:
    """The message names the allowed forms."""
    with pytest.raises(RefusedError, match="condition=NAME"):
        conditions({"metadata": {"annotations": {WAIT_FOR: "create"}}})


def test_the_timeout_is_custom_then_annotated_then_ten_minutes() -> None:
    """customTimeouts win over the annotation."""
    declared: JsonObject = {"metadata": {"annotations": {TIMEOUT_SECONDS: "90"}}}
    assert (seconds_for(declared, custom=5), seconds_for(declared, custom=0), seconds_for({}, custom=0)) == (5, 90, 600)
