"""A set of documents by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from components.analysis.declared import Declared
from components.analysis.mesh_config import ROOT_NAMESPACE, MeshConfig, MeshNetworks
from components.api import Resource
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.gateway import Gateway
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.sidecar import Sidecar
from components.api.networking.virtual_service import VirtualService
from components.api.security.authorization_policy import AuthorizationPolicy
from components.api.security.peer_authentication import PeerAuthentication
from components.api.security.request_authentication import RequestAuthentication
from components.api.telemetry.telemetry import Telemetry

__all__ = ["Objects"]


class Objects:
    """The objects of documents. One that stands twice is there once, as it would be when it is applied twice."""

    def __init__(
        self,
        objects: Iterable[Declared[Any]],
        *,
        mesh_config: MeshConfig | None = None,
        mesh_networks: MeshNetworks | None = None,
        complete: bool = False,
    ) -> None:
        given = tuple(objects)
        self.objects: tuple[Declared[Any], ...] = tuple({each.key: each for each in given}.values())
        self.given = given
        """All of them, those too that a later one of the same name takes the place of."""
        self.mesh_config = mesh_config or MeshConfig()
        self.mesh_networks = mesh_networks or MeshNetworks()
        self.complete = complete
        """Whether all that concerns the namespaces declared in it is in it, as in a program; not so for a folder."""
        self.root_namespace = self.mesh_config.root_namespace or ROOT_NAMESPACE
        self._by_kind: dict[str, list[Declared[Any]]] = defaultdict(list)
        for each in self.objects:
            self._by_kind[each.kind].append(each)

    @property
    def kinds_of_the_mesh(self) -> frozenset[str]:
        """ "MeshConfig" and "MeshNetworks", when they are given: they stand in no document of that kind."""
        given = {"MeshConfig": self.mesh_config.given, "MeshNetworks": bool(self.mesh_networks.networks)}
        return frozenset(kind for kind, is_given in given.items() if is_given)

    def of(self, kind: str, spec: type | None = None) -> tuple[Declared[Any], ...]:
        """The objects of a kind, of whatever group; with `spec`, those whose spec is of that class."""
        found = self._by_kind.get(kind, ())
        if spec is None:
            return tuple(found)
        return tuple(
            each for each in found if isinstance(each.document, Resource) and isinstance(each.document.spec, spec)
        )

    @cached_property
    def virtual_services(self) -> tuple[Declared[VirtualService], ...]:
        """All VirtualServices."""
        return self.of("VirtualService", VirtualService)

    @cached_property
    def destination_rules(self) -> tuple[Declared[DestinationRule], ...]:
        """All DestinationRules."""
        return self.of("DestinationRule", DestinationRule)

    @cached_property
    def gateways(self) -> tuple[Declared[Gateway], ...]:
        """All Gateways of Istio; those of the Gateway API are of("Gateway", GatewaySpec)."""
        return self.of("Gateway", Gateway)

    @cached_property
    def service_entries(self) -> tuple[Declared[ServiceEntry], ...]:
        """All ServiceEntries."""
        return self.of("ServiceEntry", ServiceEntry)

    @cached_property
    def sidecars(self) -> tuple[Declared[Sidecar], ...]:
        """All Sidecars."""
        return self.of("Sidecar", Sidecar)

    @cached_property
    def peer_authentications(self) -> tuple[Declared[PeerAuthentication], ...]:
        """All PeerAuthentications."""
        return self.of("PeerAuthentication", PeerAuthentication)

    @cached_property
    def request_authentications(self) -> tuple[Declared[RequestAuthentication], ...]:
        """All RequestAuthentications."""
        return self.of("RequestAuthentication", RequestAuthentication)

    @cached_property
    def authorization_policies(self) -> tuple[Declared[AuthorizationPolicy], ...]:
        """All AuthorizationPolicies."""
        return self.of("AuthorizationPolicy", AuthorizationPolicy)

    @cached_property
    def telemetries(self) -> tuple[Declared[Telemetry], ...]:
        """All Telemetries."""
        return self.of("Telemetry", Telemetry)

    @cached_property
    def namespaces(self) -> Mapping[str, Declared[Any]]:
        """The Namespaces that stand among the documents, by name."""
        return {each.name: each for each in self.of("Namespace")}
