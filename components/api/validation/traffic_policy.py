"""What holds for requests to a host, a subset or a port: which parts a policy must have and may not have together.

Rules: DestinationRule's 9, 10 and 71 to 77 of istiod's webhook (validateTrafficPolicy, validatePortTrafficPolicies,
validateTunnelSettings). A null entry (71) is decoded as an empty one, and refused for what it lacks;
versions that there are not (77) are refused with the document's shape.
"""

from __future__ import annotations

from components.api.networking.destination_rule import OutlierDetection, TrafficPolicy
from components.api.validation.circuit_breaking import check_connection_pool, check_outlier_detection
from components.api.validation.client_tls import check_client_tls
from components.api.validation.formats import fqdn_flaw, is_ip, port_flaw
from components.api.validation.load_balancing import check_load_balancer
from components.api.validation.violation import Report

__all__ = ["CODES", "check_traffic_policy"]

CODES = {
    "V2009": "a traffic policy sets nothing",
    "V2010": "a traffic policy has both tunnel and proxyProtocol",
    "V2072": "an entry of portLevelSettings has no port",
    "V2073": "an entry of portLevelSettings sets nothing",
    "V2074": "tunnel.protocol is neither CONNECT nor POST",
    "V2075": "tunnel.targetHost is neither a full DNS name nor an address",
    "V2076": "tunnel.targetPort is not within 1 to 65535",
}

NOTHING = TrafficPolicy()
PROTOCOLS = ("CONNECT", "POST")
PARTS = "loadBalancer, connectionPool, outlierDetection or tls"


def check_traffic_policy(
    policy: TrafficPolicy,
    path: str,
    namespace: str | None,
    report: Report,
    *,
    inherited: OutlierDetection | None = None,
) -> None:
    """Rules 9 to 77. `inherited` is the outlier detection of the host, which a subset without its own has too."""
    if policy == NOTHING:
        report.refuse("V2009", path, "the policy sets nothing, got {}", "Set a field of it, or leave it out.")
        return
    if policy.tunnel is not None and policy.proxy_protocol is not None:
        report.refuse(
            "V2010",
            f"{path}.proxyProtocol",
            "proxyProtocol is set beside tunnel",
            "Set one of the two.",
        )
    ejects = policy.outlier_detection is not None or inherited is not None
    _check_parts(policy, path, namespace, report, ejects=ejects)
    for index, port in enumerate(policy.port_level_settings):
        _check_port(port, f"{path}.portLevelSettings[{index}]", namespace, report)
    if policy.tunnel is not None:
        _check_tunnel(policy.tunnel, f"{path}.tunnel", report)


def _check_parts(
    policy: TrafficPolicy | TrafficPolicy.PortTrafficPolicy,
    path: str,
    namespace: str | None,
    report: Report,
    *,
    ejects: bool,
) -> None:
    if policy.outlier_detection is not None:
        check_outlier_detection(policy.outlier_detection, f"{path}.outlierDetection", report)
    if policy.connection_pool is not None:
        check_connection_pool(policy.connection_pool, f"{path}.connectionPool", report)
    if policy.load_balancer is not None:
        check_load_balancer(policy.load_balancer, f"{path}.loadBalancer", ejects=ejects, report=report)
    if policy.tls is not None:
        check_client_tls(policy.tls, f"{path}.tls", namespace, report)


def _check_port(policy: TrafficPolicy.PortTrafficPolicy, path: str, namespace: str | None, report: Report) -> None:
    if policy.port is None:
        report.refuse("V2072", f"{path}.port", "no port is named", "Set port.number to a port of the service.")
    parts = (policy.outlier_detection, policy.connection_pool, policy.load_balancer, policy.tls)
    if not any(part is not None for part in parts):
        report.refuse("V2073", path, "the settings of this port set nothing", f"Set {PARTS}, or leave the entry out.")
    # A port takes nothing over from the host, outlier detection included.
    _check_parts(policy, path, namespace, report, ejects=policy.outlier_detection is not None)


def _check_tunnel(tunnel: TrafficPolicy.TunnelSettings, path: str, report: Report) -> None:
    if tunnel.protocol and tunnel.protocol not in PROTOCOLS:
        report.refuse("V2074", f"{path}.protocol", f"{tunnel.protocol!r} opens no tunnel", "Write CONNECT or POST.")
    host = tunnel.target_host or ""
    if not is_ip(host) and fqdn_flaw(host) is not None:
        report.refuse(
            "V2075",
            f"{path}.targetHost",
            f"{host!r} is neither a full DNS name nor an IP address",
            "Name the host that the tunnel leads to, such as example.com or 203.0.113.7.",
        )
    report.refuse_if("V2076", f"{path}.targetPort", port_flaw(tunnel.target_port or 0))
