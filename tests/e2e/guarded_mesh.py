"""A mesh with security and scope for real traffic: workloads that can call each other, in namespaces of their own."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.api import encode
from components.manifests import documents
from components.model import (
    Access,
    AccessLog,
    Action,
    Callers,
    Claim,
    ClaimHeader,
    DenyByDefault,
    Dependency,
    Export,
    Issuer,
    Mesh,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    OutboundTraffic,
    Passthrough,
    PathPrefix,
    RequestAuthentication,
    Requests,
    RequireJWT,
    Route,
    Side,
    Telemetry,
    TrafficPolicy,
    VirtualService,
    Workload,
)
from components.model import (
    Path as RequestPath,
)

ISSUER = "https://login.test"
CLIENT = "client"
"""The container beside each workload's own that calls others, so that callers are the declared workloads."""

SHOP, STOCK, FRONT, OTHER, OLD = (
    Workload(name, namespace=f"guarded-{name}", port=8000) for name in ("shop", "stock", "front", "other", "old")
)
WORKLOADS = (SHOP, STOCK, FRONT, OTHER, OLD)


@dataclass(frozen=True)
class Signer:
    """An issuer's key, made anew for each run."""

    key: Path

    @classmethod
    def make(cls, folder: Path) -> Signer:
        key = folder / "key.pem"
        subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
        return cls(key)

    @property
    def jwks(self) -> str:
        command = ["openssl", "rsa", "-in", str(self.key), "-noout", "-modulus"]
        modulus = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().partition("=")[2]
        return json.dumps({"keys": [{"kty": "RSA", "kid": "one", "n": _text(bytes.fromhex(modulus)), "e": "AQAB"}]})

    def token(self, claims: Mapping[str, object]) -> str:
        """A token that is good for an hour, unless the claims say otherwise."""
        body = {"iss": ISSUER, "sub": "ann", "aud": "shop", "exp": int(time.time()) + 3600, **claims}
        parts = [_text(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "one", "typ": "JWT"}, body)]
        command = ["openssl", "dgst", "-sha256", "-sign", str(self.key)]
        signature = subprocess.run(command, input=".".join(parts).encode(), check=True, capture_output=True).stdout
        return ".".join([*parts, _text(signature)])


def guarded_mesh(jwks: str) -> Mesh:
    """Namespaces are STRICT but for front's and old's own rules; nothing of it is mesh-wide."""
    issuer = Issuer(ISSUER, jwks=jwks, audiences=["shop"], claims_to_headers=[ClaimHeader("x-user", claim="sub")])
    tokens = RequestAuthentication("tokens", of=STOCK, issuers=[issuer])
    return Mesh(
        versions=[workload.version("one") for workload in WORKLOADS],
        virtual_services=[
            VirtualService(SHOP, [Route("stock", when=PathPrefix("/led"), to=STOCK), Route("shop", to=SHOP)])
        ],
        policies=[TrafficPolicy(OLD, load_balancer=Passthrough())],
        mutual_tls_rules=[
            *(MutualTLSRule(Namespace(each.namespace), MutualTLS.STRICT) for each in (SHOP, STOCK, OTHER, OLD)),
            MutualTLSRule(Namespace(FRONT.namespace), MutualTLS.DISABLE),
            MutualTLSRule(FRONT, MutualTLS.STRICT),
            MutualTLSRule(OLD, MutualTLS.DISABLE),
        ],
        authentications=[tokens],
        access=[
            DenyByDefault(Namespace(SHOP.namespace)),
            Access(
                "front-reads",
                of=SHOP,
                callers=Callers(identities=[FRONT.identity]),
                requests=Requests(methods=["GET"]),
                except_requests=Requests(paths=[PathPrefix("/hidden")]),
            ),
            RequireJWT("needed", by=tokens, except_requests=Requests(paths=[RequestPath("/led")])),
            Access(
                "no-guests",
                of=STOCK,
                action=Action.DENY,
                requests=Requests(paths=[PathPrefix("/admin")]),
                claims=[Claim("role", values=["guest"])],
            ),
        ],
        telemetry=[
            Telemetry(SHOP, access_logs=[AccessLog(filter="response.code >= 400", side=Side.SERVER)]),
        ],
        dependencies=[Dependency(FRONT, on=[SHOP], outbound=OutboundTraffic.REGISTRY_ONLY)],
        exports=[Export(STOCK, to=[Namespace(each.namespace) for each in (FRONT, OTHER)])],
    )


def manifest(mesh: Mesh, *, image: str, client: str) -> dict[str, object]:
    """The mesh's documents but for the mesh-wide one, each pod with a container that can call."""
    items = [encode(document) for document in documents(mesh) if document.metadata.namespace != "istio-system"]
    for deployment in (item for item in items if item["kind"] == "Deployment"):
        containers: list[dict[str, Any]] = deployment["spec"]["template"]["spec"]["containers"]
        containers[0]["image"] = image
        security = containers[0]["securityContext"]
        containers.append(
            {"name": CLIENT, "image": client, "command": ["sleep", "infinity"], "securityContext": security}
        )
    return {"apiVersion": "v1", "kind": "List", "items": items}


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
