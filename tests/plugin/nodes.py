"""Plays the part of nodes, endpoints and istiod for an API server that has none: whatever is declared is soon ready."""

from __future__ import annotations

import base64
import threading
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from tests.lab.standins.control_plane import ControlPlane

PAUSE_SECONDS = 0.2
MERGE = "application/merge-patch+json"
ADMISSION = "/apis/admissionregistration.k8s.io/v1"


@contextmanager
def nodes(plane: ControlPlane) -> Iterator[None]:
    """As long as it is open, Deployments get all their replicas, Services an endpoint, and webhooks a certificate."""
    ended = threading.Event()
    player = threading.Thread(target=_play, args=(plane, ended))
    player.start()
    try:
        yield
    finally:
        ended.set()
        player.join()


def _play(plane: ControlPlane, ended: threading.Event) -> None:
    while not ended.wait(PAUSE_SECONDS):
        try:
            for deployment in _items(plane, "/apis/apps/v1/deployments"):
                _run(plane, deployment)
            for service in _items(plane, "/api/v1/services"):
                if service["spec"].get("selector"):
                    _serve(plane, service)
            for kind in ("mutatingwebhookconfigurations", "validatingwebhookconfigurations"):
                for configuration in _items(plane, f"{ADMISSION}/{kind}"):
                    _certify(plane, kind, configuration)
        except urllib.error.HTTPError as error:
            # Gone since, there already, or in a namespace that is on its way out.
            if error.code not in (403, 404, 409):
                raise


def _items(plane: ControlPlane, path: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", plane.call("GET", path)["items"])


def _run(plane: ControlPlane, deployment: dict[str, Any]) -> None:
    meta, wanted = deployment["metadata"], deployment["spec"].get("replicas", 1)
    counts = dict.fromkeys(("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"), wanted)
    status = {**counts, "observedGeneration": meta["generation"]}
    if any(deployment["status"].get(key) != value for key, value in status.items()):
        path = f"/apis/apps/v1/namespaces/{meta['namespace']}/deployments/{meta['name']}/status"
        plane.call("PATCH", path, {"status": status}, MERGE)


def _serve(plane: ControlPlane, service: dict[str, Any]) -> None:
    meta = service["metadata"]
    path = f"/apis/discovery.k8s.io/v1/namespaces/{meta['namespace']}/endpointslices"
    if plane.exists(f"{path}/{meta['name']}"):
        return
    owner = {"apiVersion": "v1", "kind": "Service", "name": meta["name"], "uid": meta["uid"]}
    labels = {"kubernetes.io/service-name": meta["name"]}
    plane.call(
        "POST",
        path,
        {
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            "metadata": {"name": meta["name"], "labels": labels, "ownerReferences": [owner]},
            "addressType": "IPv4",
            "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": True}}],
            "ports": [{"name": "http", "port": 80}],
        },
    )


def _certify(plane: ControlPlane, kind: str, configuration: dict[str, Any]) -> None:
    bundle = base64.b64encode(plane.authority.read_bytes()).decode()
    webhooks = configuration["webhooks"]
    if all(webhook["clientConfig"].get("caBundle") for webhook in webhooks):
        return
    path = f"{ADMISSION}/{kind}/{configuration['metadata']['name']}"
    steps = [
        {"op": "add", "path": f"/webhooks/{place}/clientConfig/caBundle", "value": bundle}
        for place in range(len(webhooks))
    ]
    plane.call("PATCH", path, steps, "application/json-patch+json")
