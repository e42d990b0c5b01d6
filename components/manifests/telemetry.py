"""What proxies log, trace and count: one Telemetry a place."""

from __future__ import annotations

from components.api import Resource
from components.api.telemetry.telemetry import (
    AccessLogging,
    Metrics,
    MetricSelector,
    MetricsOverrides,
    ProviderRef,
    Telemetry,
    WorkloadMode,
)
from components.api.telemetry.telemetry import Tracing as TracingSettings
from components.manifests.places import default_name, metadata_of, selector_of
from components.model import AccessLog, EnvironmentTag, HeaderTag, NoAccessLog, NoMetric, NoTracing, Side, Tracing
from components.model import Telemetry as DeclaredTelemetry
from components.model.metrics import MetricChange
from components.model.telemetry import SpanTag

TagOverride = MetricsOverrides.TagOverride


def telemetry(declared: DeclaredTelemetry) -> Resource[Telemetry]:
    metrics = Metrics(
        providers=(ProviderRef(name=declared.metrics_provider.name),),
        overrides=tuple(_override(change) for change in declared.metrics),
    )
    return Resource(
        metadata=metadata_of(declared.of, default_name(declared.of)),
        spec=Telemetry(
            selector=selector_of(declared.of),
            tracing=(_tracing(declared.tracing),) if declared.tracing else (),
            metrics=(metrics,) if declared.metrics else (),
            access_logging=(AccessLogging(disabled=True),)
            if isinstance(declared.access_logs, NoAccessLog)
            else tuple(_access_log(log) for log in declared.access_logs),
        ),
    )


def _access_log(log: AccessLog) -> AccessLogging:
    return AccessLogging(
        providers=(ProviderRef(name=log.provider.name),),
        match=AccessLogging.LogSelector(mode=WorkloadMode[log.side.value]) if log.side else None,
        filter=AccessLogging.Filter(expression=log.filter) if log.filter else None,
    )


def _tracing(tracing: Tracing | NoTracing) -> TracingSettings:
    if isinstance(tracing, NoTracing):
        return TracingSettings(disable_span_reporting=True)
    return TracingSettings(
        providers=(ProviderRef(name=tracing.provider.name),) if tracing.provider else (),
        random_sampling_percentage=tracing.sampling.value if tracing.sampling else None,
        custom_tags={tag.name: _tag(tag) for tag in tracing.tags},
    )


def _tag(tag: SpanTag) -> TracingSettings.CustomTag:
    if isinstance(tag, HeaderTag):
        header = TracingSettings.RequestHeader(name=tag.header, default_value=tag.default)
        return TracingSettings.CustomTag(header=header)
    if isinstance(tag, EnvironmentTag):
        variable = TracingSettings.Environment(name=tag.variable, default_value=tag.default)
        return TracingSettings.CustomTag(environment=variable)
    return TracingSettings.CustomTag(literal=TracingSettings.Literal(value=tag.value))


def _override(change: MetricChange) -> MetricsOverrides:
    if isinstance(change, NoMetric):
        return MetricsOverrides(match=_selector(change), disabled=True)
    removed = {name: TagOverride(operation=TagOverride.Operation.REMOVE) for name in change.remove}
    upserted = {
        name: TagOverride(operation=TagOverride.Operation.UPSERT, value=value) for name, value in change.upsert.items()
    }
    return MetricsOverrides(match=_selector(change), tag_overrides={**removed, **upserted})


def _selector(change: MetricChange) -> MetricSelector:
    return MetricSelector(
        metric=MetricSelector.IstioMetric[change.metric.value], mode=_mode(change.side) if change.side else None
    )


def _mode(side: Side) -> WorkloadMode:
    return WorkloadMode[side.value]
