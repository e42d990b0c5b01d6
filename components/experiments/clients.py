"""The two pods that requests leave from, in a namespace of their own: made before, removed after, whatever happens."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from components.experiments.errors import Unusable
from components.experiments.kubectl import Kubectl, PodTransport
from components.experiments.traffic import Client

NAMESPACE = "mesh-experiments"
OWNER = {"app.kubernetes.io/managed-by": "mesh-experiments"}
"""The label that says that the namespace is ours to remove."""

CONTAINER = "client"
SIDECAR = "istio-proxy"
READY_TIMEOUT = 90
REMOVE_TIMEOUT = 60


class _Waiting(msgspec.Struct):
    reason: str = ""
    message: str = ""


class _State(msgspec.Struct):
    waiting: _Waiting | None = None


class _Container(msgspec.Struct):
    name: str
    ready: bool = True
    state: _State = msgspec.field(default_factory=_State)


class _Status(msgspec.Struct, rename="camel"):
    phase: str = ""
    container_statuses: list[_Container] = msgspec.field(default_factory=list)
    init_container_statuses: list[_Container] = msgspec.field(default_factory=list)


class _Metadata(msgspec.Struct):
    name: str
    labels: dict[str, str] = msgspec.field(default_factory=dict)


class _Object(msgspec.Struct):
    metadata: _Metadata
    status: _Status = msgspec.field(default_factory=_Status)


class _List(msgspec.Struct):
    items: list[_Object]


@asynccontextmanager
async def client_pods(kubectl: Kubectl, image: str) -> AsyncIterator[PodTransport]:
    """Both pods, ready, the member with its sidecar. Raises `Unusable` naming the pod that does not get ready."""
    await _refuse_others(kubectl)
    await _remove(kubectl)
    try:
        await kubectl.call("create", "-f", "-", stdin=json.dumps(_manifest(image)).encode())
        await _ready(kubectl)
        yield PodTransport(kubectl, NAMESPACE, CONTAINER)
    finally:
        await _remove(kubectl)


async def _refuse_others(kubectl: Kubectl) -> None:
    found = await kubectl.call(
        "get", "namespace", NAMESPACE, "--ignore-not-found", "-o", "json", "--request-timeout=10s"
    )
    if not found.strip():
        return
    labels = msgspec.json.decode(found, type=_Object).metadata.labels
    if not OWNER.items() <= labels.items():
        raise Unusable(
            f"the namespace {NAMESPACE!r} exists and is not of our making (it lacks the label "
            f"{'='.join(*OWNER.items())}); the experiments make and remove a namespace of that name. Rename or remove yours"
        )


async def _remove(kubectl: Kubectl) -> None:
    timeout = f"--timeout={REMOVE_TIMEOUT}s"
    await kubectl.call(
        "delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait", timeout, timeout=REMOVE_TIMEOUT + 5
    )


async def _ready(kubectl: Kubectl) -> None:
    try:
        await kubectl.call(
            *("wait", "pod", "--all", "-n", NAMESPACE, "--for=condition=Ready", f"--timeout={READY_TIMEOUT}s"),
            timeout=READY_TIMEOUT + 5,
        )
    except Unusable as reason:
        states = [_in_words(pod) for pod in await _pods(kubectl)]
        raise Unusable(
            f"the client pods in {NAMESPACE!r} were not ready within {READY_TIMEOUT} s: {'; '.join(states) or reason}. "
            "Check that the cluster can pull the image that the stack names, and that istiod runs"
        ) from None
    for pod in await _pods(kubectl):
        containers = [c.name for c in (*pod.status.container_statuses, *pod.status.init_container_statuses)]
        if (SIDECAR in containers) != (pod.metadata.name == Client.MEMBER.value):
            raise Unusable(
                f"the client pod {pod.metadata.name!r} has the containers {', '.join(containers)}; the member needs the "
                f"sidecar {SIDECAR!r} and the one outside must have none. Check that istiod's injection webhook is there and "
                f"honours the label sidecar.istio.io/inject"
            )


async def _pods(kubectl: Kubectl) -> list[_Object]:
    output = await kubectl.call("get", "pods", "-n", NAMESPACE, "-o", "json")
    return msgspec.json.decode(output, type=_List).items


def _in_words(pod: _Object) -> str:
    waiting = [
        f"container {c.name} waits: {c.state.waiting.reason} {c.state.waiting.message}".strip()
        if c.state.waiting
        else f"container {c.name} is not ready"
        for c in (*pod.status.init_container_statuses, *pod.status.container_statuses)
        if not c.ready
    ]
    return f"pod {pod.metadata.name} is {pod.status.phase}" + (f" ({', '.join(waiting)})" if waiting else "")


def _manifest(image: str) -> dict[str, object]:
    account = {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": CONTAINER, "namespace": NAMESPACE},
        "automountServiceAccountToken": False,
    }
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": OWNER}}
    pods = [_pod(client, image) for client in Client]
    return {"apiVersion": "v1", "kind": "List", "items": [namespace, account, *pods]}


def _pod(client: Client, image: str) -> dict[str, object]:
    inject = "true" if client is Client.MEMBER else "false"
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": client.value,
            "namespace": NAMESPACE,
            "labels": {**OWNER, "sidecar.istio.io/inject": inject},
        },
        "spec": {
            "serviceAccountName": CONTAINER,
            # Nothing to save: the battery is over or broken off when the pods go.
            "terminationGracePeriodSeconds": 1,
            "containers": [
                {
                    "name": CONTAINER,
                    "image": image,
                    "imagePullPolicy": "IfNotPresent",
                    "command": ["sleep", "infinity"],
                    # No CPU limit: a throttled client would measure itself.
                    "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"memory": "512Mi"}},
                    "securityContext": {
                        "runAsNonRoot": True,
                        "runAsUser": 65532,
                        "runAsGroup": 65532,
                        "allowPrivilegeEscalation": False,
                        "readOnlyRootFilesystem": True,
                        "capabilities": {"drop": ["ALL"]},
                        "seccompProfile": {"type": "RuntimeDefault"},
                    },
                }
            ],
        },
    }
