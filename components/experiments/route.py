"""One route of a host: its requests go where they are declared to, in the declared shares, with the declared faults."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass

from components.experiments import faults, stickiness
from components.experiments.answers import Landings, landings, told_apart, versions_in, why_untold
from components.experiments.experiment import DETERMINISTIC, LIGHT_RATE
from components.experiments.matching import behind
from components.experiments.statistics import Effort, shares_p
from components.experiments.traffic import Batch, Client, Request, Samples, Seen
from components.experiments.verdict import Claim
from components.model import ConsistentHash, Mesh, Route, Split, VirtualService

MOST_FOR_MATCH = 500
"""Requests spent at most to tell a route from the one behind it."""

UNTOLD = 0.01
"""Above this share of answers that do not tell where they came from, a split's shares are not judged."""


@dataclass(frozen=True, slots=True)
class RouteExperiment:
    """One batch of requests that the route takes, and every claim that its samples decide."""

    _: KW_ONLY
    mesh: Mesh
    service: VirtualService
    route: Route
    request: Request
    client: Client

    @property
    def name(self) -> str:
        return f"{self.service.host} {self.route.name}"

    @property
    def tests(self) -> int:
        return sum((self._splits, self.route.abort is not None, self.route.delay is not None, self._sticky is not None))

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        if self.name in seen:
            return ()
        requests = stickiness.requests(self.mesh, self.service, self.route, self.request)
        shares = [fault.on.share for fault in (self.route.abort, self.route.delay) if fault is not None]
        needs = [effort.requests_for(share) for share in shares if share < 1]
        if self._splits:
            # An aborted request never gets to the split.
            reaching = 1 - (self.route.abort.on.share if self.route.abort else 0)
            declared = [self.route.split.share(destination) for destination, _ in self.route.split.weights]
            needs += [math.ceil(effort.requests_for(share) / reaching) for share in declared if reaching]
        light = max(self._to_tell_from_behind(effort), stickiness.TRIES * len(requests) if self._sticky else 0)
        rate = None if needs else LIGHT_RATE
        return (Batch(self.name, client=self.client, requests=requests, count=max([light, *needs]), rate=rate),)

    def most_requests(self, effort: Effort) -> int:
        return sum(batch.count for batch in self.batches(effort, {}))

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        samples = seen[self.name]
        landed = landings(self.mesh, self.route.split, samples, seen)
        subject = str(self.service.host)
        passing = self.route.abort is None or self.route.abort.on.share < 1
        return (
            *((self._goes_where_declared(samples, landed),) if passing else ()),
            *((self._shares(samples, landed),) if self._splits and passing else ()),
            *(faults.abort_claims(subject, self.route, samples)),
            *(faults.delay_claims(subject, self.route, samples)),
            *(stickiness.claims(subject, self.mesh, self.route, samples)),
        )

    @property
    def _splits(self) -> bool:
        return sum(weight > 0 for _, weight in self.route.split.weights) > 1 and told_apart(self.mesh, self.route.split)

    @property
    def _sticky(self) -> ConsistentHash | None:
        return stickiness.hash_of(self.mesh, self.route)

    def _to_tell_from_behind(self, effort: Effort) -> int:
        """So many requests that, without this route, one of them would be answered by a version that it does not reach."""
        other = behind(self.service, self.route, self.request)
        if other is None or other.to is None or self.route.abort or self.route.delay:
            return DETERMINISTIC
        own = frozenset().union(*(versions_in(self.mesh, destination) for destination, _ in self.route.split.weights))
        alike = sum(
            other.to.share(destination)
            for destination, _ in other.to.weights
            if versions_in(self.mesh, destination) <= own
        )
        if alike <= 0 or alike >= 1:
            return DETERMINISTIC
        return min(MOST_FOR_MATCH, max(DETERMINISTIC, math.ceil(math.log(effort.false_alarms) / math.log(alike))))

    def _goes_where_declared(self, samples: Samples, landed: Landings) -> Claim:
        conditions = ", ".join(map(str, self.route.when)) or "all others"
        good, reached = sum(landed.by_destination), sum(landed.by_destination) + landed.elsewhere + landed.untold
        measured = f"{good} of {reached}"
        if landed.ejected:
            measured += f", {landed.ejected} while ejected"
        holds: bool | None = True
        if landed.elsewhere:
            measured += "; " + ", ".join(landed.strangers)
            holds = False
        elif landed.untold or not reached:
            measured += f"; {landed.untold} not told: {why_untold(samples)}"
            holds = True if reached and landed.untold <= UNTOLD * reached else None
        return Claim(
            str(self.service.host),
            f"{self.route.name} ({conditions})",
            declared=_in_words(self.route.split),
            measured=measured,
            criterion="every answer comes from a declared destination",
            requests=len(samples),
            holds=holds,
        )

    def _shares(self, samples: Samples, landed: Landings) -> Claim:
        count = sum(landed.by_destination)
        shares = [self.route.split.share(destination) for destination, _ in self.route.split.weights]
        parts = [f"{hits / count:.1%}" if count else "none" for hits in landed.by_destination]
        measured = f"{' / '.join(parts)} of {count}"
        told = count > 0 and landed.untold <= UNTOLD * len(samples)
        if not told:
            measured += f"; {landed.untold} did not tell where from: {why_untold(samples)}"
        elif landed.ejected:
            measured += f", {landed.ejected} while ejected"
        return Claim(
            str(self.service.host),
            f"{self.route.name}: shares",
            declared=" / ".join(f"{share:.4g}" for share in (100 * share for share in shares)) + " %",
            measured=measured,
            criterion="exact binomial test",
            requests=len(samples),
            p=shares_p(landed.by_destination, shares) if told else None,
        )


def _in_words(split: Split) -> str:
    return ", ".join(dict.fromkeys(str(destination) for destination, weight in split.weights if weight))
