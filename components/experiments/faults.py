"""Injected faults: their share of the requests, the status of an abort, the length of a delay."""

from __future__ import annotations

from collections import Counter
from statistics import median

from components.experiments.statistics import share_p
from components.experiments.traffic import Sample, Samples
from components.experiments.verdict import Claim
from components.model import Route

SLACK = 0.1
"""Seconds that a delayed request may take on top of the delay and of what others take: a busy machine's timers."""

EARLY = 0.005
"""Seconds by which a delay may fall short: Envoy's timers start from the event loop's cached clock."""


def abort_claims(subject: str, route: Route, samples: Samples) -> tuple[Claim, ...]:
    """The share of the requests that the fault filter answered, with the declared status."""
    if route.abort is None:
        return ()
    answered = [sample for sample in samples if sample.status]
    statuses = Counter(sample.status for sample in answered if sample.aborted)
    hits = statuses.pop(route.abort.http_status or 0, 0)
    others = "".join(f", {count} aborted with {status}" for status, count in statuses.items())
    return (
        Claim(
            subject,
            f"{route.name}: aborted",
            declared=f"{route.abort.http_status} on {route.abort.on}",
            measured=_share(hits, len(answered)) + others,
            criterion="exact binomial test of answers by the fault filter with this status",
            requests=len(samples),
            p=share_p(hits, len(answered), route.abort.on.share) if answered else None,
        ),
    )


def delay_claims(subject: str, route: Route, samples: Samples) -> tuple[Claim, ...]:
    """The share of the requests held back for at least the declared time, and how long these were held.

    What the destination itself took does not count, where the proxy tells it.
    """
    if route.delay is None:
        return ()
    declared = route.delay.of.total_seconds()
    answered = [sample for sample in samples if sample.status]
    delayed = [sample.held for sample in answered if _delayed(sample, declared)]
    prompt = [sample.held for sample in answered if not _delayed(sample, declared)]
    most = declared + SLACK + (median(prompt) if prompt and route.delay.on.share < 1 else 0.0)
    length = median(delayed) if delayed else None
    return (
        Claim(
            subject,
            f"{route.name}: delayed",
            declared=f"{route.delay.on}",
            measured=_share(len(delayed), len(answered)),
            criterion=f"exact binomial test of requests held for {_milliseconds(declared - EARLY)} or more",
            requests=len(samples),
            p=share_p(len(delayed), len(answered), route.delay.on.share) if answered else None,
        ),
        Claim(
            subject,
            f"{route.name}: length of the delay",
            declared=_milliseconds(declared),
            measured=f"median {_milliseconds(length)}" if length is not None else "none was held so long",
            criterion=f"median of the delayed from {_milliseconds(declared)} to {_milliseconds(most)}",
            requests=len(delayed),
            holds=length is not None and length <= most if answered else None,
        ),
    )


def _delayed(sample: Sample, declared: float) -> bool:
    return sample.held >= declared - EARLY


def _share(hits: int, count: int) -> str:
    return f"{hits} of {count}, {hits / count:.1%}" if count else "no answer at all"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.4g} ms"
