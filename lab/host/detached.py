"""Daemons that stay when the command ends: started once, remembered by process id and start time, ended exactly."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lab.errors import LabError
from lab.host.commands import SEARCH_PATH

# The shell writes the record and then becomes the daemon: no moment at which a daemon runs without a record of it.
_RECORD_THEN_EXEC = (
    'record=$1; shift; read -r boot < /proc/sys/kernel/random/boot_id; read -r stat < "/proc/$$/stat"; set -f; '
    "rest=${stat##*) }; n=0; for field in $rest; do n=$((n+1)); [ $n = 20 ] && born=$field; done; "
    'printf \'{"pid": %s, "born": "%s", "boot": "%s"}\' "$$" "$born" "$boot" > "$record.new" && '
    'mv "$record.new" "$record" && exec "$@"'
)


def start(record: Path, argv: Sequence[str], *, log: Path) -> None:
    """Start `argv` as a daemon of its own session, its output in `log`, remembered in the file `record`."""
    record.parent.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        subprocess.run(
            ["setsid", "--fork", "sh", "-c", _RECORD_THEN_EXEC, "sh", str(record), *argv],
            cwd="/",
            env={**os.environ, "PATH": SEARCH_PATH},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=True,
        )


def running(record: Path) -> int | None:
    """The process id of the recorded daemon, or None when it is not there or the id now belongs to someone else."""
    try:
        known = json.loads(record.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    pid = int(known["pid"])
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    if known["boot"] != boot or _stat(pid)[1:] != (known["born"],):
        return None
    return pid


def stop(record: Path, *, grace: float = 10.0) -> bool:
    """End the recorded daemon: asked first, made to after `grace` seconds. Returns whether there was one."""
    pid = running(record)
    if pid is None:
        record.unlink(missing_ok=True)
        return False
    # A daemon inside namespaces of its own is the child of unshare, which hands no signal on but dies with it.
    for target in _children(pid) or [pid]:
        _signal(target, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while running(record) is not None:
        if time.monotonic() > deadline:
            _signal(pid, signal.SIGKILL)
            deadline = time.monotonic() + grace
        time.sleep(0.05)
    record.unlink(missing_ok=True)
    return True


def wait_until_up(record: Path, up: Callable[[], bool], *, what: str, log: Path, seconds: float = 30.0) -> None:
    """Wait until `up()` is true. Raises LabError with the daemon's last words when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not up():
        # The record appears a moment after the start, so a missing one means nothing at first.
        gone = running(record) is None and time.monotonic() > deadline - seconds + 1
        if gone or time.monotonic() > deadline:
            said = " / ".join(log.read_text(errors="replace").splitlines()[-3:])[-600:]
            end = "ended at once" if gone else f"did not answer within {seconds:.0f} s"
            raise LabError(f"{what} {end}. It said: {said or 'nothing'} (log: {log}). Run the same command again.")
        time.sleep(0.05)


def _stat(pid: int) -> tuple[str, ...]:
    """State and start time of a process, empty when there is none or it is a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ()
    return () if fields[0] == "Z" else (fields[0], fields[19])


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
