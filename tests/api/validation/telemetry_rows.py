"""What breaks the rules of Telemetry."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import Row

__all__ = ["TELEMETRY_ROWS", "TELEMETRY_SPECS"]

SPEC: dict[str, Any] = {
    "selector": {"matchLabels": {"app": "cart"}},
    "metrics": [
        {
            "providers": [{"name": "prometheus"}],
            "overrides": [
                {
                    "match": {"customMetric": "orders"},
                    "tagOverrides": {"host": {"value": "request.host"}, "port": {"operation": "REMOVE"}},
                }
            ],
        }
    ],
    "tracing": [
        {
            "providers": [{"name": "zipkin"}],
            "randomSamplingPercentage": 100,
            "customTags": {
                "stage": {"literal": {"value": "test"}},
                "user": {"header": {"name": "x-user"}},
                "node": {"environment": {"name": "NODE"}},
            },
        }
    ],
    "accessLogging": [{"providers": [{"name": "envoy"}], "filter": {"expression": "response.code >= 500"}}],
}
OVERRIDE = "metrics.0.overrides.0"
TAGS = "metrics[0].overrides[0].tagOverrides"
CUSTOM = "tracing[0].customTags"
TELEMETRY_SPECS = {"all three": SPEC, "nothing": {}}
TELEMETRY_ROWS = (
    Row("V8002", "metrics to nobody", SPEC, {"metrics.0.providers": [{"name": ""}]}, "metrics[0].providers[0].name"),
    Row("V8004", "a metric's tag", SPEC, {f"{OVERRIDE}.tagOverrides": {"": {"value": "a"}}}, TAGS, Severity.WARNING),
    Row("V8006", "a tag without value", SPEC, {f"{OVERRIDE}.tagOverrides.host": {}}, f"{TAGS}.host.value"),
    Row("V8007", "a value to remove", SPEC, {f"{OVERRIDE}.tagOverrides.port.value": "a"}, f"{TAGS}.port.value"),
    Row(
        "V8008",
        "a metric without name",
        SPEC,
        {f"{OVERRIDE}.match.customMetric": ""},
        "metrics[0].overrides[0].match.customMetric",
    ),
    Row("V8009", "tracing twice", {"tracing": [{}]}, {"tracing": [{}, {}]}, "tracing", Severity.WARNING),
    Row(
        "V8010",
        "traces to two",
        SPEC,
        {"tracing.0.providers": [{"name": "a"}, {"name": "b"}]},
        "tracing[0].providers",
        Severity.WARNING,
    ),
    Row("V8011", "traces to nobody", SPEC, {"tracing.0.providers": [{"name": ""}]}, "tracing[0].providers[0].name"),
    Row(
        "V8012",
        "more than all",
        SPEC,
        {"tracing.0.randomSamplingPercentage": 100.5},
        "tracing[0].randomSamplingPercentage",
    ),
    Row("V8013", "a trace's tag", SPEC, {"tracing.0.customTags": {"": {"literal": {"value": "a"}}}}, CUSTOM),
    Row("V8015", "no literal", SPEC, {"tracing.0.customTags.stage.literal.value": ""}, f"{CUSTOM}.stage.literal.value"),
    Row("V8016", "no header", SPEC, {"tracing.0.customTags.user.header.name": ""}, f"{CUSTOM}.user.header.name"),
    Row(
        "V8017",
        "no variable",
        SPEC,
        {"tracing.0.customTags.node.environment.name": ""},
        f"{CUSTOM}.node.environment.name",
    ),
    Row(
        "V8018",
        "half a condition",
        SPEC,
        {"accessLogging.0.filter.expression": "response.code >="},
        "accessLogging[0].filter.expression",
    ),
    Row(
        "V8019",
        "logs to nobody",
        SPEC,
        {"accessLogging.0.providers": [{"name": ""}]},
        "accessLogging[0].providers[0].name",
    ),
)
