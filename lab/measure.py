"""The experiments after an update: run, or, when nothing changed, shown as they were."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from lab import measured
from lab.program import ROOT, Program
from lab.progress import Progress

ALLOWED = ("--allow-production",)
"""In the lab, stack prod is a rehearsal of production."""


def measure(program: Program, progress: Progress, *, folder: Path | None) -> int:
    """Run the experiments and keep their table in `folder` (None: on a cluster of the user's, where nothing is kept).

    A stack that the newest update did not change, and whose every verdict held, is not measured again: its table is
    shown with the time at which it was measured.
    """
    if folder is None:
        return run_experiments(program, ())
    records, updates = folder / "measured.json", program.updates()
    earlier = measured.load(records)
    if earlier is not None and earlier.still_true(updates):
        print(earlier.table, end="")
        progress.say(f"nothing changed since this was measured at {earlier.at}; `make prove` measures again")
        return earlier.code
    progress.say("experiments")
    code, table = _kept(program)
    if updates:
        measured.save(records, measured.now(update=updates[0].started, code=code, table=table))
    return code


def run_experiments(program: Program, more: Sequence[str]) -> int:
    """Run them, their output passed through. Returns their exit code."""
    return subprocess.run(_command(program, more), cwd=program.folder, env=dict(program.environment)).returncode


def _kept(program: Program) -> tuple[int, str]:
    running = subprocess.Popen(
        _command(program, ALLOWED), cwd=ROOT, env=dict(program.environment), stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    lines = []
    try:
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    finally:
        code = running.wait()
    return code, "".join(lines)


def _command(program: Program, more: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "components.experiments", "--stack", program.stack, *more]
