"""What an HTTPMatchRequest accepts, and whether another one accepts all of it.

Source: pilot's TranslateRoute, sourceMatchHTTP and TranslateRouteMatch, and Envoy's header and query matchers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from components.analysis.texts import ANY, Text, contained, disjoint, takes, text_of
from components.api.networking.virtual_service import HTTPMatchRequest

__all__ = ["MESH", "Condition", "accepts_all_of", "condition_of"]

MESH = "mesh"
CLAIM = "@"
"""How names begin that speak of a token's claims, not of a header."""
ROOT = Text("prefix", "/")

Asked = Mapping[str, Text | None]
"""By name, what a header or parameter must be; None: anything, but there."""
NOTHING: Asked = MappingProxyType({})
NO_LABELS: Mapping[str, str] = MappingProxyType({})


class Condition(NamedTuple):
    """A condition in the form that it is compared in. One without anything set accepts every request."""

    uri: Text = ROOT
    headers: Asked = NOTHING
    """With :method, :authority and :scheme, that every request has."""
    without: Asked = NOTHING
    """What headers must not be; one that is missing counts as empty, and None: it must be missing."""
    parameters: Asked = NOTHING
    port: int = 0
    gateways: frozenset[str] = frozenset()
    labels: Mapping[str, str] = NO_LABELS
    """Of the client; of no effect where the condition names gateways."""
    namespace: str = ""

    @property
    def is_catch_all(self) -> bool:
        """Whether pilot takes it for the end of the rules: it asks nothing of the request itself."""
        return self.uri in (ROOT, ANY) and not (self.headers or self.without or self.parameters)

    @property
    def is_for_all_proxies(self) -> bool:
        """Whether it holds on every port and for every client of the virtual service's gateways."""
        return not (self.port or self.labels or self.namespace)

    @property
    def pinned(self) -> Iterable[tuple[str, str, str]]:
        """Header and parameters that must have one value."""
        for place, asked in (("header", self.headers), ("parameter", self.parameters)):
            for name, text in asked.items():
                if text is not None and text.kind == "exact":
                    yield (place, name, text.value)


def condition_of(match: HTTPMatchRequest | None, gateways: Iterable[str], namespace: str) -> Condition:
    """The condition of a rule of a virtual service with these gateways in that namespace; None: no condition."""
    bound = frozenset(_gateway(each, namespace) for each in gateways) or frozenset((MESH,))
    if match is None:
        return Condition(gateways=bound)
    uri = text_of(match.uri, ignore_case=bool(match.ignore_uri_case)) if match.uri is not None else None
    headers = {_lower(name): text_of(text) for name, text in match.headers.items()}
    for name, given in ((":method", match.method), (":authority", match.authority), (":scheme", match.scheme)):
        # A pseudo-header is always there: asking for no more is asking for nothing.
        if (text := text_of(given)) is not None:
            headers[name] = text
    own = frozenset(_gateway(each, namespace) for each in match.gateways)
    return Condition(
        uri=uri or ROOT,
        headers=headers,
        without={_lower(name): text_of(text) for name, text in match.without_headers.items()},
        parameters={name: text_of(text) for name, text in match.query_params.items()},
        port=match.port or 0,
        gateways=own & bound or own or bound,
        labels={} if own else match.source_labels,
        namespace="" if own else match.source_namespace or "",
    )


def accepts_all_of(wide: Condition, narrow: Condition) -> bool:
    """Whether the one surely accepts every request that the other accepts."""
    return (
        wide.port in (0, narrow.port)
        and narrow.gateways <= wide.gateways
        and wide.labels.items() <= narrow.labels.items()
        and wide.namespace in ("", narrow.namespace)
        and contained(narrow.uri, wide.uri)
        and _all_asked(wide.headers, narrow.headers)
        and _all_asked(wide.parameters, narrow.parameters)
        and all(_surely_not(name, text, narrow) for name, text in wide.without.items())
    )


def _all_asked(wide: Asked, narrow: Asked) -> bool:
    """Whether what the narrower one asks for is all that the wider one asks for."""
    for name, text in wide.items():
        if name.startswith(CLAIM):
            if name not in narrow or narrow[name] != text:
                return False
        elif name not in narrow:
            # Only what every request has may go without saying.
            if not (name.startswith(":") and text == ANY):
                return False
        elif text is not None:
            given = narrow[name]
            if not contained(given if given is not None else ANY, text):
                return False
    return True


def _surely_not(name: str, unwanted: Text | None, narrow: Condition) -> bool:
    """Whether what the narrower condition accepts never has that header with such a value."""
    if name.startswith(CLAIM):
        return name in narrow.without and narrow.without[name] == unwanted
    if name in narrow.without:
        refused = narrow.without[name]
        if unwanted is None:
            if refused is None:
                return True
        elif refused is None:
            # It is missing, which counts as empty.
            if takes(unwanted, "") is False:
                return True
        elif contained(unwanted, refused):
            return True
    if unwanted is None or name not in narrow.headers:
        return False
    given = narrow.headers[name]
    return given is not None and disjoint(given, unwanted)


def _gateway(name: str, namespace: str) -> str:
    return name if name == MESH or "/" in name else f"{namespace}/{name}"


def _lower(name: str) -> str:
    return name if name.startswith(CLAIM) else name.lower()
