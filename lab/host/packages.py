"""Debian packages: install what is missing, start nothing."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError
from lab.host.commands import SEARCH_PATH, Commands
from lab.progress import Progress

# apt must not start the daemons it unpacks. A policy-rc.d would say so, but it is a file of the host's; these two
# variables say the same to invoke-rc.d and to systemctl for this one run.
_START_NOTHING = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1", "SYSTEMD_OFFLINE": "1"}


@dataclass(frozen=True, kw_only=True)
class Package:
    """A Debian package, and the programs (names, or absolute paths) that show it is not needed any more.

    Programs rather than dpkg's list, so that Docker or containerd from another source is used instead of fought.
    """

    name: str
    programs: tuple[str, ...]

    def missing(self) -> bool:
        """Whether any of the programs is not there."""
        return not all(found(program) for program in self.programs)


PACKAGES = (
    Package(name="containerd", programs=("containerd", "containerd-shim-runc-v2", "ctr")),
    Package(name="runc", programs=("runc",)),
    Package(
        name="containernetworking-plugins",
        programs=("/usr/lib/cni/bridge", "/usr/lib/cni/host-local", "/usr/lib/cni/portmap", "/usr/lib/cni/loopback"),
    ),
    Package(name="etcd-server", programs=("etcd",)),
    Package(name="docker-registry", programs=("docker-registry",)),
    Package(name="debootstrap", programs=("debootstrap",)),
    Package(name="iptables", programs=("iptables", "iptables-nft", "iptables-restore")),
    Package(name="iproute2", programs=("ip",)),
    Package(name="conntrack", programs=("conntrack",)),
    Package(name="tini", programs=("tini",)),
    Package(name="openssl", programs=("openssl",)),
    Package(name="util-linux", programs=("unshare", "nsenter", "setpriv", "setsid")),
)


def found(program: str) -> bool:
    """Whether a program is in the host's search path, sbin included, or at its absolute path."""
    return shutil.which(program, path=SEARCH_PATH) is not None


def install(packages: Sequence[Package], *, commands: Commands, progress: Progress) -> None:
    """Install those that are missing; nothing is asked of apt when none is. Raises LabError."""
    names = [package.name for package in packages if package.missing()]
    if not names:
        return
    with progress.step("Debian packages", doing=f"installing {', '.join(names)}", done="installed"):
        options = ("-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=2")
        if any(Path("/var/lib/dpkg/updates").iterdir()):
            # An installation that was cut short leaves dpkg refusing everything until this is done.
            commands.run("dpkg", "--configure", "-a", step="dpkg configure", env=_START_NOTHING, outlive=True)
        commands.run("apt-get", "update", *options, step="apt-get update", env=_START_NOTHING, outlive=True)
        commands.run(
            "apt-get", "install", "--yes", "--no-install-recommends", *options, *names,
            step="apt-get install", env=_START_NOTHING, outlive=True,
        )  # fmt: skip
    if still := [package for package in packages if package.missing()]:
        lacking = ", ".join(p for package in still for p in package.programs if not found(p))
        raise LabError(
            f"The packages {', '.join(p.name for p in still)} are installed, but {lacking} cannot be found in "
            f"{SEARCH_PATH.replace(os.pathsep, ', ')}. Reinstall them with apt-get install --reinstall and try again."
        )
