"""The shell script that turns fresh namespaces into a cell: network, private root, then the supervisor. A pure function.

It runs as the first process of the cell, at first with the host's files in view. It prints its host pid, waits for one
line on its input and only then goes on: when whoever started it dies before, the input ends and so does the cell.
"""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.cell.layout import SERVICE_CIDR, Layout

# What the kubelet insists on and the host must keep its own values of: it sees private files instead.
KUBELET_SYSCTLS = {
    "vm/overcommit_memory": 1,
    "vm/panic_on_oom": 0,
    "kernel/panic": 10,
    "kernel/panic_on_oops": 1,
    "kernel/keys/root_maxkeys": 1_000_000,
    "kernel/keys/root_maxbytes": 25_000_000,
}
# Sockets orphaned at the end would otherwise hold the network namespace for a minute and a half.
NETWORK_SYSCTLS = {"ipv4/ip_forward": 1, "ipv4/tcp_orphan_retries": 1}
DEVICES = {
    "null": "1 3",
    "zero": "1 5",
    "full": "1 7",
    "random": "1 8",
    "urandom": "1 9",
    "tty": "5 0",
    "kmsg": "1 11",
}


@dataclass(frozen=True, kw_only=True)
class Mounted:
    """A file or folder of the host that the cell sees read-only at `inside`, a path without the leading slash."""

    source: Path
    inside: str
    folder: bool


def script(layout: Layout, *, mounted: Iterable[Mounted], links: Mapping[str, str], command: Iterable[str]) -> str:
    """The script. `links` are symbolic links at the root: name -> target, for example bin -> usr/bin."""
    parts = (
        "set -eu",
        _wait(),
        _network(layout),
        _root(layout, mounted, links),
        _kernel(),
        _devices(),
        _pivot(layout),
    )
    return "\n".join((*parts, f"exec {shlex.join(command)} </dev/null"))


def _wait() -> str:
    return 'read -r pid rest </proc/self/stat\necho "$pid"\nread -r go || exit 1\nexec >/dev/null'


def _network(layout: Layout) -> str:
    lines = [
        "ip -batch - <<END",
        "link set lo up",
        f"addr add {layout.address}/30 dev eth0",
        "link set eth0 up",
    ]
    # The API server calls webhooks by Service address, which needs some route before NAT can rewrite it.
    lines += [f"route add {SERVICE_CIDR} dev lo src {layout.address}", "END"]
    lines += [f"echo {value} >/proc/sys/net/{key}" for key, value in NETWORK_SYSCTLS.items()]
    # Pods answer the host but do not call it, nor through it anything else.
    lines.append("iptables -w -A FORWARD -o eth0 -m conntrack --ctstate NEW -j REJECT")
    lines.append(f"echo {layout.node} >/proc/sys/kernel/hostname")
    return "\n".join(lines)


def _root(layout: Layout, mounted: Iterable[Mounted], links: Mapping[str, str]) -> str:
    root = shlex.quote(str(layout.root))
    lines = [
        f"mount -t tmpfs -o mode=755,size=64m cell {root}",
        f"cd {root}",
        "mkdir -p etc var run proc sys dev tmp root srv old",
        "mount -t tmpfs -o mode=755,size=256m cell run",
        "mount -t tmpfs -o mode=1777,size=1g cell tmp",
        f"mount -o bind,ro {shlex.quote(str(layout.etc))} etc",
        f"mount -o bind {shlex.quote(str(layout.var))} var",
    ]
    for item in mounted:
        inside, source = shlex.quote(item.inside), shlex.quote(str(item.source))
        lines.append(f"mkdir -p {inside}" if item.folder else f"mkdir -p $(dirname {inside}); : >{inside}")
        lines.append(f"mount -o bind,ro {source} {inside}")
    lines += [f"ln -s {shlex.quote(target)} {shlex.quote(name)}" for name, target in links.items()]
    return "\n".join(lines)


def _kernel() -> str:
    lines = [
        "mount -t proc proc proc",
        "mount -o bind proc/sys proc/sys",
        "mount -o bind proc/sys/net proc/sys/net",
        "mount -o remount,bind,ro proc/sys",
        "mkdir run/sysctl",
    ]
    for number, (key, value) in enumerate(KUBELET_SYSCTLS.items()):
        lines.append(f"echo {value} >run/sysctl/{number}; mount -o bind run/sysctl/{number} proc/sys/{key}")
    # The control groups are a tree of mounts, so this one bind is recursive.
    lines += ["mount -t sysfs -o ro sysfs sys", "mount --rbind /sys/fs/cgroup sys/fs/cgroup"]
    return "\n".join(lines)


def _devices() -> str:
    lines = ["mount -t tmpfs -o mode=755,size=1m cell dev", "mkdir dev/pts dev/shm"]
    lines += [f"mknod -m 666 dev/{name} c {number}" for name, number in DEVICES.items()]
    lines += [
        "mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts",
        "mount -t tmpfs -o mode=1777,size=64m cell dev/shm",
        "ln -s pts/ptmx dev/ptmx",
        "ln -s /proc/self/fd dev/fd",
    ]
    return "\n".join(lines)


def _pivot(layout: Layout) -> str:
    del layout
    # Shared within the cell: what the kubelet mounts is to reach the pods that ask for it.
    return "\n".join(("pivot_root . old", "cd /", "umount -l /old", "rmdir /old", "mount --make-rshared /"))
