"""What importing costs, over an interpreter that imports nothing; both taken turn by turn in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure

ROOT = Path(__file__).parents[1]
TURNS = 20


def figures() -> Iterator[Figure]:
    codes = {
        "bare": "pass",
        "model": "import components.model",
        "everything": "from components.model import *",
        "manifests": "import components.manifests",
    }
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(TURNS):
        for name, code in codes.items():
            times[name].append(_milliseconds(code))
    bare, model, everything, manifests = (statistics.median(times[name]) for name in codes)
    yield Figure(what="import components.model, over a bare interpreter", value=model - bare, unit="ms", goal=60)
    yield Figure(what="the same, as a ratio to the bare interpreter", value=model / bare, unit="x")
    yield Figure(what="every name of components.model, over a bare interpreter", value=everything - bare, unit="ms")
    yield Figure(what="import components.manifests, over a bare interpreter", value=manifests - bare, unit="ms")


def _milliseconds(code: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return (time.perf_counter() - begun) * 1000
