"""The whole of what one stack declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum

from components.model.gateway import Gateway, GatewayHost
from components.model.routing import VirtualService
from components.model.traffic_policy import Subset, TrafficPolicy
from components.model.workload import Version, Workload


class MutualTLS(Enum):
    """Whether a workload takes requests that are not mutual TLS."""

    STRICT = "STRICT"
    PERMISSIVE = "PERMISSIVE"


@dataclass(frozen=True, slots=True)
class Mesh:
    """Versions that run, policies that hold for their callers, hosts and their routes, and who may speak in plain text.

    `mutual_tls` holds for the whole mesh; STRICT refuses plain text between workloads.

    Raises `ValueError` for two owners of one thing: a version, a policy or a host declared twice (Istio would keep one
    and drop the other silently: istio/istio issues 22997 and 36621), and for a route to a version that does not run.
    """

    _: KW_ONLY
    versions: Sequence[Version]
    virtual_services: Sequence[VirtualService] = ()
    policies: Sequence[TrafficPolicy] = ()
    mutual_tls: MutualTLS = MutualTLS.STRICT

    def __post_init__(self) -> None:
        for attribute in ("versions", "virtual_services", "policies"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        _refuse_repeats("version", ((version.workload.namespace, str(version)) for version in self.versions))
        _refuse_repeats("traffic policy of workload", ((p.of.namespace, p.of.name) for p in self.policies))
        _refuse_repeats("virtual service for", ((str(type(v.host)), str(v.host)) for v in self.virtual_services))
        _refuse_repeats("gateway", (("", gateway.name) for gateway in self.gateways))
        _refuse_repeats("subset", ((s.workload.namespace, f"{s.workload.name} {s.name}") for s in self.subsets))
        _refuse_repeats("workload", ((workload.namespace, workload.name) for workload in self.workloads))
        for subset in self.subsets:
            if any(version.workload == subset.workload and version.name == subset.name for version in self.versions):
                raise ValueError(
                    f"subset {subset.name!r} has the name of a version of {subset.workload.name!r}; give it another"
                )
        for service in self.virtual_services:
            for route in service.routes:
                for destination, _weight in route.to.weights:
                    self._require_running(f"route {route.name!r} of host {service.host}", destination)
        for policy in self.policies:
            self._require_running("a traffic policy", policy.of)

    @property
    def workloads(self) -> tuple[Workload, ...]:
        """Each workload that has a version, once, in order."""
        return tuple(dict.fromkeys(version.workload for version in self.versions))

    @property
    def gateways(self) -> tuple[Gateway, ...]:
        """Each gateway that a routed host belongs to, once, in order."""
        hosts = (service.host for service in self.virtual_services)
        return tuple(dict.fromkeys(host.gateway for host in hosts if isinstance(host, GatewayHost)))

    @property
    def subsets(self) -> tuple[Subset, ...]:
        """Each named subset that a route goes to, once, in order."""
        destinations = (
            destination
            for service in self.virtual_services
            for route in service.routes
            for destination, _ in route.to.weights
        )
        return tuple(dict.fromkeys(d for d in destinations if isinstance(d, Subset)))

    def versions_of(self, workload: Workload) -> tuple[Version, ...]:
        return tuple(version for version in self.versions if version.workload == workload)

    def policy_of(self, workload: Workload) -> TrafficPolicy | None:
        return next((policy for policy in self.policies if policy.of == workload), None)

    def _require_running(self, what: str, destination: Workload | Version | Subset) -> None:
        target = destination.of if isinstance(destination, Subset) else destination
        running: tuple[Workload | Version, ...] = (
            self.workloads if isinstance(target, Workload) else tuple(self.versions)
        )
        if target not in running:
            raise ValueError(
                f"{what} goes to {target}, which does not run in this mesh; "
                f"running are {', '.join(map(str, self.versions)) or 'none'}. Add it to the mesh's versions"
            )


def _refuse_repeats(what: str, keys: Iterable[tuple[str, str]]) -> None:
    seen: set[tuple[str, str]] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"the {what} {key[1]!r} is declared twice; declare it once, with all that it should do")
        seen.add(key)
