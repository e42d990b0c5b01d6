"""What proxies log, trace and count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TypeAlias

from components.model.cel import require_expression
from components.model.metrics import MetricChange, Side
from components.model.places import Place, in_words
from components.model.providers import Provider
from components.model.quantities import Percent


@dataclass(frozen=True, slots=True)
class AccessLog:
    """One line a request, of those for which `filter` (CEL) holds: `AccessLog(filter="response.code >= 500")`.

    CEL sees Envoy's attributes (request.path, response.code, response.duration, connection.mtls ...). `side` None: both
    proxies write one each. The built-in provider writes to the standard output of the container istio-proxy.

    Raises `ValueError` for a filter that is blank, or whose brackets or quotes do not close.
    """

    _: KW_ONLY
    filter: str | None = None
    provider: Provider = Provider("envoy")
    side: Side | None = None

    def __post_init__(self) -> None:
        if self.filter is not None:
            require_expression("the filter of the access log", self.filter)


@dataclass(frozen=True, slots=True)
class NoAccessLog:
    """No line, where a wider place asks for some."""


@dataclass(frozen=True, slots=True)
class LiteralTag:
    """A tag of every span with this value."""

    name: str
    value: str

    def __post_init__(self) -> None:
        _require_words("tag", self.name, self.value)


@dataclass(frozen=True, slots=True)
class HeaderTag:
    """A tag with a request header's value; `default` where there is none."""

    name: str
    header: str
    _: KW_ONLY
    default: str | None = None

    def __post_init__(self) -> None:
        _require_words("tag", self.name, self.header)


@dataclass(frozen=True, slots=True)
class EnvironmentTag:
    """A tag with the value of a variable in the proxy's environment; `default` where there is none."""

    name: str
    variable: str
    _: KW_ONLY
    default: str | None = None

    def __post_init__(self) -> None:
        _require_words("tag", self.name, self.variable)


SpanTag: TypeAlias = LiteralTag | HeaderTag | EnvironmentTag


@dataclass(frozen=True, slots=True)
class Tracing:
    """Which share of requests starts a trace, where its spans go, and what they say beside the usual.

    A request that comes with a decision (the header traceparent or x-b3-sampled) keeps it: the share counts where a
    trace begins, which is the gateway for those from outside. None leaves the mesh's (1 % by default).

    Raises `ValueError` when nothing is given, or for two tags of one name.
    """

    _: KW_ONLY
    sampling: Percent | None = None
    provider: Provider | None = None
    tags: Sequence[SpanTag] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(self.tags))
        if self.sampling is None and self.provider is None and not self.tags:
            raise ValueError("the tracing changes nothing; give it a sampling, a provider or tags, or leave it out")
        names = [tag.name for tag in self.tags]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"the tracing has two tags {name!r}; give each a name of its own")


@dataclass(frozen=True, slots=True)
class NoTracing:
    """No span is reported, where a wider place asks for some; what the request carries is still passed on."""


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What the proxies of a place log, trace and count; a narrower place's part replaces that of a wider one.

    `metrics` are changes to what the provider prometheus (`metrics_provider`) gets.

    Raises `ValueError` when it says nothing.
    """

    of: Place
    _: KW_ONLY
    access_logs: Sequence[AccessLog] | NoAccessLog = ()
    tracing: Tracing | NoTracing | None = None
    metrics: Sequence[MetricChange] = ()
    metrics_provider: Provider = Provider("prometheus")

    def __post_init__(self) -> None:
        if not isinstance(self.access_logs, NoAccessLog):
            object.__setattr__(self, "access_logs", tuple(self.access_logs))
        object.__setattr__(self, "metrics", tuple(self.metrics))
        if not self.access_logs and self.tracing is None and not self.metrics:
            raise ValueError(
                f"the telemetry of {in_words(self.of)} says nothing; give it access_logs, tracing or metrics"
            )


def _require_words(what: str, *words: str) -> None:
    for word in words:
        if not word.strip():
            raise ValueError(f"the {what} {words[0]!r} has {words[1]!r}; neither its name nor its value may be blank")
