"""Images kept unpacked for later cells: a containerd store of its own, keyed by what it holds, hard-linked into a cell."""

import contextlib
import hashlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.cell.files import STORE, STORE_SOCKET
from lab.errors import LabError

# The two files containerd writes in place; all others are written once, so that a link to them is as good as a copy.
WRITTEN_IN_PLACE = (
    "io.containerd.metadata.v1.bolt/meta.db",
    "io.containerd.snapshotter.v1.overlayfs/metadata.db",
)
# Part of the key: stores of another shape are not read.
FORMAT = "1"


@dataclass(frozen=True, kw_only=True)
class Store:
    """The store for `references` as the registry folder has them now, somewhere below `folder`."""

    folder: Path
    registry: Path
    references: tuple[str, ...]

    def complete(self) -> bool:
        """Whether the registry has every reference."""
        return all(self._digest(reference) for reference in self.references)

    @property
    def path(self) -> Path:
        """Where it is or would be. The name changes with any reference's digest."""
        lines = sorted(f"{reference}@{self._digest(reference)}" for reference in self.references)
        return self.folder / hashlib.sha256("\n".join([FORMAT, *lines]).encode()).hexdigest()[:20]

    def use(self, target: Path) -> bool:
        """Put its content at `target`, containerd's root in a fresh cell; False when there is no such store."""
        if not (self.references and self.complete() and self.path.is_dir()):
            return False
        half = target.with_name(target.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        if _copy("-al", self.path, half).returncode != 0:
            # Another file system, say: a copy is slower and as good.
            shutil.rmtree(half, ignore_errors=True)
            done = _copy("-a", self.path, half)
            if done.returncode != 0:
                raise LabError(f"The kept images in {self.path} cannot be copied to {target}: {done.stderr.strip()}")
        for name in WRITTEN_IN_PLACE:
            own = half / f"{name}.own"
            shutil.copyfile(self.path / name, own)
            own.replace(half / name)
        shutil.rmtree(target, ignore_errors=True)
        half.rename(target)
        return True

    def fill(self, command: Callable[[Sequence[str]], list[str]], *, made: Path) -> None:
        """Pull all references inside the cell that `command` enters, into the folder it calls STORE and the host `made`."""
        done = subprocess.run(command(["sh", "-ec", _script(self.references)]), capture_output=True, text=True)
        if done.returncode != 0:
            raise LabError(f"The images cannot be kept for later cells: {done.stderr.strip()[-500:]}")
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.path.with_name(self.path.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.move(made, half)
        with contextlib.suppress(FileNotFoundError):
            (half / "io.containerd.runtime.v2.task").rmdir()
        os.rename(half, self.path)

    def _digest(self, reference: str) -> str:
        name, _, tag = reference.partition("/")[2].rpartition(":")
        link = self.registry / "docker/registry/v2/repositories" / name / "_manifests/tags" / tag / "current/link"
        try:
            return link.read_text().strip()
        except OSError:
            return ""


def _script(references: Sequence[str]) -> str:
    ctr = f"ctr -a {STORE_SOCKET} -n k8s.io"
    pulls = "\n".join(f"{ctr} images pull --plain-http {shlex.quote(reference)} >/dev/null" for reference in references)
    # An earlier run that was killed may have left its containerd behind.
    return f"""
pid=/run/containerd-store.pid
if [ -s $pid ]; then kill -9 "$(cat $pid)" 2>/dev/null || true; fi
rm -rf {STORE}
nice containerd --config=/etc/containerd/store.toml >/var/log/cell/store.log 2>&1 &
echo $! >$pid
until {ctr} images ls -q >/dev/null 2>&1; do kill -0 "$(cat $pid)"; sleep 0.05; done
{pulls}
kill "$(cat $pid)"
wait
rm -f $pid
"""


def _copy(how: str, source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["cp", how, str(source), str(target)], capture_output=True, text=True)
