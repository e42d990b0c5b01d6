"""What analysing a mesh costs: beside istioctl over the same folder, and as it grows; taken turn by turn in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.mesh_files import write_mesh

ROOT = Path(__file__).parents[1]
TURNS = 7
COMPARED = 754
"""Objects, in some 300 files: the size that Istio's own samples have."""
SMALL, LARGE = 1_000, 10_000


def figures() -> Iterator[Figure]:
    istioctl = _istioctl()
    with TemporaryDirectory() as folder:
        compared, small, large = (Path(folder, str(objects)) for objects in (COMPARED, SMALL, LARGE))
        counts = {
            path: write_mesh(path, objects) for path, objects in zip((compared, small, large), SIZES, strict=True)
        }
        _seconds(
            _analysis(compared)
        )  # so that every turn finds the compiled modules, as every run but a user's first does
        times: dict[str, list[float]] = {"ours": [], "istioctl": [], "small": [], "large": []}
        for _ in range(TURNS):
            times["ours"].append(_seconds(_analysis(compared)))
            times["istioctl"].append(_seconds([istioctl, "analyze", "--use-kube=false", str(compared)]))
            times["small"].append(_seconds(_analysis(small)))
            times["large"].append(_seconds(_analysis(large)))
    ours, theirs, few, many = (statistics.median(each) for each in times.values())
    files = f"{counts[compared]} objects"
    yield Figure(what=f"analysis of {files}, the whole process", value=ours, unit="s")
    yield Figure(
        what=f"the same as a ratio to `istioctl analyze` ({theirs:.2f} s)", value=ours / theirs, unit="x", goal=1
    )
    yield Figure(what=f"analysis of {counts[large]:,} objects, the whole process", value=many, unit="s", goal=5)
    yield Figure(
        what=f"the same as a ratio to {counts[small]:,} objects ({few:.2f} s)", value=many / few, unit="x", goal=10
    )


SIZES = (COMPARED, SMALL, LARGE)
DECLARED = """
import runpy, yaml
import components.resources as resources
from components.manifests import documents
from components.resources.findings import require_sound
from components.settings import Settings

project, stack = (yaml.safe_load(open(f"{name}.yaml"))["config"] for name in ("Pulumi", "Pulumi.dev"))
values = {key: each["default"] for key, each in project.items() if "default" in each}
values |= {key.partition(":")[2]: each for key, each in stack.items() if key.startswith("servicex-mesh:")}
settings = Settings.parse({**values, "registry": "registry.test"})
declared = []
resources.stack_settings = lambda: settings
resources.deploy = lambda mesh, settings: declared.append(tuple(documents(mesh)))
runpy.run_path("__main__.py")
(made,) = declared
"""
CHECKED = "require_sound(made)"


def added() -> float:
    """Seconds that the checks add to the program of stack dev, start-up of the checks included."""
    without, within = [], []
    for _ in range(TURNS):
        without.append(_seconds([sys.executable, "-c", DECLARED]))
        within.append(_seconds([sys.executable, "-c", DECLARED + CHECKED]))
    return statistics.median(within) - statistics.median(without)


def _analysis(folder: Path) -> list[str]:
    return [sys.executable, "-m", "components.analysis", str(folder)]


def _seconds(command: Sequence[str]) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"analysis: `{' '.join(command)}` failed: {(done.stderr or done.stdout)[-2000:]}")
    return time.perf_counter() - begun


def _istioctl() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "lab", "tool", "istioctl"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"analysis: there is no istioctl to compare with: {done.stderr[-2000:]}")
    return done.stdout.strip()
