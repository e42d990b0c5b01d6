"""How many pods of a version answer: counted over all that the battery sent, so it sends nothing of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import KW_ONLY, dataclass

from components.experiments.statistics import Effort, missed_p
from components.experiments.traffic import Batch, Seen
from components.experiments.verdict import Claim
from components.model import Version


@dataclass(frozen=True, slots=True)
class Replicas:
    """As many pods answer as the version has replicas. Answers to hashed keys do not count: they choose no pod."""

    _: KW_ONLY
    version: Version

    @property
    def tests(self) -> int:
        return 1

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        return ()

    def most_requests(self, effort: Effort) -> int:
        return 0

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        # The deployment's name tells two workloads apart whose versions have one name.
        start = f"{self.version.workload.name}-{self.version.name}-"
        pods = Counter(
            sample.pod
            for samples in seen.values()
            for sample in samples
            if sample.version == self.version.name and sample.pod and sample.pod.startswith(start)
            if not sample.request.key
        )
        declared, answers = self.version.replicas, pods.total()
        p = 1.0 if len(pods) >= declared else missed_p(answers, declared)
        return (
            Claim(
                str(self.version.workload),
                f"pods of version {self.version.name}",
                declared=str(declared),
                measured=f"{len(pods)} in {answers} answers" if answers else "none of its pods answered anything",
                criterion="as many pods answer; chance of missing one in so many answers is the p-value",
                requests=answers,
                p=p if answers and len(pods) <= declared else None,
                holds=False if len(pods) > declared else None,
            ),
        )
