# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/envoy_filter.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.json import JSON
from components.api.message import Message
from components.api.networking.sidecar import WorkloadSelector
from components.api.type.selector import PolicyTargetReference

__all__ = ["EnvoyFilter"]


class EnvoyFilter(Message, frozen=True, kw_only=True):
    """Changes to the configuration that istiod makes for Envoy; nothing checks that they still fit
    after an upgrade.
    """

    class ApplyTo(Enum):
        """Apply to of EnvoyFilter."""

        INVALID = "INVALID"
        LISTENER = "LISTENER"
        FILTER_CHAIN = "FILTER_CHAIN"
        NETWORK_FILTER = "NETWORK_FILTER"
        HTTP_FILTER = "HTTP_FILTER"
        ROUTE_CONFIGURATION = "ROUTE_CONFIGURATION"
        VIRTUAL_HOST = "VIRTUAL_HOST"
        HTTP_ROUTE = "HTTP_ROUTE"
        CLUSTER = "CLUSTER"
        EXTENSION_CONFIG = "EXTENSION_CONFIG"
        BOOTSTRAP = "BOOTSTRAP"
        LISTENER_FILTER = "LISTENER_FILTER"

    class PatchContext(Enum):
        """Patch context of EnvoyFilter."""

        ANY = "ANY"
        SIDECAR_INBOUND = "SIDECAR_INBOUND"
        SIDECAR_OUTBOUND = "SIDECAR_OUTBOUND"
        GATEWAY = "GATEWAY"
        WAYPOINT = "WAYPOINT"

    class ProxyMatch(Message, frozen=True, kw_only=True):
        """Proxy match of EnvoyFilter."""

        proxy_version: str | None = None
        """Proxy version: text."""
        metadata: Mapping[str, str] = {}
        """Metadata: text by name."""

    class ClusterMatch(Message, frozen=True, kw_only=True):
        """Cluster match of EnvoyFilter."""

        port_number: int | None = None
        """Port number: a whole number."""
        service: str | None = None
        """Service: text."""
        subset: str | None = None
        """Subset: text."""
        name: str | None = None
        """Name: text."""

    class RouteConfigurationMatch(Message, frozen=True, kw_only=True):
        """Route configuration match of EnvoyFilter."""

        class RouteMatch(Message, frozen=True, kw_only=True):
            """Route match of RouteConfigurationMatch."""

            class Action(Enum):
                """Action of RouteMatch."""

                ANY = "ANY"
                ROUTE = "ROUTE"
                REDIRECT = "REDIRECT"
                DIRECT_RESPONSE = "DIRECT_RESPONSE"

            name: str | None = None
            """Name: text."""
            action: EnvoyFilter.RouteConfigurationMatch.RouteMatch.Action | None = None
            """Action: Action."""

        class VirtualHostMatch(Message, frozen=True, kw_only=True):
            """Virtual host match of RouteConfigurationMatch."""

            name: str | None = None
            """Name: text."""
            domain_name: str | None = None
            """Domain name: text."""
            route: EnvoyFilter.RouteConfigurationMatch.RouteMatch | None = None
            """Route: RouteMatch."""

        port_number: int | None = None
        """Port number: a whole number."""
        port_name: str | None = None
        """Port name: text."""
        gateway: str | None = None
        """Gateway: text."""
        vhost: EnvoyFilter.RouteConfigurationMatch.VirtualHostMatch | None = None
        """Vhost: VirtualHostMatch."""
        name: str | None = None
        """Name: text."""

    class ListenerMatch(Message, frozen=True, kw_only=True):
        """Listener match of EnvoyFilter."""

        class FilterChainMatch(Message, frozen=True, kw_only=True):
            """Filter chain match of ListenerMatch."""

            name: str | None = None
            """Name: text."""
            sni: str | None = None
            """SNI: text."""
            transport_protocol: str | None = None
            """Transport protocol: text."""
            application_protocols: str | None = None
            """Application protocols: text."""
            filter: EnvoyFilter.ListenerMatch.FilterMatch | None = None
            """Filter: FilterMatch."""
            destination_port: int | None = None
            """Destination port: a whole number."""

        class FilterMatch(Message, frozen=True, kw_only=True):
            """Filter match of ListenerMatch."""

            name: str | None = None
            """Name: text."""
            sub_filter: EnvoyFilter.ListenerMatch.SubFilterMatch | None = None
            """Sub filter: SubFilterMatch."""

        class SubFilterMatch(Message, frozen=True, kw_only=True):
            """Sub filter match of ListenerMatch."""

            name: str | None = None
            """Name: text."""

        port_number: int | None = None
        """Port number: a whole number."""
        port_name: str | None = None
        """Port name: text."""
        filter_chain: EnvoyFilter.ListenerMatch.FilterChainMatch | None = None
        """Filter chain: FilterChainMatch."""
        listener_filter: str | None = None
        """Listener filter: text."""
        name: str | None = None
        """Name: text."""

    class WaypointMatch(Message, frozen=True, kw_only=True):
        """Waypoint match of EnvoyFilter."""

        class RouteMatch(Message, frozen=True, kw_only=True):
            """Route match of WaypointMatch."""

            name: str | None = None
            """Name: text."""

        class FilterMatch(Message, frozen=True, kw_only=True):
            """Filter match of WaypointMatch."""

            class SubFilterMatch(Message, frozen=True, kw_only=True):
                """Sub filter match of FilterMatch."""

                name: str | None = None
                """Name: text."""

            name: str | None = None
            """Name: text."""
            sub_filter: EnvoyFilter.WaypointMatch.FilterMatch.SubFilterMatch | None = None
            """Sub filter: SubFilterMatch."""

        port_number: int | None = None
        """Port number: a whole number. 1 to 65535."""
        route: EnvoyFilter.WaypointMatch.RouteMatch | None = None
        """Route: RouteMatch."""
        filter: EnvoyFilter.WaypointMatch.FilterMatch | None = None
        """Filter: FilterMatch."""

    class Patch(Message, frozen=True, kw_only=True):
        """Patch of EnvoyFilter."""

        class Operation(Enum):
            """Operation of Patch."""

            INVALID = "INVALID"
            MERGE = "MERGE"
            ADD = "ADD"
            REMOVE = "REMOVE"
            INSERT_BEFORE = "INSERT_BEFORE"
            INSERT_AFTER = "INSERT_AFTER"
            INSERT_FIRST = "INSERT_FIRST"
            REPLACE = "REPLACE"
            MERGE_AND_REPLACE_LIST = "MERGE_AND_REPLACE_LIST"

        class FilterClass(Enum):
            """Filter class of Patch."""

            UNSPECIFIED = "UNSPECIFIED"
            AUTHN = "AUTHN"
            AUTHZ = "AUTHZ"
            STATS = "STATS"

        operation: EnvoyFilter.Patch.Operation | None = None
        """Operation: Operation."""
        value: Mapping[str, JSON] | None = None
        """Value: any JSON object."""
        filter_class: EnvoyFilter.Patch.FilterClass | None = None
        """Filter class: FilterClass."""

    class EnvoyConfigObjectMatch(Message, frozen=True, kw_only=True):
        """Envoy config object match of EnvoyFilter."""

        context: EnvoyFilter.PatchContext | None = None
        """Context: PatchContext."""
        proxy: EnvoyFilter.ProxyMatch | None = None
        """Proxy: ProxyMatch."""
        listener: EnvoyFilter.ListenerMatch | None = None
        """Listener: ListenerMatch. Set one at most of listener, routeConfiguration, cluster, waypoint."""
        route_configuration: EnvoyFilter.RouteConfigurationMatch | None = None
        """Route configuration: RouteConfigurationMatch. Set one at most of listener,
        routeConfiguration, cluster, waypoint.
        """
        cluster: EnvoyFilter.ClusterMatch | None = None
        """Cluster: ClusterMatch. Set one at most of listener, routeConfiguration, cluster, waypoint."""
        waypoint: EnvoyFilter.WaypointMatch | None = None
        """Waypoint: WaypointMatch. Set one at most of listener, routeConfiguration, cluster, waypoint."""

    class EnvoyConfigObjectPatch(Message, frozen=True, kw_only=True):
        """Envoy config object patch of EnvoyFilter."""

        apply_to: EnvoyFilter.ApplyTo | None = None
        """Apply to: ApplyTo."""
        match: EnvoyFilter.EnvoyConfigObjectMatch | None = None
        """Match: EnvoyConfigObjectMatch."""
        patch: EnvoyFilter.Patch | None = None
        """Patch: Patch."""

    workload_selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; in the root namespace, all of the mesh."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    config_patches: tuple[EnvoyFilter.EnvoyConfigObjectPatch, ...] = ()
    """The changes, in order."""
    priority: int | None = None
    """Order among filters of one namespace, lowest first. Not set: 0."""
