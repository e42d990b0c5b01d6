"""A small client of the cell's API server, enough to see it come up and to put the name server's objects there."""

import contextlib
import http.client
import json
import ssl
from collections.abc import Mapping
from datetime import datetime

from lab.cell.layout import API_PORT, DOMAIN, SERVICE_DNS, Layout

TIMEOUT = 3.0


class Api:
    """Speaks to one API server as administrator; a new connection a call, since the server may come and go."""

    def __init__(self, layout: Layout) -> None:
        self._address = layout.address
        self._tls = ssl.create_default_context(cafile=str(layout.pki / "ca.crt"))
        self._tls.load_cert_chain(layout.pki / "admin.crt", layout.pki / "admin.key")

    def get(self, path: str) -> bytes | None:
        """The answer's body when its code is 200, else None, also when nobody answers."""
        code, body = self._call("GET", path, None)
        return body if code == 200 else None

    def create(self, path: str, document: Mapping[str, object]) -> bool:
        """Whether the object is there now: created, or there before."""
        code, _ = self._call("POST", path, json.dumps(document))
        return code in (201, 409)

    def ready(self) -> bool:
        """Whether the API server is."""
        return self.get("/readyz") is not None

    def node_ready(self, node: str, *, since: float) -> bool:
        """Whether the node says it is ready and said so after `since` (seconds since the epoch), not in an earlier life."""
        body = self.get(f"/api/v1/nodes/{node}")
        return body is not None and _ready(json.loads(body), since=since)

    def _call(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        connection = http.client.HTTPSConnection(self._address, API_PORT, timeout=TIMEOUT, context=self._tls)
        with contextlib.closing(connection):
            try:
                connection.request(method, path, body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                return 0, b""


def name_server(layout: Layout) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Path and object of all that makes CoreDNS, a daemon of the cell, the cluster's name server; the binding last."""
    rbac = "rbac.authorization.k8s.io"
    meta = {"name": "system:coredns"}
    rules = [
        {"apiGroups": [""], "resources": ["services", "namespaces", "pods"], "verbs": ["list", "watch"]},
        {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": ["list", "watch"]},
    ]
    role = {"apiVersion": f"{rbac}/v1", "kind": "ClusterRole", "metadata": meta, "rules": rules}
    binding = {
        "apiVersion": f"{rbac}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": meta,
        "roleRef": {"apiGroup": rbac, "kind": "ClusterRole", "name": "system:coredns"},
        "subjects": [{"apiGroup": rbac, "kind": "User", "name": "system:coredns"}],
    }
    ports = [
        {"name": "dns", "port": 53, "protocol": "UDP"},
        {"name": "dns-tcp", "port": 53, "protocol": "TCP"},
    ]
    labels = {"k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS"}
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "kube-dns", "namespace": "kube-system", "labels": labels},
        "spec": {"clusterIP": SERVICE_DNS, "ports": ports},
    }
    endpoints = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": "kube-dns",
            "namespace": "kube-system",
            "labels": {
                "kubernetes.io/service-name": "kube-dns",
                "endpointslice.kubernetes.io/managed-by": DOMAIN,
            },
        },
        "addressType": "IPv4",
        "endpoints": [{"addresses": [layout.address], "conditions": {"ready": True}}],
        "ports": ports,
    }
    return (
        (f"/apis/{rbac}/v1/clusterroles", role),
        ("/api/v1/namespaces/kube-system/services", service),
        ("/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices", endpoints),
        (f"/apis/{rbac}/v1/clusterrolebindings", binding),
    )


def _ready(node: Mapping[str, object], *, since: float) -> bool:
    status = node["status"]
    assert isinstance(status, dict)
    for condition in status.get("conditions", ()):
        if condition["type"] == "Ready" and condition["status"] == "True":
            # Written in whole seconds.
            return datetime.fromisoformat(condition["lastHeartbeatTime"]).timestamp() >= int(since)
    return False
