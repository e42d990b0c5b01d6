"""What a cell is called and where its parts lie: a pure function of its name, its slot and the state folder."""

import hashlib
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from lab.errors import LabError

SERVICE_CIDR = "10.96.0.0/16"
SERVICE_API = "10.96.0.1"
SERVICE_DNS = "10.96.0.10"
POD_CIDR = "10.244.0.0/16"
DOMAIN = "cluster.local"
API_PORT = 6443
# 198.18.0.0/15 is set aside for benchmarks (RFC 2544), so no real network routes it.
RANGE = IPv4Network("198.18.0.0/24")
SLOTS = RANGE.num_addresses // 4
# An interface name has at most 15 characters, 5 of which are "mesh-".
NAME = re.compile(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One of the /30 networks that join the host and a cell; `number` counts from 0."""

    number: int

    @property
    def network(self) -> IPv4Network:
        """The /30 network, for example 198.18.0.0/30."""
        return IPv4Network((int(RANGE.network_address) + 4 * self.number, 30))

    @property
    def host(self) -> IPv4Address:
        """The host's end of the link."""
        return self.network[1]

    @property
    def cell(self) -> IPv4Address:
        """The cell's end: address of the node, of the API server and of what Services publish."""
        return self.network[2]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Names and paths of one cell. `state` is the lab's state folder, `slot` the cell's addresses."""

    name: str
    state: Path
    slot: Slot

    @property
    def folder(self) -> Path:
        """Everything the cell keeps; gone after `stop()`."""
        return cell_folder(self.state, self.name)

    @property
    def node(self) -> str:
        """Name of the node, of the host's end of the link and of the cgroup: all `mesh-NAME`."""
        return f"mesh-{self.name}"

    @property
    def hardware_address(self) -> str:
        """MAC of the host's end. It is set as the link is made, so a link that has it is this cell's and nobody else's."""
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()
        return "02:" + ":".join(digest[i : i + 2] for i in range(0, 10, 2))

    @property
    def address(self) -> str:
        """The cell's address, for example 198.18.0.2."""
        return str(self.slot.cell)

    @property
    def server(self) -> str:
        """URL of the API server, the same inside and outside."""
        return f"https://{self.address}:{API_PORT}"

    @property
    def etc(self) -> Path:
        """The cell's own /etc."""
        return self.folder / "etc"

    @property
    def var(self) -> Path:
        """The cell's /var: etcd's data, the image store, the kubelet's pods, the logs."""
        return self.folder / "var"

    @property
    def pki(self) -> Path:
        """Keys and certificates; /etc/kubernetes/pki inside."""
        return self.etc / "kubernetes" / "pki"

    @property
    def logs(self) -> Path:
        """One file a daemon; /var/log/cell inside."""
        return self.var / "log" / "cell"

    @property
    def root(self) -> Path:
        """Where the cell's root is put together; stays empty in the host's view."""
        return self.folder / "root"

    @property
    def record(self) -> Path:
        """Who the cell's first process is (see identity)."""
        return self.folder / "process.json"

    @property
    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig for use from the host, certificates included."""
        return self.folder / "kubeconfig"


def check_name(name: str) -> str:
    """The name itself when it can name a cell. Raises LabError otherwise."""
    if not NAME.fullmatch(name):
        raise LabError(
            f"A cell cannot be named {name!r}: a name is 1 to 10 characters of a-z, 0-9 and -, starts with a letter and "
            "does not end with -, since the network link is called mesh-NAME. Choose a shorter stack name."
        )
    return name


def cell_folder(state: Path, name: str) -> Path:
    """The folder of the cell called `name` under the lab's state folder."""
    return state / "cells" / name
