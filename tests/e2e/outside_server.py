"""A server outside of the mesh that speaks TLS: an Envoy by itself, which answers with what it saw of the handshake."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.authority import Authority, Pair

NAME = "server"
PORT = 8443
FOLDER = "/etc/server"
TYPES = "type.googleapis.com/envoy.extensions"
SAW = {
    "x-sni": "%REQUESTED_SERVER_NAME%",
    "x-peer": "%DOWNSTREAM_PEER_SUBJECT%",
    "x-scheme": "%REQ(:SCHEME)%",
    "x-authority": "%REQ(:AUTHORITY)%",
    "x-address": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
}
"""The headers of its answers: the name asked for, the caller's certificate and address, where the request was sent."""


def outside_server(namespace: str, *, image: str, pair: Pair, authority: Authority) -> list[dict[str, Any]]:
    """The server with its certificate, behind the Service `server`, port 443, in a namespace without injection.

    Callers may show a certificate, which `authority` must have signed.
    """
    files = {
        "envoy.json": json.dumps(_configuration()),
        "tls.crt": pair.certificate.read_text(),
        "tls.key": pair.key.read_text(),
        "ca.crt": authority.own.certificate.read_text(),
    }
    metadata = {"name": NAME, "namespace": namespace, "labels": {"app": NAME, "sidecar.istio.io/inject": "false"}}
    container = {
        "name": NAME,
        "image": image,
        "command": ["envoy", "--config-path", f"{FOLDER}/envoy.json", "--concurrency", "1", "--disable-hot-restart"],
        "ports": [{"containerPort": PORT}],
        "readinessProbe": {"tcpSocket": {"port": PORT}, "periodSeconds": 1},
        "securityContext": {"runAsNonRoot": True, "runAsUser": 65532},
        "volumeMounts": [{"name": "files", "mountPath": FOLDER}],
    }
    spec = {
        "containers": [container],
        "volumes": [{"name": "files", "secret": {"secretName": NAME}}],
        "terminationGracePeriodSeconds": 1,
    }
    port = {"name": "tls", "port": 443, "targetPort": PORT, "appProtocol": "tls"}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}},
        {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": files},
        {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata,
            "spec": {"selector": {"app": NAME}, "ports": [port]},
        },
    ]


def _configuration() -> dict[str, Any]:
    answer = {"match": {"prefix": "/"}, "direct_response": {"status": 200, "body": {"inline_string": "outside"}}}
    told = [{"header": {"key": name, "value": value}, "keep_empty_value": True} for name, value in SAW.items()]
    host = {"name": "all", "domains": ["*"], "routes": [answer], "response_headers_to_add": told}
    manager = {
        "@type": f"{TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": NAME,
        "route_config": {"virtual_hosts": [host]},
        "http_filters": [
            {"name": "router", "typed_config": {"@type": f"{TYPES}.filters.http.router.v3.Router"}},
        ],
    }
    keys = [{"certificate_chain": _file("tls.crt"), "private_key": _file("tls.key")}]
    context = {
        "@type": f"{TYPES}.transport_sockets.tls.v3.DownstreamTlsContext",
        "require_client_certificate": False,
        "common_tls_context": {"tls_certificates": keys, "validation_context": {"trusted_ca": _file("ca.crt")}},
    }
    chain = {
        "filters": [{"name": "http", "typed_config": manager}],
        "transport_socket": {"name": "tls", "typed_config": context},
    }
    inspector = {"@type": f"{TYPES}.filters.listener.tls_inspector.v3.TlsInspector"}
    listener = {
        "name": NAME,
        "address": {"socket_address": {"address": "0.0.0.0", "port_value": PORT}},
        "listener_filters": [{"name": "inspector", "typed_config": inspector}],
        "filter_chains": [chain],
    }
    return {"static_resources": {"listeners": [listener]}}


def _file(name: str) -> dict[str, str]:
    return {"filename": f"{FOLDER}/{name}"}
