"""When an object counts as ready, kind by kind: pure functions of the live object and what surrounds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from lab.standins.json_values import Json, JsonObject, mapping, number, sequence, text, truth
from lab.standins.kubernetes.client import generation_seen
from lab.standins.kubernetes.jsonpath import find


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """`waiting`: why not yet; `failed`: why never, without a change from outside."""

    waiting: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.waiting and not self.failed


READY = Readiness()


class Surroundings(Protocol):
    """What readiness may ask of the cluster beyond the object itself."""

    def ready_endpoints(self, namespace: str, service: str) -> int:
        """How many ready addresses a Service has."""

    def pods(self, namespace: str, labels: JsonObject) -> list[JsonObject]:
        """The pods that carry all the labels."""

    def binds_late(self, storage_class: str) -> bool:
        """Whether claims of the class ("" for the default) are bound only when a pod uses them."""


def assess(live: JsonObject, around: Surroundings) -> Readiness:
    """Readiness by the rules of the object's kind; kinds without a rule are ready once they exist."""
    rule = RULES.get((text(live, "apiVersion").rpartition("/")[0], text(live, "kind")))
    return rule(live, around) if rule else READY


def assess_condition(live: JsonObject, condition: str) -> Readiness:
    """Readiness by one `pulumi.com/waitFor` condition, in kubectl wait's words.

    "condition=NAME", "condition=NAME=STATUS", "jsonpath={PATH}" (something is there) and "jsonpath={PATH}=VALUE".
    Raises RefusedError for anything else.
    """
    form, _, rest = condition.partition("=")
    if form == "condition":
        name, _, status = rest.partition("=")
        wanted = status or "True"
        given = next(
            (text(row, "status") for row in sequence(live, "status", "conditions") if text(row, "type") == name),
            "",
        )
        if given.lower() == wanted.lower():
            return READY
        return Readiness(waiting=(f"condition {name} is {given or 'not there'}, waiting for {wanted}",))
    expression, brace, value = rest.partition("}")
    found = find(expression + brace, live)
    if value.startswith("="):
        wanted = value[1:].strip("'\"")
        if any(_word(item) == wanted for item in found):
            return READY
        return Readiness(
            waiting=(f"{expression}{brace} is {', '.join(map(_word, found)) or 'not there'}, waiting for {wanted}",)
        )
    if any(item not in (None, "", [], {}) for item in found):
        return READY
    return Readiness(waiting=(f"{expression}{brace} is not there yet",))


def _deployment(live: JsonObject, around: Surroundings) -> Readiness:
    if truth(live, "spec", "paused"):
        return READY
    for row in sequence(live, "status", "conditions"):
        stuck = text(row, "type") == "Progressing" and text(row, "reason") == "ProgressDeadlineExceeded"
        if stuck and generation_seen(live):
            return Readiness(failed=(text(row, "message"), *_pod_troubles(live, around)))
    wanted = number(live, "spec", "replicas", default=1)
    status = mapping(live, "status")
    updated, total = number(status, "updatedReplicas"), number(status, "replicas")
    available = number(status, "availableReplicas")
    if generation_seen(live) and updated >= wanted and total <= updated and available >= wanted:
        return READY
    old = f", {total - updated} old ones still there" if total > updated else ""
    return Readiness(
        waiting=(
            f"{available} of {wanted} replicas available, {updated} updated{old}",
            *_pod_troubles(live, around),
        )
    )


def _daemon_set(live: JsonObject, around: Surroundings) -> Readiness:
    status = mapping(live, "status")
    wanted = number(status, "desiredNumberScheduled")
    updated, available = number(status, "updatedNumberScheduled"), number(status, "numberAvailable")
    if generation_seen(live) and updated >= wanted and available >= wanted:
        return READY
    return Readiness(
        waiting=(f"{available} of {wanted} pods available, {updated} updated", *_pod_troubles(live, around))
    )


def _stateful_set(live: JsonObject, around: Surroundings) -> Readiness:
    wanted = number(live, "spec", "replicas", default=1)
    status = mapping(live, "status")
    ready = number(status, "readyReplicas")
    current = text(status, "currentRevision") == text(status, "updateRevision")
    if generation_seen(live) and ready >= wanted and (current or _manual(live)):
        return READY
    return Readiness(waiting=(f"{ready} of {wanted} replicas ready", *_pod_troubles(live, around)))


def _manual(live: JsonObject) -> bool:
    strategy = mapping(live, "spec", "updateStrategy")
    return text(strategy, "type") == "OnDelete" or number(strategy, "rollingUpdate", "partition") > 0


def _replica_set(live: JsonObject, around: Surroundings) -> Readiness:
    wanted, ready = number(live, "spec", "replicas", default=1), number(live, "status", "readyReplicas")
    if generation_seen(live) and ready >= wanted:
        return READY
    return Readiness(waiting=(f"{ready} of {wanted} replicas ready", *_pod_troubles(live, around)))


def _service(live: JsonObject, around: Surroundings) -> Readiness:
    spec = mapping(live, "spec")
    if text(spec, "type") == "LoadBalancer" and not sequence(live, "status", "loadBalancer", "ingress"):
        return Readiness(waiting=("no load balancer has given it an address yet",))
    if not mapping(spec, "selector") or text(spec, "type") == "ExternalName" or text(spec, "clusterIP") == "None":
        return READY
    if around.ready_endpoints(text(live, "metadata", "namespace"), text(live, "metadata", "name")) > 0:
        return READY
    return Readiness(waiting=("no ready pod carries the labels it selects", *_pod_troubles(live, around)))


def _definition(live: JsonObject, around: Surroundings) -> Readiness:
    for row in sequence(live, "status", "conditions"):
        if text(row, "type") == "NamesAccepted" and text(row, "status") == "False":
            return Readiness(failed=(f"its names are not accepted: {text(row, 'message')}",))
    return assess_condition(live, "condition=Established")


def _job(live: JsonObject, around: Surroundings) -> Readiness:
    for row in sequence(live, "status", "conditions"):
        if text(row, "status") == "True" and text(row, "type") == "Complete":
            return READY
        if text(row, "status") == "True" and text(row, "type") == "Failed":
            reason = f"the job failed: {text(row, 'reason')}: {text(row, 'message')}"
            return Readiness(failed=(reason, *_pod_troubles(live, around)))
    if truth(live, "spec", "suspend"):
        return READY
    wanted = number(live, "spec", "completions", default=1)
    return Readiness(
        waiting=(
            f"{number(live, 'status', 'succeeded')} of {wanted} completions",
            *_pod_troubles(live, around),
        )
    )


def _pod(live: JsonObject, around: Surroundings) -> Readiness:
    phase = text(live, "status", "phase")
    if phase == "Succeeded":
        return READY
    if phase == "Failed":
        return Readiness(failed=(f"the pod failed: {text(live, 'status', 'message')}", *_troubles(live)))
    ready = assess_condition(live, "condition=Ready")
    return ready if ready.ready else Readiness(waiting=(f"the pod is {phase or 'not seen yet'}", *_troubles(live)))


def _claim(live: JsonObject, around: Surroundings) -> Readiness:
    phase = text(live, "status", "phase")
    if phase == "Bound" or around.binds_late(text(live, "spec", "storageClassName")):
        return READY
    return Readiness(waiting=(f"the claim is {phase or 'not seen yet'}, waiting for Bound",))


def _pod_troubles(live: JsonObject, around: Surroundings) -> tuple[str, ...]:
    selector = mapping(live, "spec", "selector")
    labels = mapping(selector, "matchLabels") or (selector if text(live, "kind") == "Service" else {})
    if not labels:
        return ()
    found = (trouble for pod in around.pods(text(live, "metadata", "namespace"), labels) for trouble in _troubles(pod))
    return tuple(dict.fromkeys(found))


def _troubles(pod: JsonObject) -> tuple[str, ...]:
    name = text(pod, "metadata", "name")
    found = [
        f"pod {name} is not scheduled: {text(row, 'message')}"
        for row in sequence(pod, "status", "conditions")
        if text(row, "type") == "PodScheduled" and text(row, "status") == "False"
    ]
    for group in ("initContainerStatuses", "containerStatuses"):
        for row in sequence(pod, "status", group):
            waiting = mapping(row, "state", "waiting")
            # Every container is ContainerCreating or PodInitializing for a moment: no trouble.
            if text(waiting, "reason") not in ("", "ContainerCreating", "PodInitializing"):
                message = text(waiting, "message")
                found.append(
                    f"pod {name}, container {text(row, 'name')}: {text(waiting, 'reason')}"
                    + (f": {message}" if message else "")
                )
    return tuple(found)


def _word(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


RULES: dict[tuple[str, str], Callable[[JsonObject, Surroundings], Readiness]] = {
    ("apps", "Deployment"): _deployment,
    ("apps", "DaemonSet"): _daemon_set,
    ("apps", "StatefulSet"): _stateful_set,
    ("apps", "ReplicaSet"): _replica_set,
    ("", "Service"): _service,
    ("", "Pod"): _pod,
    ("", "PersistentVolumeClaim"): _claim,
    ("batch", "Job"): _job,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): _definition,
}
