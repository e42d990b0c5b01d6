"""The whole of what one stack declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.access import AccessRule
from components.model.agreement import require_agreement
from components.model.balancing import ConsistentHash, LoadBalancer, Passthrough
from components.model.certificates import Certificate
from components.model.egress import EgressGateway
from components.model.external_services import ExternalDestination, ExternalService
from components.model.gateway import Gateway, GatewayHost, GatewayPort
from components.model.mutual_tls import MutualTLS, MutualTLSRule
from components.model.places import Namespace
from components.model.request_authentication import RequestAuthentication
from components.model.scope import Dependency, Export
from components.model.split import Destination, Split, hash_in_split, workload_of
from components.model.telemetry import Telemetry
from components.model.traffic_policy import Subset, TrafficPolicy, balancer_of
from components.model.virtual_service import VirtualService
from components.model.workload import Version, Workload


@dataclass(frozen=True, slots=True)
class Mesh:
    """Versions that run, policies that hold for their callers, hosts and their routes, and who may speak in plain text.

    `mutual_tls` holds for the whole mesh; STRICT refuses plain text between workloads, UNSET leaves to the cluster what
    holds where no rule says it. `mutual_tls_rules` differ from it in places; `access`, `authentications`, `telemetry`,
    `dependencies` and `exports` say what their own classes say.

    Raises `ValueError` for two owners of one thing: a version, a policy or a host declared twice (Istio would keep one
    and drop the other silently: istio/istio issues 22997 and 36621), for a route to a version that does not run,
    and for a split over versions whose policy is a consistent hash.
    """

    _: KW_ONLY
    versions: Sequence[Version]
    virtual_services: Sequence[VirtualService] = ()
    policies: Sequence[TrafficPolicy] = ()
    external_services: Sequence[ExternalService] = ()
    egress_gateway: EgressGateway | None = None
    mutual_tls: MutualTLS = MutualTLS.STRICT
    mutual_tls_rules: Sequence[MutualTLSRule] = ()
    authentications: Sequence[RequestAuthentication] = ()
    access: Sequence[AccessRule] = ()
    telemetry: Sequence[Telemetry] = ()
    dependencies: Sequence[Dependency] = ()
    exports: Sequence[Export] = ()

    def __post_init__(self) -> None:
        for attribute in ("versions", "virtual_services", "policies", "external_services"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        for attribute in ("mutual_tls_rules", "authentications", "access", "telemetry", "dependencies", "exports"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        _refuse_repeats("version", ((version.workload.namespace, str(version)) for version in self.versions))
        _refuse_repeats(
            "traffic policy of workload",
            ((f"{p.of.namespace} {isinstance(p.of, Workload)}", p.of.name) for p in self.policies),
        )
        _refuse_repeats("external service", ((e.namespace, e.name) for e in self.external_services))
        _refuse_repeats("external host", (("", host) for e in self.external_services for host in e.hosts))
        _refuse_repeats("certificate's secret", (("", certificate.secret) for certificate in self.certificates))
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
            for route in service.all_routes:
                for destination in route.destinations:
                    self._require_running(f"route {route.name!r} of host {service.host}", destination)
                    self._require_narrowed(f"route {route.name!r} of host {service.host}", destination)
                self._require_no_hash_in_split(f"route {route.name!r} of host {service.host}", route.to)
            for caller in service.callers:
                self._require_running(f"a condition of host {service.host}", caller)
            if isinstance(service.host, ExternalService):
                self._require_declared("a virtual service", service.host)
        for policy in self.policies:
            if isinstance(policy.of, Workload):
                self._require_running("a traffic policy", policy.of)
            else:
                self._require_declared("a traffic policy", policy.of)
        for subset in self.subsets:
            policy_of_all = self.policy_of(subset.workload)
            if subset.ports and policy_of_all and policy_of_all.retry_budget:
                raise ValueError(
                    f"the subset {subset.name!r} has a policy of port {subset.ports[0].port}, on which the retry budget of "
                    f"{subset.workload} would not hold; give it to the whole subset, or leave the budget out"
                )
        require_agreement(self)

    @property
    def workloads(self) -> tuple[Workload, ...]:
        """Each workload that has a version, once, in order."""
        return tuple(dict.fromkeys(version.workload for version in self.versions))

    @property
    def gateways(self) -> tuple[Gateway, ...]:
        """Each gateway that a routed host belongs to, once, in order."""
        hosts = (service.host for service in self.virtual_services)
        return tuple(dict.fromkeys(host.gateway for host in hosts if isinstance(host, (GatewayHost, GatewayPort))))

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Each certificate that a gateway uses, once, in order."""
        return tuple(dict.fromkeys(found for gateway in self.gateways for found in gateway.certificates))

    @property
    def subsets(self) -> tuple[Subset, ...]:
        """Each named subset that a route goes to, once, in order."""
        destinations = (destination for service in self.virtual_services for destination in service.destinations)
        return tuple(dict.fromkeys(d for d in destinations if isinstance(d, Subset)))

    def versions_of(self, workload: Workload) -> tuple[Version, ...]:
        return tuple(version for version in self.versions if version.workload == workload)

    def policy_of(self, workload: Workload | ExternalService) -> TrafficPolicy | None:
        return next((policy for policy in self.policies if policy.of == workload), None)

    def leaves_by_gateway(self, external: ExternalService) -> bool:
        """Whether calls to the service outside leave by the egress gateway."""
        return self.egress_gateway is not None and external in self.egress_gateway.of

    def _require_no_hash_in_split(self, what: str, split: Split | None) -> None:
        reached = split.reached if split else ()
        for destination in reached if len(reached) > 1 else ():
            if isinstance(self._balancer_of(destination), ConsistentHash):
                raise hash_in_split(what, destination)

    def _require_narrowed(self, what: str, destination: Destination) -> None:
        target = destination.of if isinstance(destination, Subset) else destination
        if isinstance(target, Version) and isinstance(self._balancer_of(destination), Passthrough):
            raise ValueError(
                f"{what} goes to {destination}, and the policy of {target.workload} is Passthrough, with which the Service "
                "chooses among all versions; give the route the workload, or the policy another load_balancer"
            )

    def _balancer_of(self, destination: Destination) -> LoadBalancer | None:
        if isinstance(destination, ExternalDestination):
            return None
        workload = workload_of(destination)
        subset = destination if isinstance(destination, Subset) else None
        return balancer_of(self.policy_of(workload), subset, workload)

    def mutual_tls_of(self, workload: Workload, port: int | None = None) -> MutualTLS:
        """What holds for a port of the workload's container (None: the one it listens on): the narrowest rule's mode."""
        own = next((rule for rule in self.mutual_tls_rules if rule.of == workload), None)
        return (own.mode_of(port or workload.port) if own else None) or self.mutual_tls_in(workload.namespace)

    def mutual_tls_in(self, namespace: str) -> MutualTLS:
        """What holds in a namespace, where its workloads have no rule of their own."""
        of = Namespace(namespace)
        return next((rule.mode for rule in self.mutual_tls_rules if rule.of == of and rule.mode), self.mutual_tls)

    def _require_declared(self, what: str, external: ExternalService) -> None:
        if external not in self.external_services:
            raise ValueError(
                f"{what} is for external service {external.name!r}, which this mesh does not declare; "
                f"declared are {', '.join(map(str, self.external_services)) or 'none'}. Add it to external_services"
            )

    def _require_running(self, what: str, destination: Destination) -> None:
        if isinstance(destination, ExternalDestination):
            self._require_declared(what, destination.of)
            return
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
