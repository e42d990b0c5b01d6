"""Running a whole battery over a simulated mesh."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from components.experiments.pace import pace
from components.experiments.plan import plan
from components.experiments.run import Outcome, run
from components.experiments.statistics import Effort
from components.experiments.verdict import Verdict
from components.model import Mesh

from .meshes import ENTRANCES
from .simulation import SimulatedMesh


def battery(
    declared: Mesh,
    real: Mesh | None = None,
    *,
    seed: int = 1,
    fails: Mapping[str, float] | None = None,
    false_alarms: float = 0.001,
    difference: float = 0.05,
) -> Outcome:
    """What the experiments say of a mesh that declares `declared` and does `real` (None: what it declares)."""
    planned = plan(declared, ENTRANCES, false_alarms=false_alarms)
    effort = Effort(tests=planned.tests, false_alarms=false_alarms, difference=difference)
    transport = SimulatedMesh(declared if real is None else real, seed=seed, fails=fails)
    return asyncio.run(run(planned, effort, pace(planned, effort), transport))


def rows_with(outcome: Outcome, verdict: Verdict) -> set[str]:
    """Subject and what of the rows that got this verdict."""
    return {f"{row.claim.subject}: {row.claim.what}" for row in outcome.rows if row.verdict is verdict}
