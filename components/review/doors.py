"""What changes at the entrances: the ports and hosts of a Gateway, and their TLS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from components.api import JSON
from components.api.networking.gateway import Gateway, Server
from components.review.fields import changed, described, plain
from components.review.lines import Line, Mark, Topic
from components.review.marking import listed, value
from components.review.objects import Key, Sides


class Door(NamedTuple):
    """One port of a gateway."""

    number: int
    protocol: str

    def __str__(self) -> str:
        return f"port {value(self.number)} ({self.protocol})"


def changes(key: Key, before: Gateway | None, after: Gateway | None, names: Sides) -> Iterator[Line]:
    """One Gateway; either side may lack it."""
    who = f"gateway {value(key.name)}"
    old, new = doors(before), doors(after)
    for door in dict.fromkeys((*old, *new)):
        known, told = old.get(door, {}), new.get(door, {})
        come, gone = [host for host in told if host not in known], [host for host in known if host not in told]
        if come:
            verb, too = ("new: ", "") if before is None else ("", " too")
            tls = _tls([told[host] for host in come])
            yield Line(Topic.GATEWAYS, Mark.NEW, f"{verb}{who} serves {_hosts(come)} on {door}{too}{tls}")
        if gone:
            verb = "gone: " if after is None else ""
            yield Line(Topic.GATEWAYS, Mark.GONE, f"{verb}{who} no longer serves {_hosts(gone)} on {door}")
        differing: dict[str, list[str]] = {}
        for host in known:
            if host in told and (text := changed(_besides(known[host]), _besides(told[host]))):
                differing.setdefault(text, []).append(host)
        for text, hosts in differing.items():
            yield Line(Topic.GATEWAYS, Mark.CHANGED, f"{who}, {_hosts(hosts)} on {door}: {text}")
    if before is not None and after is not None and before.selector != after.selector:
        text = changed({"pods": dict(before.selector)}, {"pods": dict(after.selector)})
        yield Line(Topic.GATEWAYS, Mark.CHANGED, f"{who} is served by other pods: {text}")


def doors(gateway: Gateway | None) -> dict[Door, dict[str, Server]]:
    """The hosts of each port, and the server that says what is done with them."""
    found: dict[Door, dict[str, Server]] = {}
    for server in gateway.servers if gateway else ():
        port = server.port
        door = Door(port.number or 0 if port else 0, port.protocol or "" if port else "")
        for host in server.hosts:
            found.setdefault(door, {})[host.rpartition("/")[2]] = server
    return found


def _besides(server: Server) -> Mapping[str, JSON]:
    kept = {key: each for key, each in plain(server).items() if key not in ("hosts", "port", "name")}
    port = {key: each for key, each in plain(server.port).items() if key not in ("number", "protocol", "name")}
    return {**kept, **port}


def _tls(servers: list[Server]) -> str:
    said = dict.fromkeys(described(server.tls) for server in servers if server.tls is not None)
    return f", TLS: {' or '.join(said)}" if said else ""


def _hosts(hosts: list[str]) -> str:
    return listed([value(host) for host in hosts])
