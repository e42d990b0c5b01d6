"""How fast each batch is sent, how many requests that makes in all, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from components.experiments import breaker
from components.experiments.breaker import BreakerExperiment
from components.experiments.experiment import LIGHT_RATE
from components.experiments.plan import Plan
from components.experiments.statistics import Effort
from components.experiments.traffic import Batch

LIMIT = 400.0
"""Requests a second of the whole battery: a quarter of what two cores serve through a gateway and a sidecar."""

FASTEST = 150.0
"""Requests a second of one batch at most."""

START = 8.0
"""Seconds until both client pods are ready, image at hand."""

OVERHEAD = 0.5
"""Seconds that starting a batch costs on top of its requests."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`rates` of the large batches, by name: they share what the limit leaves so that all end at the same time."""

    _: KW_ONLY
    rates: Mapping[str, float]
    requests: int
    seconds: float

    def set(self, batch: Batch) -> Batch:
        """The batch with a rate."""
        return batch if batch.rate is not None else batch.at(self.rates[batch.name])


def pace(planned: Plan, effort: Effort, *, limit: float = LIMIT) -> Pace:
    """Rates within `limit` requests a second, the most requests that can be sent, and the seconds expected."""
    first = [batch for experiment in planned.experiments for batch in experiment.batches(effort, {})]
    large = [batch for batch in first if batch.rate is None]
    light = [batch for batch in first if batch.rate == LIGHT_RATE]
    left = max(limit / 4, limit - LIGHT_RATE - breaker.RATE)
    total = sum(batch.count for batch in large)
    rates = {batch.name: min(FASTEST, left * batch.count / total) for batch in large}
    slowest_chain = max(
        (
            sum(
                experiment.most_requests(effort) / breaker.RATE + 3 * OVERHEAD
                for experiment in chain
                if isinstance(experiment, BreakerExperiment)
            )
            for chain in planned.chains
        ),
        default=0.0,
    )
    seconds = max(
        [
            sum(batch.count / LIGHT_RATE + OVERHEAD for batch in light),
            slowest_chain,
            *(batch.count / rates[batch.name] + OVERHEAD for batch in large),
        ]
    )
    requests = sum(experiment.most_requests(effort) for experiment in planned.experiments)
    return Pace(rates=rates, requests=requests, seconds=START + seconds)
