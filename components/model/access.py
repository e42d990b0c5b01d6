"""Who may ask what of whom. Istio asks CUSTOM rules first, then DENY, then ALLOW; one ALLOW that fits is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import TypeAlias

from components.model.callers import Callers, Claim
from components.model.gateway import Gateway
from components.model.names import require_label
from components.model.places import Namespace, Place, WholeMesh
from components.model.providers import Provider
from components.model.request_authentication import RequestAuthentication
from components.model.requests import Requests
from components.model.workload import Workload


class Action(Enum):
    """What happens to a request that fits. AUDIT only marks it, for a provider of logs that looks at the mark."""

    ALLOW = "ALLOW"
    DENY = "DENY"
    AUDIT = "AUDIT"


@dataclass(frozen=True, slots=True)
class Custom:
    """The provider decides (Istio's CUSTOM). One that the mesh's configuration does not know refuses everything."""

    provider: Provider


@dataclass(frozen=True, slots=True)
class Access:
    """A rule about requests that reach `of`: they fit when callers, requests and every claim do; with none, all fit.

    As soon as a place has one ALLOW rule, what fits none of its ALLOW rules is refused (403). `except_callers` and
    `except_requests` take requests out again. Two rules for one place are two chances to fit.

    Raises `ValueError` for a name that Kubernetes would refuse, for the Service's port where the container's is meant,
    for a host that the gateway does not serve, and for a CUSTOM rule about identities, namespaces or claims, which Istio
    does not know yet when it asks.
    """

    name: str
    _: KW_ONLY
    of: Place
    action: Action | Custom = Action.ALLOW
    callers: Callers | None = None
    except_callers: Callers | None = None
    requests: Requests | None = None
    except_requests: Requests | None = None
    claims: Sequence[Claim] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "claims", tuple(self.claims))
        require_label("the access rule's name", self.name)
        _require_possible(self.name, self.of, self.requests, self.except_requests)
        if isinstance(self.action, Custom) and (self.claims or self.needs_mutual_tls):
            what = "claims" if self.claims else "identities or namespaces"
            raise ValueError(
                f"access rule {self.name!r} asks provider {str(self.action.provider)!r} about {what}; Istio asks before "
                "it knows them. Give addresses and requests only, and let the provider look at the rest"
            )

    @property
    def needs_mutual_tls(self) -> bool:
        """Whether it speaks of who callers prove to be."""
        return any(callers.needs_mutual_tls for callers in (self.callers, self.except_callers) if callers)


@dataclass(frozen=True, slots=True)
class DenyByDefault:
    """Refuses (403) whatever no ALLOW rule takes, in a namespace or in the whole mesh, its gateways included."""

    of: Namespace | WholeMesh

    @property
    def name(self) -> str:
        return "deny-by-default"


@dataclass(frozen=True, slots=True)
class RequireJWT:
    """Refuses (403) requests without a good token of the authentication's issuers, where that authentication holds.

    It denies, so no ALLOW rule can let a request without a token pass. `requests` limits it to some, `except_requests`
    leaves some open.

    Raises `ValueError` for a name that Kubernetes would refuse.
    """

    name: str
    _: KW_ONLY
    by: RequestAuthentication
    requests: Requests | None = None
    except_requests: Requests | None = None

    def __post_init__(self) -> None:
        require_label("the access rule's name", self.name)
        _require_possible(self.name, self.by.of, self.requests, self.except_requests)

    @property
    def of(self) -> Place:
        """Where it holds: where its authentication does."""
        return self.by.of


AccessRule: TypeAlias = Access | DenyByDefault | RequireJWT


def _require_possible(name: str, of: Place, *requests: Requests | None) -> None:
    for host in (host for each in requests if each for host in each.hosts):
        if isinstance(of, Gateway) and not of.serves(host):
            raise ValueError(
                f"access rule {name!r} is about host {host!r}, which gateway {of.name!r} does not serve; it serves "
                f"{', '.join(of.all_hosts)}"
            )
    ports = [port for each in requests if each for port in each.ports]
    if isinstance(of, Workload) and of.service_port != of.port and of.service_port in ports:
        raise ValueError(
            f"access rule {name!r} is about port {of.service_port} of {of.name!r}, which is its Service's; the proxy "
            f"beside the container compares the container's, which is {of.port}"
        )
