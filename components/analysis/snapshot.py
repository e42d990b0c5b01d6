"""A set of documents as one mesh: its hosts, its pods, and what can be told from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from components.analysis.assumed import assumed_ingress_pod, assumed_ingress_service
from components.analysis.declared import Declared
from components.analysis.gateways import Gateways
from components.analysis.host_lookup import HostLookup
from components.analysis.hosts import Hosts, fqdn
from components.analysis.mutual_tls import MutualTLS
from components.analysis.objects import Objects
from components.analysis.rule_lookup import RuleLookup
from components.analysis.workloads import Workloads
from components.api.gateway_api.gateway import GatewaySpec
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.virtual_service import Destination, VirtualService

__all__ = ["Snapshot", "destinations_of"]

ALWAYS_THERE = ("default", "kube-system", "kube-public", "kube-node-lease")


class Snapshot(Objects):
    """What the checks look at."""

    @cached_property
    def services(self) -> tuple[Declared[ServiceSpec], ...]:
        """All Services, with Istio's own ingress gateway when no document has it."""
        given = self.of("Service", ServiceSpec)
        assumed = assumed_ingress_service()
        if self.mesh_config.ingress_controller_mode == "OFF" or any(each.key == assumed.key for each in given):
            return given
        return (*given, assumed)

    @cached_property
    def hosts(self) -> Hosts:
        """All hosts."""
        return Hosts(self.services, self.service_entries)

    @cached_property
    def hosts_of_routes(self) -> frozenset[str]:
        """The hosts of VirtualServices, as they are written, in small letters."""
        return frozenset(host.lower() for each in self.virtual_services for host in each.spec.hosts)

    @cached_property
    def workloads(self) -> Workloads:
        """All workloads."""
        assumed = [] if self.mesh_config.ingress_controller_mode == "OFF" else [assumed_ingress_pod()]
        return Workloads(self.objects, assumed)

    @cached_property
    def mutual_tls(self) -> MutualTLS:
        """What PeerAuthentications leave in force."""
        return MutualTLS(self.peer_authentications, self.root_namespace)

    @cached_property
    def rule_lookup(self) -> RuleLookup:
        """The DestinationRules as clients find them."""
        return RuleLookup(self.destination_rules, self.root_namespace)

    @cached_property
    def subsets_used(self) -> Mapping[str, frozenset[str]]:
        """By the full name of a host, the subsets that VirtualServices send something to; "" is the host itself."""
        used: dict[str, set[str]] = defaultdict(set)
        for service in self.virtual_services:
            for _, each in destinations_of(service.spec):
                used[fqdn(each.host or "", service.namespace)].add(each.subset or "")
        return {host: frozenset(names) for host, names in used.items()}

    @cached_property
    def scaled_targets(self) -> frozenset[tuple[str, str, str]]:
        """Namespace, kind and name of what autoscalers give a number of replicas."""
        return frozenset(
            (each.namespace, str(target.get("kind")), str(target.get("name")))
            for each in self.of("HorizontalPodAutoscaler")
            if isinstance(spec := each.plain.get("spec"), Mapping)
            and isinstance(target := spec.get("scaleTargetRef"), Mapping)
        )

    def knows_services_of(self, namespace: str, near: Declared[Any]) -> bool:
        """Whether a Service that is not among the documents is not there at all, as far as one can tell.

        So when the set is complete and has the namespace; when Services of the namespace stand in the same file as the
        rule that names one; or when rules and Services of that namespace know each other: some rule among the
        documents names a Service of it that is there. Otherwise the Services may well be kept elsewhere.
        """
        if self.complete:
            return namespace in self.namespaces or self.hosts.has_services_of(namespace)
        return (near.file, namespace) in self._files_with_services or namespace in self._namespaces_referred_to

    def knows_workloads_of(self, namespace: str) -> bool:
        """Whether pods that are not among the documents are not there at all, as far as one can tell: the namespace has
        some, or the set is complete and has the namespace.
        """
        if self.complete and namespace in self.namespaces:
            return True
        return bool(self.workloads.of_namespace(namespace))

    def knows_pods_of(self, namespace: str | None, near: Declared[Any]) -> bool:
        """Like knows_workloads_of, for a rule: so too when its file declares the namespace and has pods of any; None
        stands for all namespaces. Pods that are taken to be there do not count.
        """
        if namespace is None:
            return self.complete or near.file in self._files_with_pods
        if namespace in self._namespaces_with_pods:
            return True
        declared = self.namespaces.get(namespace)
        if declared is None:
            return False
        return self.complete or (declared.file == near.file and near.file in self._files_with_pods)

    def knows_namespaces(self, near: Declared[Any]) -> bool:
        """Whether a namespace of which no document says anything is not there, as far as one can tell: the set is
        complete, or the file of the rule that names one declares namespaces.
        """
        return self.complete or any(each.file == near.file for each in self.namespaces.values())

    def has_namespace(self, name: str) -> bool:
        """Whether a namespace is there: a document declares it or is in it, or every cluster with Istio has it."""
        return name in self.names_of_namespaces

    @cached_property
    def names_of_namespaces(self) -> frozenset[str]:
        """The names of all namespaces that are there."""
        return self._namespaces_used | frozenset((*self.namespaces, self.root_namespace, *ALWAYS_THERE))

    @cached_property
    def _namespaces_used(self) -> frozenset[str]:
        return frozenset(each.namespace for each in self.objects if each.namespace)

    @cached_property
    def _namespaces_with_pods(self) -> frozenset[str]:
        return frozenset(each.namespace for each in self.workloads.all)

    @cached_property
    def _files_with_pods(self) -> frozenset[str | None]:
        return frozenset(each.owner.file for each in self.workloads.all)

    @cached_property
    def gateway_index(self) -> Gateways:
        """Gateways by name, with their workloads and the Services in front of those."""
        return Gateways(self.gateways, self.of("Gateway", GatewaySpec), self.workloads, self.services)

    @cached_property
    def host_lookup(self) -> HostLookup:
        """Which hosts the names in rules stand for."""
        return HostLookup(self.hosts, frozenset(self.namespaces))

    def knows_gateways_of(self, namespace: str, near: Declared[Any]) -> bool:
        """Whether a Gateway that is not among the documents is not there at all, as far as one can tell: Gateways of
        the namespace stand in the same file, some VirtualService names one of it that is there, or the set is complete
        and has the namespace.
        """
        if self.complete:
            return namespace in self.namespaces or bool(self.gateway_index.of_namespace(namespace))
        if any(each.file is not None and each.file == near.file for each in self.gateway_index.of_namespace(namespace)):
            return True
        return namespace in self._namespaces_of_gateways_named

    @cached_property
    def _namespaces_of_gateways_named(self) -> frozenset[str]:
        found = (
            self.gateway_index.named(name, service.namespace)
            for service in self.virtual_services
            for name in service.spec.gateways
        )
        return frozenset(each.namespace for each in found if each is not None)

    @cached_property
    def knows_gateway_workloads(self) -> bool:
        """Whether gateways' pods are among the documents: some Gateway selects one that stands there. Gateways are
        mostly installed by a chart, so otherwise nothing can be told from pods that are not there.
        """
        return any(
            each.owner.source is not None
            for gateway in self.gateways
            if gateway.spec.selector
            for each in self.gateway_index.workloads(gateway)
        )

    def knows_entry_hosts(self, near: Declared[Any]) -> bool:
        """Whether a host outside the cluster that no ServiceEntry among the documents has is known to no other: the set
        is complete, or ServiceEntries stand in the same file.
        """
        return self.complete or near.file in self._files_with_entries

    @cached_property
    def _files_with_entries(self) -> frozenset[str]:
        return frozenset(each.file for each in self.service_entries if each.file is not None)

    @cached_property
    def _files_with_services(self) -> frozenset[tuple[str | None, str]]:
        return frozenset(
            (each.file, each.namespace) for each in self.of("Service", ServiceSpec) if each.file is not None
        )

    @cached_property
    def _namespaces_referred_to(self) -> frozenset[str]:
        names = {fqdn(rule.spec.host or "", rule.namespace) for rule in self.destination_rules}
        for service in self.virtual_services:
            names |= {fqdn(each.host or "", service.namespace) for _, each in destinations_of(service.spec)}
        return frozenset(
            host.namespace for name in names if "*" not in name for host in self.hosts.named(name) if host.is_service
        )


def destinations_of(service: VirtualService) -> Iterable[tuple[str, Destination]]:
    """Every destination a VirtualService sends to, mirrors too, with its path from the root of the document."""
    for index, route in enumerate(service.http):
        path = f"spec.http[{index}]"
        for number, each in enumerate(route.route):
            if each.destination is not None:
                yield f"{path}.route[{number}].destination", each.destination
        if route.mirror is not None:
            yield f"{path}.mirror", route.mirror
        for number, mirror in enumerate(route.mirrors):
            if mirror.destination is not None:
                yield f"{path}.mirrors[{number}].destination", mirror.destination
    connections = [(f"spec.tls[{index}]", each.route) for index, each in enumerate(service.tls)]
    connections += [(f"spec.tcp[{index}]", each.route) for index, each in enumerate(service.tcp)]
    for path, shares in connections:
        for number, share in enumerate(shares):
            if share.destination is not None:
                yield f"{path}.route[{number}].destination", share.destination
