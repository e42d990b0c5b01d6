"""What callers do about mutual TLS, where Istio would not find it out by itself.

A caller's proxy finds out from the endpoint whether to speak mutual TLS, and follows every PeerAuthentication, but for
two cases, seen in istiod's sources (pilot/pkg/model/push_context.go, BestEffortInferServiceMTLSMode):
- it speaks plain text to all of a namespace that has DISABLE, also to a workload or port there that asks for more;
- with PASSTHROUGH it looks at the namespace only, and speaks mutual TLS to a workload that has DISABLE.
"""

from __future__ import annotations

from msgspec.structs import replace

from components.api import Resource
from components.api.networking.destination_rule import (
    ClientTLSSettings,
    DestinationRule,
    LoadBalancerSettings,
    TrafficPolicy,
)
from components.model import Mesh, MutualTLS, Workload

Mode = ClientTLSSettings.TLSmode


def with_client_tls(mesh: Mesh, workload: Workload, rule: Resource[DestinationRule]) -> Resource[DestinationRule]:
    """The rule with a TLS mode in every policy of it, or as it is where Istio finds out by itself."""
    asked, found_out = mesh.mutual_tls_of(workload), mesh.mutual_tls_in(workload.namespace)
    spec, mode = rule.spec, None
    if asked is not MutualTLS.DISABLE and found_out is MutualTLS.DISABLE:
        mode = Mode.ISTIO_MUTUAL
    elif asked is MutualTLS.DISABLE and found_out is not MutualTLS.DISABLE and _passes_through(spec):
        mode = Mode.DISABLE
    if mode is None:
        return rule
    settings = ClientTLSSettings(mode=mode)
    subsets = tuple(
        replace(subset, traffic_policy=_with(subset.traffic_policy, settings)) if subset.traffic_policy else subset
        for subset in spec.subsets
    )
    policy = _with(spec.traffic_policy or TrafficPolicy(), settings)
    return replace(rule, spec=replace(spec, traffic_policy=policy, subsets=subsets))


def _with(policy: TrafficPolicy, settings: ClientTLSSettings) -> TrafficPolicy:
    ports = tuple(port if port.tls else replace(port, tls=settings) for port in policy.port_level_settings)
    return replace(policy, tls=policy.tls or settings, port_level_settings=ports)


def _passes_through(spec: DestinationRule) -> bool:
    policies = [spec.traffic_policy, *(subset.traffic_policy for subset in spec.subsets)]
    balancers = [policy.load_balancer for policy in policies if policy and policy.load_balancer]
    return any(balancer.simple is LoadBalancerSettings.SimpleLB.PASSTHROUGH for balancer in balancers)
