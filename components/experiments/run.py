"""Sending a plan's batches: chains side by side, small batches one after the other, all within a bounded time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import KW_ONLY, dataclass

from components.experiments.errors import Unusable
from components.experiments.experiment import LIGHT_RATE, Experiment
from components.experiments.pace import Pace
from components.experiments.plan import Plan
from components.experiments.statistics import Effort
from components.experiments.traffic import Batch, Samples, Seen
from components.experiments.transport import Transport
from components.experiments.verdict import Row, judge

GRACE = 60.0
"""Seconds over twice the expected time after which the battery is given up: nothing may hang."""

Progress = Callable[[Batch, Samples], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The judged battery: its rows, how it was judged, the requests sent and the seconds it took."""

    _: KW_ONLY
    rows: tuple[Row, ...]
    effort: Effort
    requests: int
    seconds: float


async def run(
    planned: Plan,
    effort: Effort,
    paced: Pace,
    transport: Transport,
    *,
    progress: Progress = lambda batch, samples: None,
) -> Outcome:
    """Send all and judge all, once. Raises `Unusable` when a client fails or the time is over."""
    started = time.monotonic()
    limit = 2 * paced.seconds + GRACE
    sending = _Sending(effort, paced, transport, progress)
    try:
        async with asyncio.timeout(limit):
            await _together(*(sending.chain(chain) for chain in planned.chains))
    except TimeoutError:
        raise Unusable(
            f"the experiments were to take {paced.seconds:.0f} s and were given up after {limit:.0f} s; "
            f"not answered is {', '.join(sorted(sending.under_way)) or 'nothing'}. Look at that host's pods, or whether the "
            "machine is overloaded, then run the experiments again"
        ) from None
    claims = [claim for experiment in planned.experiments for claim in experiment.claims(sending.seen)]
    return Outcome(
        rows=judge(claims, effort.false_alarms),
        effort=effort,
        requests=sum(map(len, sending.seen.values())),
        seconds=time.monotonic() - started,
    )


async def _together(*tasks: Coroutine[None, None, None]) -> None:
    """All side by side; the first to fail ends the others, and what it raised is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                group.create_task(task)
    except* Unusable as failed:
        raise failed.exceptions[0] from None


class _Sending:
    def __init__(self, effort: Effort, paced: Pace, transport: Transport, progress: Progress) -> None:
        self._effort, self._paced, self._transport, self._progress = effort, paced, transport, progress
        self._light = asyncio.Semaphore(1)
        self._seen: dict[str, Samples] = {}
        self.under_way: set[str] = set()

    @property
    def seen(self) -> Seen:
        return self._seen

    async def chain(self, chain: tuple[Experiment, ...]) -> None:
        for experiment in chain:
            while batches := experiment.batches(self._effort, self._seen):
                await _together(*(self._send(batch) for batch in batches))

    async def _send(self, batch: Batch) -> None:
        if batch.rate == LIGHT_RATE:
            async with self._light:
                await self._send_now(batch)
        else:
            await self._send_now(self._paced.set(batch))

    async def _send_now(self, batch: Batch) -> None:
        self.under_way.add(batch.name)
        samples = await self._transport.send(batch)
        self.under_way.discard(batch.name)
        self._seen[batch.name] = samples
        self._progress(batch, samples)
