"""The one network link between the host and a cell, and which addresses are free for it. Acts through `ip`."""

import json
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network

from lab.cell.layout import RANGE, SLOTS, Layout, Slot
from lab.errors import LabError


@dataclass(frozen=True, kw_only=True)
class Interface:
    """One interface of the host: its name, MAC and the networks its IPv4 addresses lie in."""

    name: str
    hardware_address: str
    networks: tuple[IPv4Network, ...]


def interfaces() -> tuple[Interface, ...]:
    """All interfaces of the host."""
    return tuple(
        Interface(
            name=entry["ifname"],
            hardware_address=entry.get("address", ""),
            networks=tuple(
                IPv4Interface(f"{address['local']}/{address['prefixlen']}").network
                for address in entry["addr_info"]
                if address["family"] == "inet"
            ),
        )
        for entry in json.loads(_ip("-json", "address", "show"))
    )


def routes() -> tuple[IPv4Network, ...]:
    """Destinations of the host's routes, without the default one."""
    found = (
        entry["dst"] for entry in json.loads(_ip("-json", "-4", "route", "show", "table", "all", "type", "unicast"))
    )
    return tuple(IPv4Network(destination, strict=False) for destination in found if destination != "default")


def foreign(layout: Layout) -> bool:
    """Whether a link of the cell's name is there that is not the cell's: then its name is another's, in all it names."""
    return any(interface.name == layout.node and not _owned(interface, layout) for interface in interfaces())


def choose(taken: Iterable[int], *, there: Sequence[Interface], routed: Sequence[IPv4Network]) -> Slot:
    """The lowest slot that neither another cell has nor the host uses. Raises LabError when there is none."""
    others = frozenset(taken)
    used = {network: f"the interface {interface.name}" for interface in there for network in interface.networks}
    for network in routed:
        used.setdefault(network, f"a route to {network}")
    for slot in (Slot(number=number) for number in range(SLOTS) if number not in others):
        if not any(network.overlaps(slot.network) for network in used):
            return slot
    by = sorted(user for network, user in used.items() if network.overlaps(RANGE))
    raise LabError(
        f"No network of {RANGE} is free for a cell: {len(others)} of {SLOTS} are taken by cells of the lab, others by "
        f"{', '.join(by) or 'nothing else'}. Stop a cell with make down STACK=..., or what set that up (a VPN?)."
    )


def present(layout: Layout) -> bool:
    """Whether the cell's own link is there."""
    return any(_owned(interface, layout) for interface in interfaces())


def check(layout: Layout, *, there: Sequence[Interface]) -> None:
    """Raises LabError when the link's name or network belongs to something else. A pure function."""
    for interface in there:
        if _owned(interface, layout):
            continue
        if interface.name == layout.node:
            raise LabError(
                f"A network interface {interface.name} is there already (MAC {interface.hardware_address}) and is not this "
                f"cell's. It belongs to a cell with another state folder or to something else: stop that, or remove it "
                f"with `ip link delete {interface.name}` if nobody needs it."
            )
        if any(network.overlaps(layout.slot.network) for network in interface.networks):
            raise LabError(
                f"The network {layout.slot.network} of cell {layout.name} is now used by the interface {interface.name}, "
                f"too. Take the address off it, or give up this cell's data and address: make down STACK={layout.name}."
            )


def create(layout: Layout, pid: int) -> None:
    """Make the link, the other end in the namespace of process `pid` as eth0."""
    _ip(
        *("link", "add", layout.node, "address", layout.hardware_address, "type", "veth"),
        *("peer", "name", "eth0", "netns", str(pid)),
    )
    _ip("address", "add", f"{layout.slot.host}/30", "dev", layout.node)
    _ip("link", "set", layout.node, "up")


def delete(layout: Layout, *, seconds: float = 5.0) -> None:
    """Delete the cell's link if it is there; another's of the same name stays."""
    deadline = time.monotonic() + seconds
    while present(layout):
        try:
            _ip("link", "delete", layout.node)
        except LabError:
            # It goes by itself as its namespace does, maybe right now.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _owned(interface: Interface, layout: Layout) -> bool:
    return interface.name == layout.node and interface.hardware_address == layout.hardware_address


def _ip(*arguments: str) -> str:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError(f"`ip {' '.join(arguments)}` failed: {done.stderr.strip()}")
    return done.stdout
