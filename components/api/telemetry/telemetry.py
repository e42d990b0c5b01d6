# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's telemetry/v1alpha1/telemetry.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.duration import DurationValue
from components.api.message import Message
from components.api.type.selector import PolicyTargetReference, WorkloadSelector

__all__ = [
    "AccessLogging",
    "MetricSelector",
    "Metrics",
    "MetricsOverrides",
    "ProviderRef",
    "Telemetry",
    "Tracing",
    "WorkloadMode",
]


class WorkloadMode(Enum):
    """Workload mode."""

    CLIENT_AND_SERVER = "CLIENT_AND_SERVER"
    CLIENT = "CLIENT"
    SERVER = "SERVER"


class Telemetry(Message, frozen=True, kw_only=True):
    """What the proxies of some workloads log, count and trace."""

    selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; in the root namespace, all of the mesh."""
    target_ref: PolicyTargetReference | None = None
    """Target ref: PolicyTargetReference."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    tracing: tuple[Tracing, ...] = ()
    """Traces: share, provider, tags."""
    metrics: tuple[Metrics, ...] = ()
    """Metrics: which, with what tags."""
    access_logging: tuple[AccessLogging, ...] = ()
    """Access logs: where to, and which requests."""


class Tracing(Message, frozen=True, kw_only=True):
    """Which requests are traced and what is told of them."""

    class TracingSelector(Message, frozen=True, kw_only=True):
        """Tracing selector of Tracing."""

        mode: WorkloadMode | None = None
        """Mode: WorkloadMode."""

    class CustomTag(Message, frozen=True, kw_only=True):
        """Custom tag of Tracing."""

        literal: Tracing.Literal | None = None
        """Literal: Literal. Set one at most of literal, environment, header, formatter."""
        environment: Tracing.Environment | None = None
        """Environment: Environment. Set one at most of literal, environment, header, formatter."""
        header: Tracing.RequestHeader | None = None
        """Header: RequestHeader. Set one at most of literal, environment, header, formatter."""
        formatter: Tracing.Formatter | None = None
        """Formatter: Formatter. Set one at most of literal, environment, header, formatter."""

    class Literal(Message, frozen=True, kw_only=True):
        """Literal of Tracing."""

        value: str | None = None
        """Value: text. Required. At least 1 characters."""

    class Environment(Message, frozen=True, kw_only=True):
        """Environment of Tracing."""

        name: str | None = None
        """Name: text. Required. At least 1 characters."""
        default_value: str | None = None
        """Default value: text."""

    class RequestHeader(Message, frozen=True, kw_only=True):
        """Request header of Tracing."""

        name: str | None = None
        """Name: text. Required. At least 1 characters."""
        default_value: str | None = None
        """Default value: text."""

    class Formatter(Message, frozen=True, kw_only=True):
        """Formatter of Tracing."""

        value: str | None = None
        """Value: text. Required. At least 1 characters."""

    match: Tracing.TracingSelector | None = None
    """Match: TracingSelector."""
    providers: tuple[ProviderRef, ...] = ()
    """Where traces go; one only, defined in the mesh's configuration."""
    random_sampling_percentage: float | None = None
    """Share of requests that starts a trace, in percent, 0 to 100; steps of 0.01. Not set: the mesh's.
    0 to 100.
    """
    disable_span_reporting: bool | None = None
    """Whether nothing is reported; headers are still passed on."""
    custom_tags: Mapping[str, Tracing.CustomTag] = {}
    """Tags by name, besides the usual ones."""
    use_request_id_for_trace_sampling: bool | None = None
    """Use request id for trace sampling: true or false."""
    enable_istio_tags: bool | None = None
    """Enable istio tags: true or false."""
    disable_context_propagation: bool | None = None
    """Disable context propagation: true or false."""


class ProviderRef(Message, frozen=True, kw_only=True):
    """Provider ref."""

    name: str | None = None
    """Name: text. Required. At least 1 characters."""


class Metrics(Message, frozen=True, kw_only=True):
    """Metrics."""

    providers: tuple[ProviderRef, ...] = ()
    """Providers: list of ProviderRef."""
    overrides: tuple[MetricsOverrides, ...] = ()
    """Overrides: list of MetricsOverrides."""
    reporting_interval: DurationValue | None = None
    """Reporting interval: a length of time. At least 1 ms."""


class MetricSelector(Message, frozen=True, kw_only=True):
    """Metric selector."""

    class IstioMetric(Enum):
        """Istio metric of MetricSelector."""

        ALL_METRICS = "ALL_METRICS"
        REQUEST_COUNT = "REQUEST_COUNT"
        REQUEST_DURATION = "REQUEST_DURATION"
        REQUEST_SIZE = "REQUEST_SIZE"
        RESPONSE_SIZE = "RESPONSE_SIZE"
        TCP_OPENED_CONNECTIONS = "TCP_OPENED_CONNECTIONS"
        TCP_CLOSED_CONNECTIONS = "TCP_CLOSED_CONNECTIONS"
        TCP_SENT_BYTES = "TCP_SENT_BYTES"
        TCP_RECEIVED_BYTES = "TCP_RECEIVED_BYTES"
        GRPC_REQUEST_MESSAGES = "GRPC_REQUEST_MESSAGES"
        GRPC_RESPONSE_MESSAGES = "GRPC_RESPONSE_MESSAGES"

    metric: MetricSelector.IstioMetric | None = None
    """Metric: IstioMetric. Set one at most of metric, customMetric."""
    custom_metric: str | None = None
    """Custom metric: text. At least 1 characters. Set one at most of metric, customMetric."""
    mode: WorkloadMode | None = None
    """Mode: WorkloadMode."""


class MetricsOverrides(Message, frozen=True, kw_only=True):
    """Changes to some metrics."""

    class TagOverride(Message, frozen=True, kw_only=True):
        """Tag override of MetricsOverrides."""

        class Operation(Enum):
            """Operation of TagOverride."""

            UPSERT = "UPSERT"
            REMOVE = "REMOVE"

        operation: MetricsOverrides.TagOverride.Operation | None = None
        """Operation: Operation."""
        value: str | None = None
        """Value: text."""

    match: MetricSelector | None = None
    """Metrics that they are for. Not set: all, for client and server."""
    disabled: bool | None = None
    """Whether they are not counted at all."""
    tag_overrides: Mapping[str, MetricsOverrides.TagOverride] = {}
    """Tags to set or remove, by name."""


class AccessLogging(Message, frozen=True, kw_only=True):
    """Which requests are logged and where."""

    class LogSelector(Message, frozen=True, kw_only=True):
        """Log selector of AccessLogging."""

        mode: WorkloadMode | None = None
        """Mode: WorkloadMode."""

    class Filter(Message, frozen=True, kw_only=True):
        """Filter of AccessLogging."""

        expression: str | None = None
        """A condition in CEL, such as response.code >= 500."""

    match: AccessLogging.LogSelector | None = None
    """Match: LogSelector."""
    providers: tuple[ProviderRef, ...] = ()
    """Where logs go, defined in the mesh's configuration."""
    disabled: bool | None = None
    """Whether nothing is logged to these providers."""
    filter: AccessLogging.Filter | None = None
    """Which requests are logged. Not set: all."""
