"""A Gateway: its servers, each with hosts, a port, an address to listen on and TLS.

Rules: Gateway's 1 to 40 of istiod's webhook (ValidateGateway, validateServer); 21 to 37 stand with `server_tls`. A null
server (3) is decoded as an empty one, and refused for what it lacks.
"""

from __future__ import annotations

from components.api.networking.gateway import Gateway, Port, Server, ServerTLSSettings
from components.api.resource import Resource
from components.api.validation.formats import dns_label_flaw, ip_flaw, port_flaw, protocol_flaw, unix_address_flaw
from components.api.validation.namespaced_hosts import HostCodes, check_host_name, check_namespaced_host
from components.api.validation.protocols import is_http, is_tls
from components.api.validation.server_tls import check_server_tls
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V3001": "the Gateway's name is no DNS label",
    "V3002": "no servers",
    "V3004": "two servers have one port name",
    "V3005": "a server that is not HTTP redirects to HTTPS",
    "V3006": "a server has no hosts",
    "V3007": "a host has an empty part before or after its slash",
    "V3008": "a host's namespace is no namespace",
    "V3009": "a host is a short name",
    "V3010": "a host is neither a DNS name nor an address",
    "V3011": "a host of a server has a wildcard that is not its whole first label",
    "V3012": "a server has no port",
    "V3013": "a port has no protocol, or one that there is not",
    "V3014": "a server's port number is not within 1 to 65535",
    "V3015": "a port has targetPort, which has no effect",
    "V3016": "a port has no name",
    "V3017": "bind is a socket without a path",
    "V3018": "bind is a socket whose path is not absolute, or a folder",
    "V3019": "bind is a socket, and the port has a number",
    "V3020": "bind is no IP address",
    "V3038": "an HTTPS or TLS port has no tls",
    "V3039": "a plain HTTP port has tls that is more than a redirect",
    "V3040": "a port that is neither HTTP nor TLS has tls",
}

HOSTS = HostCodes(empty_part="V3007", namespace="V3008", short="V3009", domain="V3010", partial_wildcard="V3011")
UNIX = "unix://"
MODE = ServerTLSSettings.TLSmode
PASSED_THROUGH = (None, MODE.PASSTHROUGH, MODE.AUTO_PASSTHROUGH)
# Set by istiod on what it made of a Gateway of the Kubernetes Gateway API.
CONVERTED = ("internal.istio.io/gateway-semantics", "gateway")


def check(resource: Resource[Gateway], report: Report) -> None:
    """All that the webhook checks of a Gateway."""
    metadata = resource.metadata
    converted = metadata.annotations.get(CONVERTED[0]) == CONVERTED[1]
    if metadata.name is not None and not converted:
        report.refuse_if("V3001", "metadata.name", dns_label_flaw(metadata.name))
    if not resource.spec.servers:
        report.refuse("V3002", "spec.servers", "the Gateway has no servers", "Give at least one, with port and hosts.")
    names: dict[str, int] = {}
    namespaces = ("*", ".", "~") if converted else ("*", ".")
    for index, server in enumerate(resource.spec.servers):
        path = f"spec.servers[{index}]"
        _check_hosts(server, path, namespaces, report)
        if server.port is None:
            report.refuse("V3012", f"{path}.port", "the server has no port", "Give number, protocol and name.")
            right = False
        else:
            before = len(report.violations)
            _check_port(server.port, server.bind or "", f"{path}.port", report)
            right = len(report.violations) == before
            _check_port_name(server.port, index, names, path, report)
        if server.bind:
            _check_bind(server.bind, server.port, path, report)
        if server.tls is not None:
            check_server_tls(server.tls, f"{path}.tls", report)
        if right:
            _check_tls_fits(server, path, report)


def _check_hosts(server: Server, path: str, namespaces: tuple[str, ...], report: Report) -> None:
    if not server.hosts:
        report.refuse("V3006", f"{path}.hosts", "the server has no hosts", 'Give at least one; "*" stands for all.')
    for index, host in enumerate(server.hosts):
        inner = f"{path}.hosts[{index}]"
        if "/" in host:
            check_namespaced_host(host, inner, HOSTS, report, namespaces=namespaces, addresses=True)
        else:
            check_host_name(host, inner, HOSTS, report, addresses=True)


def _check_port(port: Port, bind: str, path: str, report: Report) -> None:
    if port.protocol:
        report.refuse_if("V3013", f"{path}.protocol", protocol_flaw(port.protocol))
    else:
        report.refuse("V3013", f"{path}.protocol", "the port has no protocol", "Give one, such as HTTP or HTTPS.")
    if port.number or not bind.startswith(UNIX):
        report.refuse_if("V3014", f"{path}.number", port_flaw(port.number or 0))
    if port.target_port:
        report.refuse(
            "V3015",
            f"{path}.targetPort",
            f"targetPort is {port.target_port}, which has no effect on a Gateway",
            "Leave it out; the gateway's Service says which port of the pod is meant.",
        )


def _check_port_name(port: Port, index: int, names: dict[str, int], path: str, report: Report) -> None:
    inner = f"{path}.port.name"
    if not port.name:
        report.refuse("V3016", inner, "the port has no name", "Name it, such as http.")
    elif port.name in names:
        report.refuse(
            "V3004",
            inner,
            f"{port.name!r} is the name of the port of server {names[port.name]} already",
            "Give each port a name of its own.",
        )
    else:
        names[port.name] = index


def _check_bind(bind: str, port: Port | None, path: str, report: Report) -> None:
    if not bind.startswith(UNIX):
        report.refuse_if("V3020", f"{path}.bind", ip_flaw(bind))
        return
    socket = bind.removeprefix(UNIX)
    report.refuse_if("V3018" if socket else "V3017", f"{path}.bind", unix_address_flaw(socket))
    if port is not None and port.number:
        report.refuse(
            "V3019",
            f"{path}.port.number",
            f"the port is {port.number}, but bind is the socket {bind!r}",
            "Write 0, or bind to an IP address.",
        )


def _check_tls_fits(server: Server, path: str, report: Report) -> None:
    port, tls = server.port, server.tls
    assert port is not None
    protocol = port.protocol or ""
    if tls is None:
        if is_tls(protocol):
            report.refuse(
                "V3038",
                f"{path}.tls",
                f"tls is not set, but the protocol is {protocol}",
                "Set tls with mode and credentialName, or mode PASSTHROUGH.",
            )
        return
    if tls.https_redirect and not is_http(protocol):
        report.warn(
            "V3005",
            f"{path}.tls.httpsRedirect",
            f"httpsRedirect is true, but the protocol is {protocol}",
            "Set it on a server with protocol HTTP, or leave it out.",
        )
    if is_tls(protocol):
        return
    if not is_http(protocol):
        report.refuse(
            "V3040",
            f"{path}.tls",
            f"tls is set, but the protocol is {protocol}",
            "Leave tls out, or write TLS or HTTPS.",
        )
    elif tls.mode not in PASSED_THROUGH or tls.ca_certificates or tls.private_key or tls.server_certificate:
        report.refuse(
            "V3039",
            f"{path}.tls",
            f"tls is more than a redirect, but the protocol is {protocol}",
            "Keep httpsRedirect alone, or write HTTPS.",
        )
