# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/workload_group.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping

from components.api.message import Message
from components.api.networking.workload_entry import WorkloadEntry

__all__ = [
    "ExecHealthCheckConfig",
    "GrpcHealthCheckConfig",
    "HTTPHeader",
    "HTTPHealthCheckConfig",
    "ReadinessProbe",
    "TCPHealthCheckConfig",
    "WorkloadGroup",
]


class WorkloadGroup(Message, frozen=True, kw_only=True):
    """Workload group."""

    class ObjectMeta(Message, frozen=True, kw_only=True):
        """Object meta of WorkloadGroup."""

        labels: Mapping[str, str] = {}
        """Labels: text by name. At most 256 entries."""
        annotations: Mapping[str, str] = {}
        """Annotations: text by name. At most 256 entries."""

    metadata: WorkloadGroup.ObjectMeta | None = None
    """Metadata: ObjectMeta."""
    template: WorkloadEntry | None = None
    """Template: WorkloadEntry. Required."""
    probe: ReadinessProbe | None = None
    """Probe: ReadinessProbe."""


class ReadinessProbe(Message, frozen=True, kw_only=True):
    """Readiness probe."""

    initial_delay_seconds: int | None = None
    """Initial delay seconds: a whole number. At least 0."""
    timeout_seconds: int | None = None
    """Timeout seconds: a whole number. At least 0."""
    period_seconds: int | None = None
    """Period seconds: a whole number. At least 0."""
    success_threshold: int | None = None
    """Success threshold: a whole number. At least 0."""
    failure_threshold: int | None = None
    """Failure threshold: a whole number. At least 0."""
    http_get: HTTPHealthCheckConfig | None = None
    """HTTP get: HTTPHealthCheckConfig. Set one at most of httpGet, tcpSocket, exec, grpc."""
    tcp_socket: TCPHealthCheckConfig | None = None
    """TCP socket: TCPHealthCheckConfig. Set one at most of httpGet, tcpSocket, exec, grpc."""
    exec: ExecHealthCheckConfig | None = None
    """Exec: ExecHealthCheckConfig. Set one at most of httpGet, tcpSocket, exec, grpc."""
    grpc: GrpcHealthCheckConfig | None = None
    """GRPC: GrpcHealthCheckConfig. Set one at most of httpGet, tcpSocket, exec, grpc."""


class HTTPHealthCheckConfig(Message, frozen=True, kw_only=True):
    """HTTP health check config."""

    path: str | None = None
    """Path: text."""
    port: int | None = None
    """Port: a whole number. Required. 1 to 65535."""
    host: str | None = None
    """Host: text."""
    scheme: str | None = None
    """Scheme: text."""
    http_headers: tuple[HTTPHeader, ...] = ()
    """HTTP headers: list of HTTPHeader."""


class GrpcHealthCheckConfig(Message, frozen=True, kw_only=True):
    """GRPC health check config."""

    port: int | None = None
    """Port: a whole number. 1 to 65535."""
    service: str | None = None
    """Service: text."""


class HTTPHeader(Message, frozen=True, kw_only=True):
    """HTTP header."""

    name: str | None = None
    """Name: text."""
    value: str | None = None
    """Value: text."""


class TCPHealthCheckConfig(Message, frozen=True, kw_only=True):
    """TCP health check config."""

    host: str | None = None
    """Host: text."""
    port: int | None = None
    """Port: a whole number. Required. 1 to 65535."""


class ExecHealthCheckConfig(Message, frozen=True, kw_only=True):
    """Exec health check config."""

    command: tuple[str, ...] = ()
    """Command: list of text. Required."""
