"""A shop behind HTTPS in which nobody is answered unless a rule says so."""

import pulumi

from components.model import Access, Action, Callers, Claim, ClaimHeader, DenyByDefault, Issuer, RequestAuthentication
from components.model import Gateway, GivenCertificate, HTTPSServer, Mesh, MutualTLS, MutualTLSRule, Namespace, Path
from components.model import PathPrefix, PathTemplate, RedirectToHTTPS, Requests, RequireJWT, Route, TLSVersion
from components.model import VirtualService, Workload
from components.resources import CertificatePEM, MeshResources, MeshResourcesArgs, export_mesh

config = pulumi.Config()
image = config.require("image")
pem = CertificatePEM(certificate=config.require("certificate"), private_key=config.require_secret("privateKey"))

store, warehouse, visitors = Namespace("store"), Namespace("warehouse"), Namespace("visitors")
front = Workload("front", namespace=store.name, port=8000)
orders = Workload("orders", namespace=store.name, port=8000)
stock = Workload("stock", namespace=warehouse.name, port=8000)
visitor = Workload("visitor", namespace=visitors.name, port=8000)

certificate = GivenCertificate("store-test")
public = Gateway(
    "store",
    servers=[
        RedirectToHTTPS(["store.test"]),
        HTTPSServer(["store.test"], certificate=certificate, min_version=TLSVersion.V1_2),
    ],
)

login = Issuer(
    "https://login.test",
    jwks=config.require("jwks"),
    audiences=["store"],
    claims_to_headers=[ClaimHeader("x-customer", claim="sub")],
)
tokens = RequestAuthentication("tokens", of=front, issuers=[login])
public_paths = Requests(paths=[Path("/"), PathPrefix("/public/")])

mesh = Mesh(
    versions=[workload.version("v1") for workload in (front, orders, stock, visitor)],
    virtual_services=[VirtualService(public.host("store.test"), [Route("front", to=front)])],
    mutual_tls=MutualTLS.UNSET,
    mutual_tls_rules=[MutualTLSRule(namespace, MutualTLS.STRICT) for namespace in (store, warehouse, visitors)],
    authentications=[tokens],
    access=[
        DenyByDefault(store),
        DenyByDefault(warehouse),
        Access("through-the-gateway", of=front, callers=Callers(identities=[public.identity])),
        RequireJWT("customers-only", by=tokens, except_requests=public_paths),
        Access(
            "no-guests",
            of=front,
            action=Action.DENY,
            requests=Requests(paths=[PathPrefix("/admin")]),
            claims=[Claim("role", values=["guest"])],
        ),
        Access(
            "front-orders",
            of=orders,
            callers=Callers(identities=[front.identity]),
            requests=Requests(methods=["GET", "POST"], paths=[PathTemplate("/orders/{*}")]),
        ),
        Access(
            "store-reads-stock",
            of=stock,
            callers=Callers(namespaces=[store]),
            requests=Requests(methods=["GET"]),
            except_requests=Requests(paths=[PathPrefix("/prices")]),
        ),
    ],
)

MeshResources(
    "guarded",
    MeshResourcesArgs(mesh=mesh, images=dict.fromkeys(mesh.workloads, image), certificates={certificate: pem}),
)
export_mesh(mesh, image=image, load_client_image=config.get("clientImage") or "")
