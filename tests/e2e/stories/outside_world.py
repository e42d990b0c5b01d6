"""Two pods without proxies, in the place of services outside: one speaks HTTP, one TLS with the given certificate."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

from tests.e2e.stories.asking import SECONDS, STACK, Example

NAMESPACE = "outside-world"
TRUSTED = "/var/run/secrets/istio/root-cert.pem"
"""Where each proxy has the mesh's own root: authorities of a file, and here one that can sign."""

ARRIVED = "x-arrived-by"
PORTS = {"partner": (80, 8000), "bank": (443, 8443), "impostor": (443, 8443)}


def build(example: Example, folder: Path) -> None:
    """The pods, ready: the bank with a certificate that the mesh's root has signed, the impostor with one of its own."""
    signed, own = (_certificate(folder / name) for name in ("bank", "impostor"))
    _sign(example, folder, folder / "bank")
    written = [_namespace(), *_service("partner", example, None), *_service("bank", example, signed)]
    written += _service("impostor", example, own)
    (folder / "outside.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": written}))
    applied = example.lab.kubectl(STACK, "apply", "--filename", str(folder / "outside.json"))
    assert applied.code == 0, applied.all
    ready = example.lab.kubectl(
        STACK, "wait", "--namespace", NAMESPACE, "pod", "--all", "--for=condition=Ready", f"--timeout={SECONDS}s"
    )
    assert ready.code == 0, ready.all


def clear(example: Example) -> None:
    example.lab.kubectl(STACK, "delete", "namespace", NAMESPACE, "--ignore-not-found")


def _certificate(folder: Path) -> Path:
    """A certificate for bank.test that signs itself, and the request for a better one."""
    folder.mkdir()
    common = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=bank.test", "-addext", "subjectAltName=DNS:bank.test"]
    files = ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt")]
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *common, *files], check=True, capture_output=True)
    return folder


def _sign(example: Example, folder: Path, bank: Path) -> None:
    """By the mesh's root, whose key the lab's own cluster gives away."""
    got = example.lab.kubectl(
        STACK, "get", "secret", "istio-ca-secret", "--namespace", "istio-system", "--output", "json"
    )
    assert got.code == 0, got.all
    for name, data in json.loads(got.out)["data"].items():
        (folder / name).write_bytes(base64.b64decode(data))
    request = ["openssl", "x509", "-x509toreq", "-in", str(bank / "tls.crt"), "-signkey", str(bank / "tls.key")]
    asked = subprocess.run(request, check=True, capture_output=True).stdout
    (folder / "names").write_text("subjectAltName=DNS:bank.test\n")
    signing = ["openssl", "x509", "-req", "-days", "2", "-CAcreateserial", "-extfile", str(folder / "names")]
    by = ["-CA", str(folder / "ca-cert.pem"), "-CAkey", str(folder / "ca-key.pem"), "-out", str(bank / "tls.crt")]
    subprocess.run([*signing, *by], input=asked, check=True, capture_output=True)


def _namespace() -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}


def _service(name: str, example: Example, certificate: Path | None) -> list[dict[str, Any]]:
    port, target = PORTS[name]
    meta = {"name": name, "namespace": NAMESPACE, "labels": {"app": name, "sidecar.istio.io/inject": "false"}}
    ports = [{"name": "it", "port": port, "targetPort": target}]
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": meta,
        "spec": {"selector": {"app": name}, "ports": ports},
    }
    env = [{"name": "VERSION", "value": name}]
    containers: list[dict[str, Any]] = [{"name": "servicex", "image": example.image, "env": env}]
    spec: dict[str, Any] = {"containers": containers, "terminationGracePeriodSeconds": 1}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}
    if certificate is None:
        return [service, pod]
    files = {file: (certificate / file).read_text() for file in ("tls.crt", "tls.key")} | {"envoy.json": ENVOY}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": files}
    spec["volumes"] = [{"name": "files", "configMap": {"name": name}}]
    containers.append(
        {
            "name": "envoy",
            "image": example.proxy,
            "command": ["envoy", "--config-path", "/files/envoy.json"],
            "volumeMounts": [{"name": "files", "mountPath": "/files"}],
            "readinessProbe": {"tcpSocket": {"port": target}, "periodSeconds": 1},
        }
    )
    return [service, config, pod]


def _typed(kind: str, **fields: object) -> dict[str, object]:
    return {"@type": f"type.googleapis.com/envoy.{kind}", **fields}


def _file(name: str) -> dict[str, str]:
    return {"filename": f"/files/{name}"}


ROUTER = {"name": "router", "typed_config": _typed("extensions.filters.http.router.v3.Router")}
MANAGER = _typed(
    "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
    stat_prefix="it",
    http_filters=[ROUTER],
    route_config={
        "request_headers_to_add": [{"header": {"key": ARRIVED, "value": "TLS for %REQUESTED_SERVER_NAME%"}}],
        "virtual_hosts": [
            {"name": "it", "domains": ["*"], "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "it"}}]}
        ],
    },
)
TLS = _typed(
    "extensions.transport_sockets.tls.v3.DownstreamTlsContext",
    common_tls_context={"tls_certificates": [{"certificate_chain": _file("tls.crt"), "private_key": _file("tls.key")}]},
)
LISTENER = {
    "address": {"socket_address": {"address": "0.0.0.0", "port_value": 8443}},
    "listener_filters": [
        {"name": "tls", "typed_config": _typed("extensions.filters.listener.tls_inspector.v3.TlsInspector")}
    ],
    "filter_chains": [
        {
            "filters": [{"name": "http", "typed_config": MANAGER}],
            "transport_socket": {"name": "tls", "typed_config": TLS},
        }
    ],
}
ENDPOINT = {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 8000}}}}
CLUSTER = {
    "name": "it",
    "connect_timeout": "1s",
    "type": "STATIC",
    "load_assignment": {"cluster_name": "it", "endpoints": [{"lb_endpoints": [ENDPOINT]}]},
}
ENVOY = json.dumps({"static_resources": {"listeners": [LISTENER], "clusters": [CLUSTER]}})
"""A TLS door before servicex that writes into a header which name it was asked for."""
