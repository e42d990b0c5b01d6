"""How a batch is given to vegeta, and how its results become samples.

Source of the two formats: vegeta 12's own `attack -format=json` and `encode -to json`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime

import msgspec

from components.experiments.errors import Unusable
from components.experiments.traffic import Batch, Sample, Samples

TIMEOUT = 10
"""Seconds after which a request counts as not answered. Above any wait that the mesh is expected to show."""

BODY_LIMIT = 120
"""Bytes of an answer that are kept: enough to know Envoy's own answers by their words."""

WORKERS = 4000
"""Requests open at once at most: 400 a second that all wait for the timeout."""


ENOUGH = 0.9
"""The least part of a batch that makes a verdict. On a busy machine vegeta falls behind and its time ends first."""


class _Result(msgspec.Struct):
    seq: int
    code: int
    timestamp: datetime
    latency: int
    url: str
    error: str = ""
    body: str | None = None
    headers: dict[str, list[str]] | None = None


def targets(batch: Batch) -> bytes:
    """The requests, one JSON object a line. The query numbers them: results tell the URL but not the headers sent."""
    lines = (
        {
            "method": "GET",
            "url": f"{request.origin}{request.path}{'&' if '?' in request.path else '?'}request={number}",
            "header": {name.title(): [value] for name, value in request.headers},
        }
        for number, request in enumerate(batch.requests)
    )
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def command(batch: Batch) -> str:
    """A shell line that reads targets from its input and writes one JSON result a line. `batch.rate` must be set."""
    if not batch.rate:
        raise ValueError(f"batch {batch.name!r} has no rate; the pace gives it one before it is sent")
    # The count over its own duration: vegeta then sends exactly so many, which a rounded rate would not.
    duration = f"{round(batch.count / batch.rate * 1e9)}ns"
    return (
        f"vegeta attack -format=json -targets=/dev/stdin -rate={batch.count}/{duration} -duration={duration}"
        f" -timeout={TIMEOUT}s -max-workers={WORKERS} -max-body={BODY_LIMIT} -redirects=-1"
        f" -keepalive={str(batch.keep_alive).lower()} | vegeta encode -to json"
    )


def samples(batch: Batch, output: bytes) -> Samples:
    """The results in the order in which they were sent: all of the batch, or all but its end.

    Requests that were never sent say nothing of the mesh, so what is left is a smaller sample and as good a one. A result
    that is missing from the middle may be missing for what it was. Raises `Unusable` for that, and for less than `ENOUGH`.
    """
    decoder = msgspec.json.Decoder(_Result)
    try:
        results = [decoder.decode(line) for line in output.splitlines() if line.strip()]
    except msgspec.MsgspecError as error:
        raise Unusable(
            f"the load client's results for {batch.name!r} can not be read ({error}); "
            "the experiments read those of vegeta 12, so use the image that the stack names"
        ) from error
    if len(results) < ENOUGH * batch.count or {result.seq for result in results} != set(range(len(results))):
        raise Unusable(
            f"the load client has {len(results)} results of the {batch.count} requests of {batch.name!r}, too few or with "
            "gaps, so no verdict is made of them. Its pod may have been evicted or killed, or the machine is too busy: look "
            "at its memory and load, then run the experiments again"
        )
    return tuple(sorted((_sample(batch, result) for result in results), key=lambda sample: sample.at))


def _sample(batch: Batch, result: _Result) -> Sample:
    headers = {name.lower(): values[0] for name, values in (result.headers or {}).items() if values}
    return Sample(
        request=batch.requests[int(result.url.rpartition("=")[2])],
        at=result.timestamp.timestamp(),
        latency=result.latency / 1e9,
        status=result.code,
        version=headers.get("x-servicex-version"),
        pod=headers.get("x-servicex-pod"),
        body=base64.b64decode(result.body or "").decode(errors="replace"),
        upstream=_upstream(headers),
        error=result.error if result.code == 0 else "",
    )


def _upstream(headers: Mapping[str, str]) -> float | None:
    waited = headers.get("x-envoy-upstream-service-time", "")
    return int(waited) / 1000 if waited.isdigit() else None
