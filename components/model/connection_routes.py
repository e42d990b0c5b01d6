"""Which connections go where, when the proxy can not read what is in them: by the name in a TLS handshake, or by port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from components.model.conditions import From, Port
from components.model.names import require_label
from components.model.split import Destination, Split

ConnectionCondition: TypeAlias = From | Port
"""What the proxy knows of a connection that it can not read: who opens it, and to which port."""


@dataclass(frozen=True, slots=True, init=False)
class _ConnectionRoute:
    name: str
    to: Split
    when: tuple[ConnectionCondition, ...]

    def __init__(
        self, name: str, *, to: Split | Destination, when: ConnectionCondition | Sequence[ConnectionCondition] = ()
    ) -> None:
        for attribute, value in (
            ("name", name),
            ("to", to if isinstance(to, Split) else Split({to: 100})),
            ("when", tuple(when) if isinstance(when, Sequence) else (when,)),
        ):
            object.__setattr__(self, attribute, value)
        require_label("the route's name", self.name)
        kinds = [type(condition) for condition in self.when]
        for kind in kinds:
            if kind not in (From, Port):
                raise ValueError(
                    f"route {name!r} has a condition of {kind.__name__}, on what is inside a connection that the proxy can "
                    "not read; give it From or Port"
                )
            if kinds.count(kind) > 1:
                raise ValueError(
                    f"route {name!r} has two conditions of {kind.__name__}; Istio matches each once. Write one"
                )
        if self.to.request_headers or self.to.response_headers:
            raise ValueError(
                f"route {name!r} has a split that changes headers, which the proxy can not read there; leave them out"
            )

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Every destination that the route names."""
        return tuple(destination for destination, _ in self.to.weights)

    def __str__(self) -> str:
        return str(self.to)


@dataclass(frozen=True, slots=True, init=False)
class TLSRoute(_ConnectionRoute):
    """TLS connections whose handshake (SNI) names the host that the route belongs to, passed on as they are.

    The destination ends the TLS, with its own certificate; nothing of a request can be matched, changed, retried or
    timed out. A weight is a share of connections, not of requests.

    Raises `ValueError` for a name that is no DNS label, for two conditions of one kind, and for changed headers.
    """


@dataclass(frozen=True, slots=True, init=False)
class TCPRoute(_ConnectionRoute):
    """Connections of any kind to the port or service that the route belongs to. Raises `ValueError` as `TLSRoute` does."""


ConnectionRoute: TypeAlias = TLSRoute | TCPRoute
