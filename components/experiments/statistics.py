"""The statistics of the verdicts: exact tests, sample sizes, and Holm's correction over the whole battery.

SciPy is imported where it is used: it takes most of a second, and a battery's requests hide that time.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from functools import lru_cache
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Effort:
    """How sure the battery is to be.

    `false_alarms`: the chance that any row of a mesh which does what it declares is found not to hold. `difference`: the
    smallest deviation of a share that is worth seeing, from 0 to 1, and `power` the chance to see it. `tests`: how many
    rows have a p-value.
    """

    _: KW_ONLY
    false_alarms: float = 0.001
    difference: float = 0.05
    power: float = 0.99
    tests: int = 1

    @property
    def level(self) -> float:
        """What one test may spend in the worst case; Holm's correction never asks for less."""
        return self.false_alarms / max(1, self.tests)

    def requests_for(self, share: float) -> int:
        """How many requests tell `share` from one that is `difference` off, to either side, with the promised power."""
        return _sample_size(share, self.difference, self.level, self.power)


def share_p(hits: int, count: int, share: float) -> float:
    """Two-sided exact binomial p-value of `hits` in `count` when each is one with the chance `share`."""
    from scipy.stats import binomtest

    return float(binomtest(hits, count, share).pvalue)


def shares_p(hits: Sequence[int], shares: Sequence[float]) -> float:
    """One p-value for all parts of a split: the smallest of their exact ones, times their number.

    Two parts are one question, asked twice, so theirs is not multiplied.
    """
    smallest = min(share_p(part, sum(hits), share) for part, share in zip(hits, shares, strict=True))
    return smallest if len(hits) <= 2 else min(1.0, smallest * len(hits))


def fewer_p(hits: int, count: int, hits_before: int, count_before: int) -> float:
    """One-sided exact p-value (Fisher) of the first share being as low as it is if it were the same as the second."""
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(hits, count + count_before, hits + hits_before, count))


def streak_p(length: int, count: int, share: float) -> float:
    """An upper bound of the chance of `length` misses in a row among `count` when each is a hit with `share`."""
    return min(1.0, count * (1 - share) ** length)


def missed_p(answers: int, pods: int) -> float:
    """An upper bound of the chance that one of `pods` got none of `answers`, each having gone to any of them."""
    return min(1.0, pods * (1 - 1 / pods) ** answers)


def one_pod_p(keys: int, pods: int) -> float:
    """The chance that all of `keys`, each put on any of `pods`, are on the same one."""
    return float(pods) ** (1 - keys)


def rejected(p_values: Sequence[float], false_alarms: float) -> tuple[bool, ...]:
    """Which hypotheses fall, by Holm's step-down procedure (1979), so that any false one has at most `false_alarms`."""
    fallen = [False] * len(p_values)
    for step, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        if p_values[place] > false_alarms / (len(p_values) - step):
            break
        fallen[place] = True
    return tuple(fallen)


@lru_cache
def _sample_size(share: float, difference: float, level: float, power: float) -> int:
    # The normal approximation (Fleiss, Statistical Methods for Rates and Proportions, one sample) is a few percent short
    # of what the exact test needs, more so for small shares: it is where the search starts.
    normal = NormalDist()
    at_level, at_power = normal.inv_cdf(1 - level / 2), normal.inv_cdf(power)
    others = [other for other in (share - difference, share + difference) if 0 < other < 1]
    sizes = [((at_level * _deviation(share) + at_power * _deviation(other)) / difference) ** 2 for other in others]
    count = math.ceil(max(sizes) + 1 / difference)
    while min(_power(count, share, other, level) for other in others) < power:
        count = math.ceil(count * 1.01)
    return count


def _power(count: int, share: float, other: float, level: float) -> float:
    """The chance that the exact test of `share` rejects when the truth is `other`."""
    from scipy.stats import binom

    # The p-value falls from the middle to both sides, so each side's first rejected outcome is found by halving.
    middle = min(count, round(count * share))
    above = bisect_left(range(middle, count + 1), True, key=lambda hits: share_p(hits, count, share) <= level)
    below = bisect_left(range(middle + 1), True, key=lambda steps: share_p(middle - steps, count, share) <= level)
    return float(binom.sf(middle + above - 1, count, other) + binom.cdf(middle - below, count, other))


def _deviation(share: float) -> float:
    return math.sqrt(share * (1 - share))
