"""Where requests enter: one Gateway for each that a routed host belongs to."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.gateway import Gateway, Port, Server
from components.manifests.names import INGRESS_LABELS, INGRESS_NAMESPACE
from components.model import Gateway as DeclaredGateway


def gateway(declared: DeclaredGateway) -> Resource[Gateway]:
    # Beside the pods it selects: a Gateway elsewhere selects them only while istiod is not told to scope gateways.
    server = Server(port=Port(number=declared.port, name="http", protocol="HTTP"), hosts=tuple(declared.hosts))
    return Resource(
        metadata=ObjectMeta(name=declared.name, namespace=INGRESS_NAMESPACE),
        spec=Gateway(selector=dict(INGRESS_LABELS), servers=(server,)),
    )
