"""What istiod's webhook asks of a Telemetry.

May live here: the rules of that kind. May not live here: whether a provider is one of the mesh's, which no document
tells. V8003, V8005 and V8014 are not used: an entry that is null is an empty one here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from components.api.resource import Resource
from components.api.telemetry.telemetry import Metrics, MetricsOverrides, ProviderRef, Telemetry, Tracing
from components.api.validation.cel_syntax import syntax_error
from components.api.validation.selectors import check_selector, check_target_refs
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check"]

CODES = {
    "V8002": "a provider of metrics has no name",
    "V8004": "a tag of a metric has no name",
    "V8006": "a tag of a metric is to be set and has no value",
    "V8007": "a tag of a metric is to be removed and has a value",
    "V8008": "the name of a metric of one's own is empty",
    "V8009": "there is more than one entry of tracing",
    "V8010": "traces are sent to more than one provider",
    "V8011": "a provider of tracing has no name",
    "V8012": "randomSamplingPercentage is no percentage",
    "V8013": "a tag of a trace has no name",
    "V8015": "a tag of a trace has an empty literal",
    "V8016": "a tag of a trace is taken from a header without a name",
    "V8017": "a tag of a trace is taken from an environment variable without a name",
    "V8018": "the filter of access logs is no expression of CEL",
    "V8019": "a provider of access logs has no name",
}

Operation = MetricsOverrides.TagOverride.Operation


def check(resource: Resource[object], report: Report) -> None:
    """A Telemetry."""
    spec = cast("Telemetry", resource.spec)
    check_target_refs(spec, "spec", report)
    check_selector(spec.selector, "spec.selector", report)
    for index, metrics in enumerate(spec.metrics):
        _check_metrics(metrics, f"spec.metrics[{index}]", report)
    if len(spec.tracing) > 1:
        message = f"{len(spec.tracing)} entries"
        report.warn("V8009", "spec.tracing", message, "Give one; more than one is not supported yet.")
    for index, tracing in enumerate(spec.tracing):
        _check_tracing(tracing, f"spec.tracing[{index}]", report)
    for index, logging in enumerate(spec.access_logging):
        path = f"spec.accessLogging[{index}]"
        if logging.filter is not None:
            _check_filter(logging.filter.expression or "", f"{path}.filter.expression", report)
        _check_providers("V8019", logging.providers, path, report)


def _check_metrics(metrics: Metrics, path: str, report: Report) -> None:
    _check_providers("V8002", metrics.providers, path, report)
    for index, override in enumerate(metrics.overrides):
        inner = f"{path}.overrides[{index}]"
        for name, tag in override.tag_overrides.items():
            _check_tag_override(name, tag, f"{inner}.tagOverrides", report)
        if override.match is not None and override.match.custom_metric == "":
            report.refuse("V8008", f"{inner}.match.customMetric", "an empty name", "Give the name of a metric.")


def _check_tag_override(name: str, tag: MetricsOverrides.TagOverride, path: str, report: Report) -> None:
    if not name:
        report.warn("V8004", path, "a tag without a name", "Give its name.")
    inner = entry_path(path, name)
    if tag.operation is Operation.REMOVE:
        if tag.value:
            message = f"the tag {name!r} is to be removed and has the value {tag.value!r}"
            report.refuse("V8007", f"{inner}.value", message, "Leave the value out, or let the operation be UPSERT.")
    elif not tag.value:
        # UPSERT is what is meant without an operation.
        message = f"the tag {name!r} has no value"
        report.refuse("V8006", f"{inner}.value", message, "Give an expression in CEL, such as request.host.")


def _check_tracing(tracing: Tracing, path: str, report: Report) -> None:
    if len(tracing.providers) > 1:
        message = f"{len(tracing.providers)} providers"
        report.warn("V8010", f"{path}.providers", message, "Give one; more than one is not supported yet.")
    _check_providers("V8011", tracing.providers, path, report)
    share = tracing.random_sampling_percentage
    if share is not None and not 0 <= share <= 100:
        report.refuse("V8012", f"{path}.randomSamplingPercentage", f"{share} is no percentage", "Give 0 to 100.")
    _check_custom_tags(tracing.custom_tags, f"{path}.customTags", report)


def _check_custom_tags(tags: Mapping[str, Tracing.CustomTag], path: str, report: Report) -> None:
    for name, tag in tags.items():
        if not name:
            report.refuse("V8013", path, "a tag without a name", "Give its name.")
        inner = entry_path(path, name)
        if tag.literal is not None and not tag.literal.value:
            report.refuse("V8015", f"{inner}.literal.value", f"the tag {name!r} has no value", "Give the value.")
        if tag.header is not None and not tag.header.name:
            message = f"the tag {name!r} names no header"
            report.refuse("V8016", f"{inner}.header.name", message, "Give the name of the header.")
        if tag.environment is not None and not tag.environment.name:
            message = f"the tag {name!r} names no variable"
            report.refuse("V8017", f"{inner}.environment.name", message, "Give the name of the variable.")


def _check_filter(expression: str, path: str, report: Report) -> None:
    wrong = syntax_error(expression)
    if wrong is not None:
        message = f"{expression!r} is no expression of CEL: {wrong}"
        report.refuse("V8018", path, message, "Give a condition, such as response.code >= 500.")


def _check_providers(code: str, providers: Sequence[ProviderRef], path: str, report: Report) -> None:
    for index, provider in enumerate(providers):
        if not provider.name:
            remedy = "Give the name of a provider of the mesh's configuration."
            report.refuse(code, f"{path}.providers[{index}].name", "no name", remedy)
