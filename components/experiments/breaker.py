"""Outlier detection: the same load without a proxy, from a fresh proxy, and from that proxy again.

Which version fails is seen from the samples, never assumed. A proxy's outlier detection counts for itself, and after an
ejection it may count differently (istio/istio issue 57343): the second run is held to a band, not to a number.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import KW_ONLY, dataclass
from statistics import median

from components.experiments.statistics import Effort, fewer_p, share_p, streak_p
from components.experiments.traffic import Batch, Client, Request, Sample, Samples, Seen
from components.experiments.verdict import Claim
from components.model import Mesh, MutualTLS, OutlierDetection, Workload

RATE = 20.0
"""Requests a second at most of each run."""

LEAST = 150
"""Requests a run, at least: with one of three endpoints failing, 50 failures against about 10."""

UNANSWERED = 0.02
"""Above this share of requests with no answer at all, what the proxy ejects is not judged."""


@dataclass(frozen=True, slots=True)
class Failing:
    """The versions whose answers are gateway errors, their endpoints' share of all, and how long such an answer takes."""

    endpoints: int
    share: float
    wait: float


@dataclass(frozen=True, slots=True)
class BreakerExperiment:
    """`plain` calls the workload's Service with no proxy, `member` through a sidecar that has called nobody before."""

    _: KW_ONLY
    mesh: Mesh
    workload: Workload
    outlier_detection: OutlierDetection
    plain: Request
    member: Request
    false_alarms: float

    @property
    def subject(self) -> str:
        return str(self.workload)

    @property
    def tests(self) -> int:
        return 1 if self._controlled else 0

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        control, breaking, after = self._names
        if self._controlled and control not in seen:
            return (self._batch(control, Client.OUTSIDE, RATE),)
        if self._controlled and self._failing(seen[control]) is None:
            return ()
        if breaking not in seen:
            failing = self._failing(seen[control]) if self._controlled else None
            return (self._batch(breaking, Client.MEMBER, self._rate(failing)),)
        if after not in seen and (self._controlled or _failures(seen[breaking])):
            return (self._batch(after, Client.MEMBER, RATE),)
        return ()

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        control, breaking, after = self._names
        errors = self._errors
        if self._controlled and not any(sample.status for sample in seen[control]):
            why = Counter(sample.error for sample in seen[control]).most_common(1)[0][0]
            return (self._claim("circuit breaker", seen[control], errors, f"no answer without a proxy: {why}"),)
        failing = self._failing(seen[control if self._controlled else breaking])
        first = seen[control if self._controlled else breaking]
        if failing is None:
            failed = sum(sample.gateway_error for sample in first)
            why = f"nothing fails here: {failed} of {len(first)} were gateway errors, from no version that only fails"
            return (self._claim("circuit breaker", first, errors, why),)
        without = (self._without(seen[control], failing),) if self._controlled else ()
        for name in (breaking, after):
            silent = Counter(sample.error for sample in seen[name] if not sample.status)
            if silent.total() > UNANSWERED * len(seen[name]):
                why = f"{silent.total()} of {len(seen[name])} were not answered: {silent.most_common(1)[0][0]}"
                return (*without, self._claim(f"circuit breaker ({name})", seen[name], errors, why))
        return (*without, self._opens(seen, failing), self._stays_open(seen[breaking], seen[after], failing))

    @property
    def _names(self) -> tuple[str, str, str]:
        return f"{self.subject} without breaker", f"{self.subject} with breaker", f"{self.subject} right after"

    def most_requests(self, effort: Effort) -> int:
        return len(self._names) * self._count

    @property
    def _controlled(self) -> bool:
        # Under STRICT nobody without a proxy is answered, so there is no control; the declared endpoints stand in for it.
        return self.mesh.mutual_tls_of(self.workload) in (MutualTLS.PERMISSIVE, MutualTLS.DISABLE)

    @property
    def _errors(self) -> int:
        limits = (self.outlier_detection.consecutive_gateway_errors, self.outlier_detection.consecutive_5xx_errors)
        return min(limit for limit in limits if limit is not None)

    @property
    def _endpoints(self) -> int:
        return sum(version.replicas for version in self.mesh.versions_of(self.workload))

    @property
    def _count(self) -> int:
        fewest = min(version.replicas for version in self.mesh.versions_of(self.workload))
        return max(LEAST, 6 * self._errors * math.ceil(self._endpoints / fewest))

    def _batch(self, name: str, client: Client, rate: float) -> Batch:
        request = self.member if client is Client.MEMBER else self.plain
        keep = client is Client.MEMBER
        return Batch(name, client=client, requests=(request,), count=self._count, rate=rate, keep_alive=keep)

    def _rate(self, failing: Failing | None) -> float:
        """Slow enough for the requests under way when the breaker opens to be few beside those that it spares."""
        if failing is None:
            return RATE
        spared = self._count * failing.share / 3 - self._errors * failing.endpoints
        return max(1.0, min(RATE, spared / (failing.share * max(failing.wait, 0.001))))

    def _failing(self, samples: Samples) -> Failing | None:
        answers = Counter(sample.version for sample in samples if sample.version is not None)
        failed = Counter(sample.version for sample in samples if sample.version is not None and sample.gateway_error)
        names = {name for name in failed if failed[name] == answers[name]}
        endpoints = sum(v.replicas for v in self.mesh.versions_of(self.workload) if v.name in names)
        if not 0 < endpoints < self._endpoints:
            return None
        wait = median(sample.latency for sample in samples if sample.version in names)
        return Failing(endpoints, endpoints / self._endpoints, wait)

    def _without(self, samples: Samples, failing: Failing) -> Claim:
        answered = [sample for sample in samples if sample.status]
        failed = _failures(samples)
        return Claim(
            self.subject,
            "errors without the breaker",
            declared=f"{failing.endpoints} of {self._endpoints} endpoints fail",
            measured=f"{failed} of {len(answered)}, {failed / len(answered):.1%}",
            criterion="exact binomial test; called from outside the mesh, where no proxy ejects",
            requests=len(samples),
            p=share_p(failed, len(answered), failing.share),
        )

    def _opens(self, seen: Seen, failing: Failing) -> Claim:
        control, breaking, _after = self._names
        samples = seen[breaking]
        failed, least = _failures(samples), self._errors * failing.endpoints
        streak = _longest_without_failure(samples)
        chance = streak_p(streak, len(samples), failing.share)
        if self._controlled:
            fewer = fewer_p(failed, len(samples), _failures(seen[control]), len(seen[control]))
        else:
            fewer = share_p(failed, len(samples), failing.share) if failed < len(samples) * failing.share else 1.0
        seen_open = failed >= least and fewer < self.false_alarms and chance < self.false_alarms
        # An endpoint that is back within the run fails again, as declared: that it shows no breaker is no evidence.
        lasts = samples[-1].at - samples[0].at <= self.outlier_detection.base_ejection_time.total_seconds()
        return self._claim(
            "errors with the breaker",
            samples,
            least,
            f"{failed} of {len(samples)}, {failed / len(samples):.1%}, and {streak} in a row without",
            criterion=f"at least {least}; fewer than without it (p {fewer:.1e}) and a row without any that has the chance "
            f"{chance:.1e} if none were ejected, each below {self.false_alarms:g}",
            holds=seen_open if seen_open or lasts else None,
        )

    def _stays_open(self, before: Samples, samples: Samples, failing: Failing) -> Claim:
        first = min((s.at + s.latency for s in before if s.gateway_error), default=samples[0].at)
        last = max(sample.at for sample in samples)
        base = self.outlier_detection.base_ejection_time.total_seconds()
        back = max(0, math.floor((last - first) / base))
        under_way = math.ceil(RATE * failing.share * failing.wait)
        most = back * failing.endpoints * (2 * self._errors + under_way)
        failed = _failures(samples)
        return Claim(
            self.subject,
            "errors on the run after",
            declared=f"ejected for {base:g} s",
            measured=f"{failed} of {len(samples)}, {failed / len(samples):.1%}",
            criterion=f"at most {most}: an endpoint may have come back {back} times since the first error",
            requests=len(samples),
            holds=failed <= most,
        )

    def _claim(
        self, what: str, samples: Samples, errors: int, measured: str, *, criterion: str = "", holds: bool | None = None
    ) -> Claim:
        return Claim(
            self.subject,
            what,
            declared=f"opens after {errors} in a row",
            measured=measured,
            criterion=criterion,
            requests=len(samples),
            holds=holds,
        )


def _failures(samples: Samples) -> int:
    return sum(sample.gateway_error for sample in samples)


def _longest_without_failure(samples: Samples) -> int:
    longest = current = 0
    for sample in samples:
        current = 0 if _bad(sample) else current + 1
        longest = max(longest, current)
    return longest


def _bad(sample: Sample) -> bool:
    return sample.gateway_error or not sample.status
