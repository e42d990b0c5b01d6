"""A mesh with one of each thing that security, telemetry and scope can declare, for tests of every layer."""

from __future__ import annotations

import json

from components.model import (
    Access,
    AccessLog,
    Action,
    Callers,
    Claim,
    ClaimHeader,
    Custom,
    DenyByDefault,
    Dependency,
    EnvironmentTag,
    Export,
    Gateway,
    HeaderTag,
    Issuer,
    LiteralTag,
    Mesh,
    Metric,
    MetricTags,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    NoAccessLog,
    NoMetric,
    NoTracing,
    OutboundTraffic,
    Path,
    PathPrefix,
    PathTemplate,
    Percent,
    Provider,
    RequestAuthentication,
    Requests,
    RequireJWT,
    Route,
    ServiceAccount,
    Side,
    Telemetry,
    TokenHeader,
    Tracing,
    VirtualService,
    WholeMesh,
    Workload,
)

PUBLIC_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "kid": "one",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}
"""The example key of RFC 7517, appendix A.1, public part."""

JWKS = json.dumps({"keys": [PUBLIC_KEY]})


def guarded_mesh() -> Mesh:
    """Three workloads in three namespaces behind a gateway, and who may do what."""
    shop = Workload("shop", namespace="shop", port=8000)
    stock = Workload("stock", namespace="stock", port=8000)
    front = Workload("front", namespace="front", port=8000, service_port=8080)
    versions = [workload.version("one") for workload in (shop, stock, front)]
    public = Gateway("public", hosts=["a.mesh.test"])
    tokens = RequestAuthentication(
        "tokens",
        of=shop,
        issuers=[
            Issuer(
                "https://login.test",
                jwks=JWKS,
                audiences=["shop"],
                from_headers=[TokenHeader("x-token", prefix="Token ")],
                from_params=["token"],
                from_cookies=["session"],
                forward=True,
                payload_to_header="x-claims",
                claims_to_headers=[ClaimHeader("x-user", claim="sub")],
            ),
            Issuer("partner", jwks_uri="https://partner.test/keys"),
        ],
    )
    backup = ServiceAccount("backup", namespace="jobs")
    return Mesh(
        versions=versions,
        virtual_services=[
            VirtualService(public.host("a.mesh.test"), [Route("front", to=front)]),
            VirtualService(shop, [Route("stock", when=PathPrefix("/stock"), to=stock), Route("shop", to=shop)]),
        ],
        mutual_tls_rules=[
            MutualTLSRule(Namespace("front"), MutualTLS.DISABLE),
            MutualTLSRule(front, MutualTLS.STRICT, ports={9090: MutualTLS.PERMISSIVE}),
        ],
        authentications=[tokens],
        access=[
            DenyByDefault(Namespace("shop")),
            Access(
                "front-reads",
                of=shop,
                callers=Callers(identities=[front.identity, backup.identity], namespaces=[Namespace("front")]),
                requests=Requests(methods=["GET"], paths=[Path("/"), PathPrefix("/items"), PathTemplate("/u/{*}")]),
                except_requests=Requests(paths=[Path("/items/hidden")]),
                claims=[Claim(["realm", "roles"], values=["buyer", "admin"])],
            ),
            Access("gateway-enters", of=front, callers=Callers(identities=[public.identity])),
            Access("no-jobs", of=stock, action=Action.DENY, except_callers=Callers(namespaces=[Namespace("shop")])),
            Access("who-writes", of=stock, action=Action.AUDIT, requests=Requests(methods=["POST", "PUT"])),
            Access(
                "ask",
                of=public,
                action=Custom(Provider("judge")),
                callers=Callers(source_ips=["10.0.0.0/8"], client_ips=["fd00::1"]),
                requests=Requests(paths=[PathPrefix("/admin")], ports=[80]),
            ),
            Access("own-host", of=public),
            RequireJWT("token-needed", by=tokens, except_requests=Requests(paths=[Path("/healthz")])),
        ],
        telemetry=[
            Telemetry(
                WholeMesh(),
                access_logs=[AccessLog(filter="response.code >= 500", side=Side.SERVER)],
                tracing=Tracing(
                    sampling=Percent(12.5),
                    provider=Provider("collector"),
                    tags=[
                        LiteralTag("stage", "test"),
                        HeaderTag("tester", "x-tester", default="no"),
                        EnvironmentTag("pod", "POD_NAME"),
                    ],
                ),
                metrics=[
                    MetricTags(remove=["request_protocol"]),
                    MetricTags(Metric.REQUEST_COUNT, upsert={"path": "request.url_path"}, side=Side.SERVER),
                    NoMetric(Metric.REQUEST_SIZE, side=Side.CLIENT),
                ],
            ),
            Telemetry(Namespace("stock"), access_logs=NoAccessLog()),
            Telemetry(shop, tracing=NoTracing()),
        ],
        dependencies=[
            Dependency(front, on=[shop], outbound=OutboundTraffic.REGISTRY_ONLY),
            Dependency(shop, on=[Namespace("stock")]),
            Dependency(stock, on=[]),
        ],
        exports=[Export(shop, to=[Namespace("front")]), Export(front)],
    )
