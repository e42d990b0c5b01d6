"""What servicex weighs and how fast it answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure

SERVICEX = Path(__file__).parents[1] / "servicex"
FLAGS = ("-trimpath", "-ldflags", "-s -w")


def figures() -> Iterator[Figure]:
    shown = subprocess.run([sys.executable, "-m", "lab", "go"], cwd=SERVICEX.parent, capture_output=True, text=True)
    if shown.returncode != 0:
        raise RuntimeError(f"servicex: {shown.stderr.strip()}")
    go = shown.stdout.strip()
    environment = {**os.environ, "CGO_ENABLED": "0"}
    tags = re.findall(r"-tags[= ](\S+)", (SERVICEX / "Dockerfile").read_text())
    with tempfile.TemporaryDirectory() as folder:
        binary = Path(folder) / "servicex"
        command = [go, "build", *FLAGS, *(["-tags", tags[0]] if tags else []), "-o", str(binary), "."]
        subprocess.run(command, cwd=SERVICEX, env=environment, check=True)
        yield Figure(what="servicex, the whole image", value=binary.stat().st_size / 1e6, unit="MB", goal=6)
    ran = subprocess.run(
        [go, "test", "-run", "^$", "-bench", "Answer", "-benchmem", "."], cwd=SERVICEX, capture_output=True, text=True
    )
    found = re.search(r"BenchmarkAnswer\S*\s+\d+\s+([\d.]+) ns/op", ran.stdout)
    if found is None:
        raise RuntimeError(f"servicex: the Go benchmark printed no figure: {ran.stdout[-300:]}{ran.stderr[-300:]}")
    yield Figure(what="servicex, one answer without the network", value=float(found[1]) / 1000, unit="us")
