"""What the proxies of a Sidecar may reach: listeners, each with hosts and perhaps a port or socket.

Rules: Sidecar's 28 to 48 of istiod's webhook. A null listener (27) is decoded as an empty one, and refused for what
it lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.api.networking.sidecar import CaptureMode, IstioEgressListener, SidecarPort
from components.api.validation.formats import unix_address_flaw
from components.api.validation.namespaced_hosts import HostCodes, check_namespaced_host
from components.api.validation.sidecar_ports import PortCodes, check_port
from components.api.validation.violation import Report

__all__ = ["CODES", "check_egress"]

CODES = {
    "V5028": "an egress listener without port is not the last",
    "V5029": "several egress listeners have no port",
    "V5030": "an egress port has targetPort, which has no effect",
    "V5031": "an egress port's name is no DNS label",
    "V5032": "an egress port's protocol is unknown",
    "V5033": "an egress port has no number, and bind is no socket",
    "V5034": "an egress listener's bind is a socket whose path is not absolute, or a folder",
    "V5035": "an egress listener on a socket captures by iptables",
    "V5036": "an egress port's number is not within 1 to 65535",
    "V5037": "an egress listener's bind is no IP address",
    "V5038": "two egress listeners have one socket",
    "V5039": "two egress listeners have one port",
    "V5040": "an egress listener has no hosts",
    "V5041": "an egress host is not namespace/name",
    "V5042": "an egress host has an empty part before or after its slash",
    "V5043": "an egress host's namespace is no namespace",
    "V5044": "an egress host is a short name",
    "V5045": "an egress host is no DNS name",
    "V5046": "an egress host has a wildcard that is not its whole first label",
    "V5047": "an egress host is there twice, or covered by another",
    "V5048": "an egress host stands beside */*, which has it already",
}

PORT = PortCodes(target="V5030", name="V5031", protocol="V5032", number="V5036", bind="V5037")
HOSTS = HostCodes(empty_part="V5042", namespace="V5043", short="V5044", domain="V5045", partial_wildcard="V5046")
UNIX = "unix://"
NAMESPACES = ("*", ".")


def check_egress(listeners: Sequence[IstioEgressListener], namespace: str | None, path: str, report: Report) -> None:
    """Rules 28 to 48; `namespace` is the document's, for which "." stands."""
    open_ones = [index for index, listener in enumerate(listeners) if listener.port is None]
    if open_ones and open_ones != [len(listeners) - 1]:
        _check_open(open_ones, path, report)
    taken: dict[int | str, int] = {}
    for index, listener in enumerate(listeners):
        inner = f"{path}[{index}]"
        if listener.port is not None:
            _check_port(listener, listener.port, inner, report)
            _check_unique(listener.port.number or listener.bind or "", index, taken, inner, report)
        _check_hosts(listener.hosts, namespace or ".", f"{inner}.hosts", report)


def _check_open(open_ones: Sequence[int], path: str, report: Report) -> None:
    if len(open_ones) == 1:
        report.refuse(
            "V5028",
            f"{path}[{open_ones[0]}]",
            f"listener {open_ones[0]} has no port, so it is for all others, but is not the last",
            "Put it last, or give it a port.",
        )
        return
    for index in open_ones[:-1]:
        report.refuse(
            "V5029",
            f"{path}[{index}]",
            f"listeners {', '.join(map(str, open_ones))} have no port",
            "Put all their hosts into one, which is the last.",
        )


def _check_port(listener: IstioEgressListener, port: SidecarPort, path: str, report: Report) -> None:
    bind = listener.bind or ""
    check_port(port, bind, path, PORT, report, socket=not port.number)
    if port.number:
        return
    if not bind.startswith(UNIX):
        report.refuse(
            "V5033",
            f"{path}.port.number",
            f"the port has no number, and bind is {bind!r}",
            'Give a port from 1 to 65535, or bind to "unix://" and a path.',
        )
    else:
        report.refuse_if("V5034", f"{path}.bind", unix_address_flaw(bind.removeprefix(UNIX)))
    if listener.capture_mode is CaptureMode.IPTABLES:
        report.refuse(
            "V5035",
            f"{path}.captureMode",
            "captureMode is IPTABLES, but no packets come to a socket",
            "Write DEFAULT or NONE.",
        )


def _check_unique(address: int | str, index: int, taken: dict[int | str, int], path: str, report: Report) -> None:
    if not address:
        return
    if address in taken:
        code, field = ("V5038", "bind") if isinstance(address, str) else ("V5039", "port.number")
        report.refuse(
            code,
            f"{path}.{field}",
            f"{address!r} is where listener {taken[address]} listens already, whatever else they have",
            "Put the hosts of both into one listener.",
        )
    taken.setdefault(address, index)


def _check_hosts(hosts: Sequence[str], own: str, path: str, report: Report) -> None:
    if not hosts:
        report.refuse("V5040", path, "the listener has no hosts", 'Give at least one; "*/*" stands for all.')
    by_namespace: dict[str, set[str]] = {}
    for index, host in enumerate(hosts):
        inner = f"{path}[{index}]"
        namespace, slash, name = host.partition("/")
        if not slash:
            report.refuse(
                "V5041",
                inner,
                f"{host!r} is not namespace/name",
                'Write "*/NAME" for any namespace, "./NAME" for the own, "*/*" for all.',
            )
            continue
        check_namespaced_host(host, inner, HOSTS, report, namespaces=NAMESPACES, excludes=True)
        if namespace.startswith("~"):
            continue
        names = by_namespace.setdefault(own if namespace == "." else namespace, set())
        if name in names or "*" in names or (name == "*" and names):
            report.warn(
                "V5047",
                inner,
                f"{host!r} is there twice, or another host of the list has it already",
                "Name each host once; namespace/* has all of a namespace.",
            )
        names.add(name)
    if len(by_namespace) > 1 and "*" in by_namespace.get("*", ()):
        report.warn(
            "V5048",
            path,
            f"{', '.join(hosts)}: */* has all hosts of all namespaces",
            "Leave the others out, or leave out */*.",
        )
