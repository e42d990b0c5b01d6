"""What stands around a mesh by the charts' hands, as far as its documents lean on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.api import Document, ObjectMeta, Resource
from components.api.kubernetes.pod import PodSpec
from components.api.kubernetes.service import ServicePort, ServiceSpec
from components.manifests.istio import EGRESS_PORTS
from components.manifests.names import (
    EGRESS_LABELS,
    EGRESS_NAME,
    EGRESS_NAMESPACE,
    INGRESS_LABELS,
    INGRESS_NAME,
    INGRESS_NAMESPACE,
)

INGRESS_PORTS = (("status-port", 15021), ("http2", 80), ("https", 443))
"""Ports of the gateway chart's Service, unless values give others."""


def gateway_documents(values: Mapping[str, Mapping[str, Any]]) -> tuple[Document, ...]:
    """The Service and a pod of each of Istio's gateways; `values` are the Helm values laid over ours, by chart."""
    return (
        *_gateway(INGRESS_NAMESPACE, INGRESS_NAME, INGRESS_LABELS, _ports(values.get("gateway", {}), INGRESS_PORTS)),
        *_gateway(EGRESS_NAMESPACE, EGRESS_NAME, EGRESS_LABELS, _ports(values.get("egress", {}), EGRESS_PORTS)),
    )


def _gateway(
    namespace: str, name: str, labels: Mapping[str, str], ports: tuple[ServicePort, ...]
) -> tuple[Document, Document]:
    metadata = ObjectMeta(name=name, namespace=namespace, labels=labels)
    return (
        Resource(metadata=metadata, spec=ServiceSpec(selector=labels, ports=ports)),
        Resource(metadata=metadata, spec=PodSpec()),
    )


def _ports(values: Mapping[str, Any], otherwise: tuple[tuple[str, int], ...]) -> tuple[ServicePort, ...]:
    service = values.get("service")
    given = service.get("ports") if isinstance(service, Mapping) else None
    if not isinstance(given, list):
        return tuple(ServicePort(name=name, port=port, target_port=port, protocol="TCP") for name, port in otherwise)
    return tuple(
        ServicePort(
            name=port.get("name"),
            port=port.get("port"),
            target_port=port.get("targetPort"),
            protocol=port.get("protocol", "TCP"),
        )
        for port in given
        if isinstance(port, Mapping)
    )
