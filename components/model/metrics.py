"""Changes to the metrics that proxies count: a tag less or more, or a metric that is not counted at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from components.model.cel import require_expression


class Metric(Enum):
    """Istio's standard metrics, by the names that its Telemetry has for them."""

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


class Side(Enum):
    """Which of the two proxies that a request passes: the caller's, or the one of the workload that is called."""

    CLIENT = "CLIENT"
    SERVER = "SERVER"


@dataclass(frozen=True, slots=True)
class NoMetric:
    """The metric is not counted, by one proxy or (`side` None) by both."""

    metric: Metric = Metric.ALL_METRICS
    _: KW_ONLY
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class MetricTags:
    """Tags that the metric loses (`remove`) or gets (`upsert`, each with a CEL expression for its value).

    Each value of a tag is a time series of its own in every proxy: remove what has many, and add what has few.

    Raises `ValueError` when nothing changes, for a tag that is removed and set, or for a name Prometheus does not take.
    """

    metric: Metric = Metric.ALL_METRICS
    _: KW_ONLY
    remove: Sequence[str] = ()
    upsert: Mapping[str, str] = field(default_factory=dict, hash=False)
    side: Side | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "remove", tuple(self.remove))
        object.__setattr__(self, "upsert", MappingProxyType(dict(self.upsert)))
        if not self.remove and not self.upsert:
            raise ValueError(f"the tags of {self.metric.value} do not change; give some to remove or to upsert")
        for tag in (*self.remove, *self.upsert):
            if not re.fullmatch(r"[a-zA-Z_][a-zA-Z0-9_]*", tag):
                raise ValueError(f"the tag {tag!r} is no name for Prometheus; give letters, digits and '_'")
        for tag in self.upsert:
            if tag in self.remove:
                raise ValueError(f"the tag {tag!r} of {self.metric.value} is removed and set; do one of the two")
            require_expression(f"the value of tag {tag!r}", self.upsert[tag])


MetricChange: TypeAlias = NoMetric | MetricTags
