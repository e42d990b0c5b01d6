"""What runs: namespaces, service accounts, Deployments, Services and disruption budgets."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.kubernetes.core import Namespace, ServiceAccount
from components.api.kubernetes.deployment import DeploymentSpec, LabelSelector, PodTemplateSpec
from components.api.kubernetes.disruption import PodDisruptionBudgetSpec
from components.api.kubernetes.pod import (
    Capabilities,
    Container,
    ContainerPort,
    EnvVar,
    HTTPGetAction,
    PodSecurityContext,
    PodSpec,
    Probe,
    ResourceRequirements,
    SeccompProfile,
    SecurityContext,
    TCPSocketAction,
)
from components.api.kubernetes.service import ServicePort, ServiceSpec
from components.manifests.names import deployment_name, version_labels, workload_labels
from components.model import Version, Workload

IMAGE_TO_BE_BUILT = "image-to-be-built"
"""Stands in the Deployment until the image's digest is known."""

USER = 65532
"""The image's user; any but 0 and istio-proxy's 1337, whose traffic the sidecar lets pass by."""


def namespace(name: str) -> Namespace:
    return Namespace(metadata=ObjectMeta(name=name, labels={"istio-injection": "enabled"}))


def service_account(workload: Workload) -> ServiceAccount:
    return ServiceAccount(metadata=_meta(workload, workload.name), automount_service_account_token=False)


def service(workload: Workload) -> Resource[ServiceSpec]:
    spoken = port_name(workload)
    port = ServicePort(name=spoken, app_protocol=spoken, port=workload.service_port, target_port=spoken, protocol="TCP")
    return Resource(
        metadata=_meta(workload, workload.service),
        spec=ServiceSpec(type="ClusterIP", selector=workload_labels(workload), ports=(port,)),
    )


def deployment(version: Version, image: str = IMAGE_TO_BE_BUILT) -> Resource[DeploymentSpec]:
    labels = version_labels(version)
    pod = PodSpec(
        service_account_name=version.workload.name,
        automount_service_account_token=False,
        security_context=PodSecurityContext(
            run_as_non_root=True,
            run_as_user=USER,
            run_as_group=USER,
            seccomp_profile=SeccompProfile(type="RuntimeDefault"),
        ),
        containers=(_container(version, image),),
    )
    return Resource(
        metadata=ObjectMeta(name=deployment_name(version), namespace=version.workload.namespace, labels=labels),
        spec=DeploymentSpec(
            replicas=version.replicas,
            selector=LabelSelector(match_labels=labels),
            template=PodTemplateSpec(metadata=ObjectMeta(labels=labels), spec=pod),
        ),
    )


def disruption_budget(version: Version) -> Resource[PodDisruptionBudgetSpec] | None:
    """None for a version that asked for no budget."""
    if version.min_available is None:
        return None
    return Resource(
        metadata=ObjectMeta(
            name=deployment_name(version), namespace=version.workload.namespace, labels=version_labels(version)
        ),
        spec=PodDisruptionBudgetSpec(
            min_available=version.min_available, selector=LabelSelector(match_labels=version_labels(version))
        ),
    )


def port_name(workload: Workload) -> str:
    """Istio takes a port's protocol from its name or appProtocol; without either it guesses (istio/istio issue 28993)."""
    return workload.protocol.value.lower()


def _probe(workload: Workload, *, every: int) -> Probe:
    if workload.health_path is None:
        return Probe(tcp_socket=TCPSocketAction(port=port_name(workload)), period_seconds=every)
    asked = HTTPGetAction(path=workload.health_path, port=port_name(workload))
    return Probe(http_get=asked, period_seconds=every)


def _meta(workload: Workload, name: str) -> ObjectMeta:
    return ObjectMeta(name=name, namespace=workload.namespace, labels=workload_labels(workload))


def _container(version: Version, image: str) -> Container:
    workload, resources = version.workload, version.resources
    env = {"PORT": str(workload.port), "VERSION": version.name, **version.env}
    return Container(
        name=workload.name,
        image=image,
        ports=(ContainerPort(name=port_name(workload), container_port=workload.port, protocol="TCP"),),
        env=(
            *(EnvVar(name=name, value=value) for name, value in env.items()),
            EnvVar(name="POD_NAME", value_from={"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}),
        ),
        readiness_probe=_probe(workload, every=2),
        liveness_probe=_probe(workload, every=10),
        resources=ResourceRequirements(
            requests={"cpu": resources.cpu_request, "memory": resources.memory_request},
            limits={"cpu": resources.cpu_limit, "memory": resources.memory_limit},
        ),
        security_context=SecurityContext(
            allow_privilege_escalation=False,
            read_only_root_filesystem=True,
            run_as_non_root=True,
            capabilities=Capabilities(drop=("ALL",)),
        ),
    )
