"""Pace and sending: the limit, the order, and the end of what hangs."""

from __future__ import annotations

import asyncio

import pytest

from components.experiments import run as running
from components.experiments.errors import Unusable
from components.experiments.pace import FASTEST, LIMIT, pace
from components.experiments.plan import plan
from components.experiments.run import run
from components.experiments.statistics import Effort
from components.experiments.traffic import Batch, Samples

from .battery import battery
from .meshes import ENTRANCES, dev, prod
from .simulation import SimulatedMesh

PLANNED = plan(dev(), ENTRANCES, false_alarms=0.001)
EFFORT = Effort(tests=PLANNED.tests)
PACED = pace(PLANNED, EFFORT)


class Watching:
    """A transport that notes what is under way together."""

    def __init__(self) -> None:
        self._mesh = SimulatedMesh(dev(), seed=1)
        self._rates: dict[str, float] = {}
        self.highest = 0.0
        self.order: list[str] = []

    async def send(self, batch: Batch) -> Samples:
        assert batch.rate is not None
        self._rates[batch.name] = batch.rate
        self.highest = max(self.highest, sum(self._rates.values()))
        self.order.append(batch.name)
        await asyncio.sleep(0)
        samples = await self._mesh.send(batch)
        del self._rates[batch.name]
        return samples


class Broken:
    """A transport whose client fails on one batch, and which never ends another."""

    async def send(self, batch: Batch) -> Samples:
        if batch.name == "a.mesh.test canary":
            raise Unusable("kubectl exec failed")
        await asyncio.sleep(3600)
        return ()


class Hanging:
    """A transport that never ends."""

    async def send(self, batch: Batch) -> Samples:
        await asyncio.sleep(3600)
        return ()


def test_the_battery_stays_within_its_rate_and_time() -> None:
    """At no time is more under way than the limit; the dev scenario is expected to take 45 s at most."""
    watching = Watching()
    outcome = asyncio.run(run(PLANNED, EFFORT, PACED, watching))
    assert watching.highest <= LIMIT
    assert max(PACED.rates.values()) <= FASTEST
    assert PACED.seconds <= 45
    assert outcome.requests <= PACED.requests


def test_the_breaker_is_first_to_use_the_members_proxy() -> None:
    """Its run needs a proxy that has ejected nobody, so the routes inside the mesh come after."""
    watching = Watching()
    asyncio.run(run(PLANNED, EFFORT, PACED, watching))
    inside = [name for name in watching.order if name.startswith("servicex ") and "plain" not in name]
    assert inside == ["servicex without breaker", "servicex with breaker", "servicex right after", "servicex default"]


def test_a_client_that_fails_ends_the_battery_at_once() -> None:
    """The rest is not waited for, and the reason is what the client said."""
    with pytest.raises(Unusable, match="kubectl exec failed"):
        asyncio.run(run(PLANNED, EFFORT, PACED, Broken()))


def test_what_hangs_is_given_up_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing lasts beyond its budget; the message names what was not answered."""
    monkeypatch.setattr(running, "GRACE", -2 * PACED.seconds + 0.05)
    with pytest.raises(Unusable, match=r"given up after.*not answered is .*a.mesh.test canary"):
        asyncio.run(run(PLANNED, EFFORT, PACED, Hanging()))


def test_a_mesh_without_faults_and_splits_needs_few_requests() -> None:
    """Where nothing is left to chance there is nothing to repeat."""
    assert battery(prod(), fails={}).requests < 300
