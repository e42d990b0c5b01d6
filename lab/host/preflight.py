"""Can this machine run the lab? All that speaks against it, at once, each with what to do."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError

MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
"""What the kernel calls the machine, and what Go, Debian and container images call it."""

_GIB = 1024**3
# Measured on Debian 12, amd64: modules 4.5, builds 6.9, tools 0.9, Docker 0.7, registry 0.2, base 0.1; rounded up.
_MODULES_GIB = 5
_BUILDS_GIB = 7
_CACHE_GIB = 3
_WARM_CACHE_GIB = 1
_STATE_GIB = 2
_CLI_GIB = 2
# One cluster takes 1.7 GiB, servicex and the plugins half a GiB; linking istiod takes 1.5 GiB while nothing else is up.
_MEMORY_GIB = 3


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What the checks look at. The defaults read the real machine; a test gives its own."""

    system: str
    machine: str
    uid: int
    available_memory: int
    """Bytes the kernel could hand out without swapping."""
    free_disk: Callable[[Path], int]
    """Bytes free on the file system that a folder (which may not exist yet) will be on."""
    device: Callable[[Path], int]
    """The number of that file system."""
    try_namespaces: Callable[[], str]
    """Empty when namespaces of every kind the lab uses can be made, else what the kernel said."""
    try_cgroups: Callable[[], str]
    """Empty when a cgroup can be made, else what the kernel said."""
    has_overlay: bool
    has_apt: bool


def look() -> Machine:
    """The machine we are on. Reads only, but for one cgroup that is made and removed."""
    linux = platform.system() == "Linux"
    return Machine(
        system=platform.system(),
        machine=platform.machine(),
        uid=os.geteuid() if hasattr(os, "geteuid") else -1,
        available_memory=available_memory() if linux else 0,
        free_disk=lambda folder: shutil.disk_usage(_existing(folder)).free,
        device=lambda folder: _existing(folder).stat().st_dev,
        try_namespaces=_try_namespaces,
        try_cgroups=_try_cgroups,
        has_overlay=linux and _has_overlay(),
        has_apt=shutil.which("apt-get") is not None,
    )


def available_memory() -> int:
    """Bytes the kernel could hand out without swapping."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def check(
    machine: Machine,
    *,
    lab: bool,
    starting: bool,
    cold: bool,
    cache: Path,
    state: Path,
    modules: Path,
    builds: Path,
) -> None:
    """Raise LabError with every reason why this machine will not do.

    `lab`: more than the command-line tools is wanted; `starting`: a cluster is about to start; `cold`: tools are still to be
    built, which fills Go's module cache `modules` and build cache `builds`.
    """
    elsewhere = "On a machine that has a Kubernetes cluster already, set KUBECONFIG: the lab is then not needed at all."
    if machine.system != "Linux" or machine.machine not in MACHINES:
        raise LabError(
            f"The lab needs Linux on {' or '.join(MACHINES)}; this is {machine.system} on {machine.machine}. {elsewhere}"
        )
    if lab and machine.uid != 0:
        raise LabError(
            f"The lab needs root, for network and mount namespaces; this is user id {machine.uid}. Run it with sudo, or "
            f"in a virtual machine of its own. {elsewhere}"
        )
    reasons = [*(_kernel(machine) if lab else ()), *(_memory(machine) if starting else ())]
    reasons += _disk(machine, _wanted(lab=lab, cold=cold, cache=cache, state=state, modules=modules, builds=builds))
    if reasons:
        raise LabError(f"This machine cannot run the lab. {' '.join(reasons)} {elsewhere if lab else ''}".strip())


def _wanted(
    *, lab: bool, cold: bool, cache: Path, state: Path, modules: Path, builds: Path
) -> list[tuple[Path, int, str]]:
    if not lab:
        parts = [(modules, _CLI_GIB, "Go modules"), (builds, _CLI_GIB, "Go builds"), (cache, 1, "cache")]
        return parts if cold else []
    held = [(cache, _CACHE_GIB if cold else _WARM_CACHE_GIB, "cache"), (state, _STATE_GIB, "state")]
    return held + ([(modules, _MODULES_GIB, "Go modules"), (builds, _BUILDS_GIB, "Go builds")] if cold else [])


def _kernel(machine: Machine) -> Iterator[str]:
    if not machine.has_apt:
        yield "There is no apt-get: the lab takes etcd, containerd and Docker from Debian 12 (bookworm)."
    if said := machine.try_namespaces():
        yield (
            f"Namespaces cannot be made ({said}): inside a container, give it --privileged, or use a virtual machine."
        )
    if said := machine.try_cgroups():
        yield f"Control groups cannot be made ({said}): mount /sys/fs/cgroup writable."
    if not machine.has_overlay:
        yield "The kernel has no overlay file system: load it with modprobe overlay."


def _memory(machine: Machine) -> Iterator[str]:
    if machine.available_memory < _MEMORY_GIB * _GIB:
        yield (
            f"{machine.available_memory / _GIB:.1f} GiB of memory are available, one cluster and its tools need "
            f"{_MEMORY_GIB} GiB: stop something or take a larger machine."
        )


def _disk(machine: Machine, wanted: list[tuple[Path, int, str]]) -> Iterator[str]:
    by_device: dict[int, list[tuple[Path, int, str]]] = {}
    for entry in wanted:
        by_device.setdefault(machine.device(entry[0]), []).append(entry)
    for entries in by_device.values():
        needed = sum(gib for _, gib, _ in entries)
        free = machine.free_disk(entries[0][0])
        if free < needed * _GIB:
            parts = ", ".join(f"{use} {gib} GiB in {folder}" for folder, gib, use in entries)
            yield (
                f"{free / _GIB:.1f} GiB of disk are free where {needed} GiB are needed ({parts}): make room, or move "
                "them with MESH_LAB_CACHE, MESH_LAB_STATE, GOMODCACHE and GOCACHE."
            )


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _try_namespaces() -> str:
    tried = ["unshare", "--mount", "--net", "--pid", "--fork", "--ipc", "--uts", "--propagation", "private"]
    try:
        done = subprocess.run(
            [*tried, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "there is no unshare; install util-linux"
    return "" if done.returncode == 0 else (done.stderr.strip().replace("\n", " ") or "no reason given")


def _try_cgroups() -> str:
    root = Path("/sys/fs/cgroup")
    probe = (root / "memory" if (root / "memory").is_dir() else root) / "mesh-lab-probe"
    try:
        probe.mkdir(exist_ok=True)
        probe.rmdir()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _has_overlay() -> bool:
    if "overlay" not in Path("/proc/filesystems").read_text():
        subprocess.run(["/sbin/modprobe", "overlay"], capture_output=True, check=False)
    return "overlay" in Path("/proc/filesystems").read_text()
