"""Service: a name and a port in front of pods. The resource of kind Service has a ServiceSpec."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from components.api.message import KubernetesMessage

__all__ = ["ServicePort", "ServiceSpec"]


class ServicePort(KubernetesMessage, frozen=True, kw_only=True):
    """A port that the service listens on. Istio tells the protocol by app_protocol, else by the start of the
    name.
    """

    name: str | None = None
    """Such as http or grpc-api; needed when there are several ports."""
    port: int | None = None
    target_port: int | str | None = None
    """Port of the pods, by number or by the name of a container's port; the same as port when not set."""
    protocol: str | None = None
    """TCP (when not set), UDP or SCTP."""
    app_protocol: str | None = None
    """http, http2, grpc, https, tls, tcp, mongo and so on."""
    node_port: int | None = None


class ServiceSpec(KubernetesMessage, frozen=True, kw_only=True):
    """Which pods, by label, and which ports."""

    selector: Mapping[str, str] = {}
    ports: tuple[ServicePort, ...] = ()
    type: str | None = None
    """ClusterIP (when not set), NodePort, LoadBalancer or ExternalName."""
    cluster_ip: str | None = msgspec.field(name="clusterIP", default=None)
    """None as text ("None") makes the service headless."""
    external_name: str | None = None
    external_ips: tuple[str, ...] = msgspec.field(name="externalIPs", default=())
    session_affinity: str | None = None
    publish_not_ready_addresses: bool | None = None
    internal_traffic_policy: str | None = None
    external_traffic_policy: str | None = None
    load_balancer_class: str | None = None
