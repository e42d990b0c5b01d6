"""Which process is a cell's: its first process by pid, start time, boot and pid namespace, never by name."""

import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The first process of a cell as the host sees it. `started` is in clock ticks since boot (proc(5), field 22)."""

    pid: int
    started: int
    boot: str
    namespace: str

    def alive(self) -> bool:
        """Whether that very process still runs; another one that got its pid does not count, nor does a zombie."""
        return _identify(self.pid) == self

    def kill(self, *, seconds: float) -> bool:
        """Kill it, and with it all its namespace holds; whether all was gone within `seconds`."""
        deadline = time.monotonic() + seconds
        while self.alive():
            try:
                # Through a descriptor of the process, so that a pid that changes hands meanwhile is not hit.
                descriptor = os.pidfd_open(self.pid)
            except ProcessLookupError:
                return True
            try:
                if self.alive():
                    signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            except ProcessLookupError:
                return True
            finally:
                os.close(descriptor)
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def identify(pid: int) -> Identity | None:
    """Identity of a live process of another pid namespace than ours; None when there is none."""
    found = _identify(pid)
    return None if found is None or found.namespace == os.readlink("/proc/self/ns/pid") else found


def save(identity: Identity, path: Path) -> None:
    """Write it down so that it is there whole or not at all."""
    half = path.with_suffix(".new")
    half.write_text(json.dumps(asdict(identity)))
    half.rename(path)


def load(path: Path) -> Identity | None:
    """What `save` wrote; None when nothing was or it cannot be read."""
    try:
        return Identity(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _identify(pid: int) -> Identity | None:
    try:
        # The name in parentheses may hold spaces; the fields after it do not.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        namespace = os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return None
    if fields[0] in "ZX":
        return None
    return Identity(pid=pid, started=int(fields[19]), boot=BOOT.read_text().strip(), namespace=namespace)
