"""Pods: containers, what they may do and how it is known that they are well. The resource of kind Pod has a
PodSpec.
"""

from __future__ import annotations

from collections.abc import Mapping

from components.api.json import JSON
from components.api.kubernetes.core import LocalObjectReference
from components.api.message import KubernetesMessage

__all__ = [
    "Capabilities",
    "Container",
    "ContainerPort",
    "EnvVar",
    "ExecAction",
    "GRPCAction",
    "HTTPGetAction",
    "Lifecycle",
    "LifecycleHandler",
    "PodSecurityContext",
    "PodSpec",
    "Probe",
    "ResourceRequirements",
    "SeccompProfile",
    "SecurityContext",
    "SleepAction",
    "TCPSocketAction",
    "Volume",
    "VolumeMount",
]


class EnvVar(KubernetesMessage, frozen=True, kw_only=True):
    """An environment variable: a value, or where to take it from."""

    name: str | None = None
    value: str | None = None
    value_from: Mapping[str, JSON] | None = None
    """Such as {"fieldRef": {"fieldPath": "metadata.name"}}."""


class ContainerPort(KubernetesMessage, frozen=True, kw_only=True):
    """A port that the container listens on."""

    name: str | None = None
    container_port: int | None = None
    protocol: str | None = None
    """TCP (when not set), UDP or SCTP."""


class HTTPGetAction(KubernetesMessage, frozen=True, kw_only=True):
    """Asked with GET; a status from 200 to 399 is success."""

    path: str | None = None
    port: int | str | None = None
    host: str | None = None
    scheme: str | None = None


class TCPSocketAction(KubernetesMessage, frozen=True, kw_only=True):
    """Connected to; an open connection is success."""

    port: int | str | None = None
    host: str | None = None


class GRPCAction(KubernetesMessage, frozen=True, kw_only=True):
    """Asked with gRPC's health protocol."""

    port: int | None = None
    service: str | None = None


class ExecAction(KubernetesMessage, frozen=True, kw_only=True):
    """Run inside the container; exit code 0 is success."""

    command: tuple[str, ...] = ()


class SleepAction(KubernetesMessage, frozen=True, kw_only=True):
    """Waits, in seconds."""

    seconds: int | None = None


class Probe(KubernetesMessage, frozen=True, kw_only=True):
    """How a container is asked whether it is well; set one of http_get, tcp_socket, grpc, exec_."""

    http_get: HTTPGetAction | None = None
    tcp_socket: TCPSocketAction | None = None
    grpc: GRPCAction | None = None
    exec_: ExecAction | None = None
    initial_delay_seconds: int | None = None
    period_seconds: int | None = None
    """10 when not set."""
    timeout_seconds: int | None = None
    """1 when not set."""
    success_threshold: int | None = None
    failure_threshold: int | None = None
    """3 when not set."""


class LifecycleHandler(KubernetesMessage, frozen=True, kw_only=True):
    """Done at the start or the end of a container; set one."""

    http_get: HTTPGetAction | None = None
    exec_: ExecAction | None = None
    sleep: SleepAction | None = None


class Lifecycle(KubernetesMessage, frozen=True, kw_only=True):
    """What is done just after a container starts and just before it ends."""

    post_start: LifecycleHandler | None = None
    pre_stop: LifecycleHandler | None = None


class ResourceRequirements(KubernetesMessage, frozen=True, kw_only=True):
    """What a container is promised and what it may take: cpu ("50m"), memory ("64Mi")."""

    requests: Mapping[str, str | int | float] = {}
    limits: Mapping[str, str | int | float] = {}


class Capabilities(KubernetesMessage, frozen=True, kw_only=True):
    """Linux capabilities, without CAP_; "ALL" is all of them."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class SeccompProfile(KubernetesMessage, frozen=True, kw_only=True):
    """Which system calls are allowed."""

    type: str | None = None
    """RuntimeDefault, Localhost or Unconfined."""
    localhost_profile: str | None = None


class SecurityContext(KubernetesMessage, frozen=True, kw_only=True):
    """What one container may do."""

    run_as_non_root: bool | None = None
    run_as_user: int | None = None
    run_as_group: int | None = None
    read_only_root_filesystem: bool | None = None
    allow_privilege_escalation: bool | None = None
    privileged: bool | None = None
    capabilities: Capabilities | None = None
    seccomp_profile: SeccompProfile | None = None


class PodSecurityContext(KubernetesMessage, frozen=True, kw_only=True):
    """What all containers of a pod may do."""

    run_as_non_root: bool | None = None
    run_as_user: int | None = None
    run_as_group: int | None = None
    fs_group: int | None = None
    supplemental_groups: tuple[int, ...] = ()
    seccomp_profile: SeccompProfile | None = None


class VolumeMount(KubernetesMessage, frozen=True, kw_only=True):
    """Where a container sees a volume."""

    name: str | None = None
    mount_path: str | None = None
    sub_path: str | None = None
    read_only: bool | None = None


class Volume(KubernetesMessage, frozen=True, kw_only=True):
    """Storage of a pod; set one source, in the form that Kubernetes documents."""

    name: str | None = None
    empty_dir: Mapping[str, JSON] | None = None
    config_map: Mapping[str, JSON] | None = None
    secret: Mapping[str, JSON] | None = None
    projected: Mapping[str, JSON] | None = None
    host_path: Mapping[str, JSON] | None = None
    persistent_volume_claim: Mapping[str, JSON] | None = None


class Container(KubernetesMessage, frozen=True, kw_only=True):
    """A process and its image."""

    name: str | None = None
    image: str | None = None
    image_pull_policy: str | None = None
    """Always, IfNotPresent or Never."""
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    working_dir: str | None = None
    env: tuple[EnvVar, ...] = ()
    env_from: tuple[Mapping[str, JSON], ...] = ()
    ports: tuple[ContainerPort, ...] = ()
    resources: ResourceRequirements | None = None
    liveness_probe: Probe | None = None
    readiness_probe: Probe | None = None
    startup_probe: Probe | None = None
    lifecycle: Lifecycle | None = None
    security_context: SecurityContext | None = None
    volume_mounts: tuple[VolumeMount, ...] = ()


class PodSpec(KubernetesMessage, frozen=True, kw_only=True):
    """What runs in a pod, as whom and where."""

    containers: tuple[Container, ...] = ()
    init_containers: tuple[Container, ...] = ()
    service_account_name: str | None = None
    automount_service_account_token: bool | None = None
    security_context: PodSecurityContext | None = None
    volumes: tuple[Volume, ...] = ()
    restart_policy: str | None = None
    termination_grace_period_seconds: int | None = None
    """30 when not set."""
    host_network: bool | None = None
    dns_policy: str | None = None
    node_name: str | None = None
    node_selector: Mapping[str, str] = {}
    tolerations: tuple[Mapping[str, JSON], ...] = ()
    affinity: Mapping[str, JSON] | None = None
    topology_spread_constraints: tuple[Mapping[str, JSON], ...] = ()
    image_pull_secrets: tuple[LocalObjectReference, ...] = ()
    priority_class_name: str | None = None
