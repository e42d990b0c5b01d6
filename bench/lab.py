"""What a newcomer waits for. It takes stack dev of the lab for itself, and ends it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench import analysis
from bench.figures import Figure
from lab.errors import LabError
from lab.target import recorded_cell

ROOT = Path(__file__).parents[1]
STACK, HOST = "dev", "b.mesh.test"
POLL = 0.2


def figures() -> Iterator[Figure]:
    if os.geteuid() != 0:
        raise RuntimeError("the lab: it needs root; run `make bench` as root")
    _lab("down")
    serving = _Serving()
    begun = time.monotonic()
    serving.start()
    _lab("up", "--stack", STACK)
    table = time.monotonic() - begun
    serving.join()
    yield Figure(what="caches warm, nothing running: the mesh serves", value=serving.since(begun), unit="s", goal=45)
    yield Figure(what="caches warm, nothing running: the table is there", value=table, unit="s", goal=100)
    proportional, resident = _memory()
    yield Figure(what="one cluster with the mesh, memory (PSS)", value=proportional, unit="GiB", goal=2.5)
    yield Figure(what="one cluster with the mesh, memory (RSS)", value=resident, unit="GiB", goal=2.5)
    yield Figure(what="lab up, stack unchanged: `make up`", value=_timed("up", "--stack", STACK), unit="s", goal=15)
    preview = _timed("preview", "--stack", STACK)
    yield Figure(what="preview, nothing changed", value=preview, unit="s")
    added = analysis.added()
    yield Figure(
        what=f"what the checks add to it ({1000 * added:.0f} ms)", value=100 * added / preview, unit="%", goal=5
    )
    yield Figure(what="`make down`", value=_timed("down"), unit="s")


class _Serving(threading.Thread):
    """Asks the gateway until it answers 200."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._at: float | None = None
        self._until = time.monotonic() + 1800

    def run(self) -> None:
        while self._at is None and time.monotonic() < self._until:
            if _answers():
                self._at = time.monotonic()
            time.sleep(POLL)

    def since(self, begun: float) -> float:
        if self._at is None:
            raise RuntimeError(f"the lab: the gateway of stack {STACK} never answered 200 for {HOST}")
        return self._at - begun


def _answers() -> bool:
    try:
        connection = http.client.HTTPConnection(recorded_cell(STACK).address, 80, timeout=1)
    except LabError:
        return False
    try:
        connection.request("GET", "/", headers={"Host": HOST})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _lab(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lab", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "KUBECONFIG"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the lab: `{' '.join(arguments)}` failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def _timed(*arguments: str) -> float:
    begun = time.monotonic()
    _lab(*arguments)
    return time.monotonic() - begun


def _memory() -> tuple[float, float]:
    """Proportional and resident memory of all processes of the cell, in GiB."""
    namespaces: dict[str, list[Path]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                namespaces.setdefault(os.readlink(folder / "ns" / "net"), []).append(folder)
            except OSError:
                continue
    inside = {pid for folders in _cells(namespaces) for pid in folders}
    totals = {"Pss:": 0, "Rss:": 0}
    for folder in inside:
        try:
            rolled = (folder / "smaps_rollup").read_text()
        except OSError:
            continue
        for line in rolled.splitlines():
            name, *rest = line.split()
            if name in totals:
                totals[name] += int(rest[0])
    if not totals["Pss:"]:
        raise RuntimeError("the lab: no process of the cluster was found")
    return totals["Pss:"] / 2**20, totals["Rss:"] / 2**20


def _cells(namespaces: dict[str, list[Path]]) -> Iterator[list[Path]]:
    """Processes in a pid namespace other than ours: those of the cell and of its pods."""
    own = os.readlink("/proc/self/ns/pid")
    for folders in namespaces.values():
        elsewhere = []
        for folder in folders:
            try:
                if os.readlink(folder / "ns" / "pid") != own:
                    elsewhere.append(folder)
            except OSError:
                continue
        yield elsewhere
