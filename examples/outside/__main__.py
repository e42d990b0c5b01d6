"""A checkout that calls a partner in plain HTTP and a bank by TLS, and that nobody else may know of."""

import pulumi

from components.model import AccessLog, Dependency, Export, ExternalPort, ExternalService, OutboundTraffic, Telemetry
from components.model import CircuitBreaker, ConnectionPool, Mesh, MutualTLS, MutualTLSRule, Namespace, PortPolicy, Side
from components.model import TLSOrigination, TrafficPolicy, Workload, seconds
from components.resources import MeshResources, MeshResourcesArgs, export_mesh

config = pulumi.Config()
image = config.require("image")

desk, back = Namespace("desk"), Namespace("back-office")
checkout = Workload("checkout", namespace=desk.name, port=8000)
ledger = Workload("ledger", namespace=back.name, port=8000)
report = Workload("report", namespace=back.name, port=8000)


def endpoints(name: str) -> list[str]:
    place = config.get(name)
    return [place] if place else []


partner = ExternalService(
    "partner", namespace=desk.name, hosts=["partner.test"], ports=[ExternalPort(80)], endpoints=endpoints("partner")
)
bank = ExternalService(
    "bank",
    namespace=desk.name,
    hosts=["bank.test"],
    # Programs speak plain HTTP to port 80; the proxy makes TLS of it, for port 443.
    ports=[ExternalPort(80, target=443)],
    endpoints=endpoints("bank"),
)
by_tls = TLSOrigination(sni="bank.test", ca_certificates=config.get("authorities") or None)
patience = CircuitBreaker(connection_pool=ConnectionPool(connect_timeout=seconds(2), max_connections=20))

mesh = Mesh(
    versions=[workload.version("v1") for workload in (checkout, ledger, report)],
    external_services=[partner, bank],
    policies=[
        TrafficPolicy(partner, circuit_breaker=patience),
        TrafficPolicy(bank, circuit_breaker=patience, ports=[PortPolicy(80, tls=by_tls)]),
    ],
    dependencies=[
        Dependency(checkout, on=[partner, bank, ledger], outbound=OutboundTraffic.REGISTRY_ONLY),
        Dependency(report, on=[ledger], outbound=OutboundTraffic.REGISTRY_ONLY),
    ],
    exports=[Export(ledger, to=[desk]), Export(checkout)],
    telemetry=[Telemetry(checkout, access_logs=[AccessLog(filter="response.code >= 400", side=Side.CLIENT)])],
    mutual_tls=MutualTLS.UNSET,
    mutual_tls_rules=[MutualTLSRule(namespace, MutualTLS.STRICT) for namespace in (desk, back)],
)

MeshResources("outside", MeshResourcesArgs(mesh=mesh, images=dict.fromkeys(mesh.workloads, image)))
export_mesh(mesh, image=image, load_client_image=config.get("clientImage") or "")
