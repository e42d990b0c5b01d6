"""What the proxies of a Sidecar take in: listeners, each with a port, where it leads, TLS and limits.

Rules: Sidecar's 4 to 25 of istiod's webhook; TLS also meets Gateway's (V3021 to V3037), limits DestinationRule's
(V2017 to V2034). A null listener (3) is decoded as an empty one, and refused for what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.api.networking.gateway import ServerTLSSettings
from components.api.networking.sidecar import IstioIngressListener, SidecarPort
from components.api.validation.circuit_breaking import check_connection_pool
from components.api.validation.formats import port_flaw, unix_address_flaw
from components.api.validation.protocols import is_http, is_tls
from components.api.validation.server_tls import check_server_tls
from components.api.validation.sidecar_ports import PortCodes, check_port
from components.api.validation.violation import Report

__all__ = ["CODES", "check_ingress"]

CODES = {
    "V5004": "an ingress listener has no port",
    "V5005": "an ingress port has targetPort, which has no effect",
    "V5006": "an ingress port's name is no DNS label",
    "V5007": "an ingress port's protocol is unknown",
    "V5008": "an ingress port's number is not within 1 to 65535",
    "V5009": "an ingress listener's bind is no IP address",
    "V5010": "two ingress listeners have one port",
    "V5011": "defaultEndpoint is a socket whose path is not absolute, or a folder",
    "V5012": "defaultEndpoint is not host:port",
    "V5013": "defaultEndpoint's host is neither this one nor any",
    "V5014": "defaultEndpoint's port is no number",
    "V5015": "defaultEndpoint's port is not within 1 to 65535",
    "V5016": "an ingress listener's tls has subjectAltNames",
    "V5017": "an ingress listener's tls redirects to HTTPS",
    "V5018": "an ingress listener's tls has credentialName",
    "V5019": "an ingress listener's tls has credentialNames",
    "V5020": "an ingress listener's tls has tlsCertificates",
    "V5021": "an ingress listener's tls has mode ISTIO_MUTUAL or AUTO_PASSTHROUGH",
    "V5022": "an ingress listener has tls, but its protocol is not on TLS",
    "V5025": "an ingress listener has limits for HTTP, but its protocol is not HTTP",
}

PORT = PortCodes(target="V5005", name="V5006", protocol="V5007", number="V5008", bind="V5009")
UNIX = "unix://"
OWN_HOSTS = ("", "127.0.0.1", "0.0.0.0", "::1", "::")
# Of a host in brackets or without colons, and what follows the last colon.
ENDPOINT = re.compile(r"(?:\[([^\[\]]*)\]|([^:\[\]]*)):([^:\[\]]*)")
NUMBER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
MODE = ServerTLSSettings.TLSmode
REFUSED_MODES = (MODE.ISTIO_MUTUAL, MODE.AUTO_PASSTHROUGH)


def check_ingress(listeners: Sequence[IstioIngressListener], path: str, report: Report) -> None:
    """Rules 4 to 25."""
    taken: dict[int, int] = {}
    for index, listener in enumerate(listeners):
        inner = f"{path}[{index}]"
        port = listener.port
        if port is None:
            report.refuse("V5004", f"{inner}.port", "the listener has no port", "Give number and protocol.")
            continue
        check_port(port, listener.bind, inner, PORT, report, socket=False)
        number = port.number or 0
        if number and number in taken:
            report.refuse(
                "V5010",
                f"{inner}.port.number",
                f"port {number} is that of listener {taken[number]} already, whatever their bind",
                "Give each listener a port of its own.",
            )
        taken.setdefault(number, index)
        if listener.default_endpoint:
            _check_endpoint(listener.default_endpoint, f"{inner}.defaultEndpoint", report)
        if listener.tls is not None:
            _check_tls(listener.tls, port, f"{inner}.tls", report)
        if listener.connection_pool is not None:
            check_connection_pool(listener.connection_pool, f"{inner}.connectionPool", report)
            if listener.connection_pool.http is not None and not is_http(port.protocol):
                report.warn(
                    "V5025",
                    f"{inner}.connectionPool.http",
                    f"limits for HTTP are given, but the protocol is {port.protocol or 'not set'}, so they are ignored",
                    "Write protocol HTTP, HTTP2 or GRPC, or set tcp alone.",
                )


def _check_endpoint(endpoint: str, path: str, report: Report) -> None:
    if endpoint.startswith(UNIX):
        report.refuse_if("V5011", path, unix_address_flaw(endpoint.removeprefix(UNIX)))
        return
    allowed = 'Write "127.0.0.1:PORT", "0.0.0.0:PORT", "[::1]:PORT", "[::]:PORT" or "unix://" and a path.'
    parts = ENDPOINT.fullmatch(endpoint)
    if parts is None:
        report.refuse("V5012", path, f"{endpoint!r} is not host:port", allowed)
        return
    host, port = parts[1] or parts[2] or "", parts[3]
    if host not in OWN_HOSTS:
        report.refuse("V5013", path, f"{host!r} in {endpoint!r} is neither the host itself nor any", allowed)
    if not NUMBER.fullmatch(port):
        report.refuse("V5014", path, f"{port!r} in {endpoint!r} is no number", allowed)
    else:
        report.refuse_if("V5015", path, port_flaw(int(port)))


def _check_tls(tls: ServerTLSSettings, port: SidecarPort, path: str, report: Report) -> None:
    for code, name, given in (
        ("V5016", "subjectAltNames", tls.subject_alt_names),
        ("V5017", "httpsRedirect", tls.https_redirect),
        ("V5018", "credentialName", tls.credential_name),
        ("V5019", "credentialNames", tls.credential_names),
        ("V5020", "tlsCertificates", tls.tls_certificates),
    ):
        if given:
            shown = len(given) if isinstance(given, tuple) else "true" if given is True else repr(given)
            report.refuse(
                code,
                f"{path}.{name}",
                f"{name} is given ({shown}), which a Sidecar does not take",
                "Leave it out; certificates come from files: serverCertificate, privateKey and caCertificates.",
            )
    if tls.mode in REFUSED_MODES:
        assert tls.mode is not None
        report.refuse(
            "V5021",
            f"{path}.mode",
            f"mode {tls.mode.value} is not for what comes in to a sidecar",
            "Write SIMPLE or MUTUAL; mutual TLS of the mesh is what PeerAuthentication decides.",
        )
    if not is_tls(port.protocol):
        report.refuse(
            "V5022",
            path,
            f"tls is set, but the protocol is {port.protocol or 'not set'}",
            "Write protocol HTTPS or TLS, or leave tls out.",
        )
    check_server_tls(tls, path, report)
