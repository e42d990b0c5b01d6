"""Control groups of a cell: one of its name in every hierarchy, version 1, 2 or both, made before and removed after."""

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
# The cell's daemons; pods lie beside it, where the kubelet puts them.
DAEMONS = "daemons"
WANTED = ("cpuset", "cpu", "io", "memory", "pids")


def hierarchies(mounts: str) -> tuple[tuple[Path, bool], ...]:
    """Mount points of the control group hierarchies in a mountinfo text (proc(5)), each with whether it is version 2."""
    found = []
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        kind = after.split()[0]
        if kind in ("cgroup", "cgroup2"):
            found.append((Path(before.split()[4]), kind == "cgroup2"))
    return tuple(found)


def create(name: str, *, within: Iterable[tuple[Path, bool]]) -> None:
    """Make NAME and NAME/daemons in every hierarchy, usable at once."""
    for mount, second in within:
        if second:
            _delegate(mount)
        for group in (mount / name, mount / name / DAEMONS):
            group.mkdir(exist_ok=True)
            for setting in ("cpuset.cpus", "cpuset.mems"):
                # A version 1 cpuset starts empty and takes no process until it has both.
                if not second and (group / setting).exists():
                    (group / setting).write_text((group.parent / setting).read_text())
            if second and group.name != DAEMONS:
                _delegate(group)


def join(name: str, pid: int, *, within: Iterable[tuple[Path, bool]]) -> None:
    """Move process `pid` into NAME/daemons everywhere."""
    for mount, _ in within:
        (mount / name / DAEMONS / "cgroup.procs").write_text(str(pid))


def processes(name: str, *, within: Iterable[tuple[Path, bool]]) -> frozenset[int]:
    """Pids in NAME and below, in any hierarchy."""
    pids: set[int] = set()
    for mount, _ in within:
        for folder, _, _ in os.walk(mount / name):
            with contextlib.suppress(OSError):
                pids.update(int(line) for line in (Path(folder) / "cgroup.procs").read_text().split())
    return frozenset(pids)


def remove(name: str, *, within: Iterable[tuple[Path, bool]], seconds: float) -> bool:
    """Remove NAME and all below, deepest first; whether all were gone within `seconds` (ended processes leave late)."""
    deadline = time.monotonic() + seconds
    tops = [mount / name for mount, _ in within]
    while True:
        for top in tops:
            for folder, _, _ in os.walk(top, topdown=False):
                with contextlib.suppress(OSError):
                    os.rmdir(folder)
        if not any(top.exists() for top in tops):
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)


def _delegate(group: Path) -> None:
    offered = (group / "cgroup.controllers").read_text().split()
    enabled = (group / "cgroup.subtree_control").read_text().split()
    for controller in WANTED:
        if controller in offered and controller not in enabled:
            (group / "cgroup.subtree_control").write_text(f"+{controller}")
