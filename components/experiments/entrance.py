"""Who is answered at the door: a host that nobody declared, and a caller who speaks plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass

from components.experiments.experiment import LIGHT_RATE
from components.experiments.statistics import Effort
from components.experiments.traffic import Batch, Client, Request, Sample, Seen
from components.experiments.verdict import Claim
from components.model import MutualTLS, Workload

COUNT = 10
UNDECLARED_HOST = "undeclared.invalid"

RESETS = ("EOF", "connection reset by peer", "broken pipe")
"""How Go's HTTP client says that the other side closed the connection instead of answering."""


@dataclass(frozen=True, slots=True)
class UndeclaredHost:
    """The gateway answers 404 to a host that the mesh does not declare."""

    _: KW_ONLY
    origin: str

    @property
    def tests(self) -> int:
        return 0

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        request = Request(origin=self.origin, headers=(("host", UNDECLARED_HOST),))
        batch = Batch(UNDECLARED_HOST, client=Client.OUTSIDE, requests=(request,), count=COUNT, rate=LIGHT_RATE)
        return () if batch.name in seen else (batch,)

    def most_requests(self, effort: Effort) -> int:
        return COUNT

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        samples = seen[UNDECLARED_HOST]
        refused = sum(sample.status == 404 and sample.version is None for sample in samples)
        answered = [sample for sample in samples if sample.status]
        return (
            Claim(
                UNDECLARED_HOST,
                "an undeclared host",
                declared="404 from the gateway",
                measured=f"{refused} of {len(samples)}{_most_common(_answer(s) for s in samples if s.status != 404)}",
                criterion="no request is let in",
                requests=len(samples),
                holds=refused == len(samples) if answered else None,
            ),
        )


@dataclass(frozen=True, slots=True)
class PlainText:
    """A caller outside the mesh, who has no proxy and so speaks plain text, is refused under STRICT mutual TLS."""

    _: KW_ONLY
    workload: Workload
    mutual_tls: MutualTLS
    request: Request

    @property
    def name(self) -> str:
        return f"{self.workload} in plain text"

    @property
    def tests(self) -> int:
        return 0

    def batches(self, effort: Effort, seen: Seen) -> tuple[Batch, ...]:
        batch = Batch(
            self.name,
            client=Client.OUTSIDE,
            requests=(self.request,),
            count=COUNT,
            rate=LIGHT_RATE,
            keep_alive=False,
        )
        return () if self.name in seen else (batch,)

    def most_requests(self, effort: Effort) -> int:
        return COUNT

    def claims(self, seen: Seen) -> tuple[Claim, ...]:
        samples = seen[self.name]
        strict = self.mutual_tls is MutualTLS.STRICT
        answered = sum(sample.status > 0 for sample in samples)
        refused = sum(any(reset in sample.error for reset in RESETS) for sample in samples)
        told = answered + refused == len(samples)
        return (
            Claim(
                str(self.workload),
                "plain text from outside",
                declared="refused (mutual TLS STRICT)" if strict else f"answered ({self.mutual_tls.value})",
                measured=(f"{refused} of {len(samples)} refused" if strict else f"{answered} of {len(samples)}")
                + _most_common(_reason(s) for s in samples if s.error),
                criterion="every connection is closed unanswered" if strict else "every request is answered",
                requests=len(samples),
                holds=(answered == 0 if strict else refused == 0) if told or (strict and answered) else None,
            ),
        )


def _answer(sample: Sample) -> str:
    return _reason(sample) or f"{sample.status} from {sample.version or 'a proxy'}"


def _reason(sample: Sample) -> str:
    # Go's client starts with the URL, which the row tells already.
    return sample.error.rpartition('": ')[2]


def _most_common(reasons: Iterable[str]) -> str:
    counted = Counter(reasons).most_common(1)
    return f" ({counted[0][0]})" if counted else ""
