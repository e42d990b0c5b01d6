"""What is taken to be there though no document says so: Istio's default ingress gateway, as istioctl takes it."""

from __future__ import annotations

from components.analysis.declared import Declared
from components.analysis.mesh_config import ROOT_NAMESPACE
from components.analysis.workloads import Workload
from components.api import ObjectMeta, Resource
from components.api.kubernetes.pod import PodSpec
from components.api.kubernetes.service import ServicePort, ServiceSpec

__all__ = ["assumed_ingress_pod", "assumed_ingress_service"]

INGRESS = {"app": "istio-ingressgateway", "istio": "ingressgateway"}


def assumed_ingress_service() -> Declared[ServiceSpec]:
    """The Service of Istio's default ingress gateway, with the ports that its chart gives it."""
    ports = tuple(
        ServicePort(name=name, port=port, target_port=target, protocol="TCP")
        for name, port, target in (
            ("status-port", 15021, 15021),
            ("http2", 80, 8080),
            ("https", 443, 8443),
            ("tcp", 31400, 31400),
            ("tls", 15443, 15443),
        )
    )
    metadata = ObjectMeta(name="istio-ingressgateway", namespace=ROOT_NAMESPACE, labels=INGRESS)
    return Declared(Resource(metadata=metadata, spec=ServiceSpec(selector=INGRESS, ports=ports)), None)


def assumed_ingress_pod() -> Workload:
    """A pod of Istio's default ingress gateway."""
    metadata = ObjectMeta(name="istio-ingressgateway", namespace=ROOT_NAMESPACE, labels=INGRESS)
    owner: Declared[PodSpec] = Declared(Resource(metadata=metadata, spec=PodSpec()), None)
    return Workload(owner, metadata, owner.spec, "")
