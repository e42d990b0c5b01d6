"""What a person and a machine are shown."""

from __future__ import annotations

import io
import json

import pytest

from components.experiments import report
from components.experiments.run import Outcome
from components.experiments.statistics import Effort
from components.experiments.verdict import Claim, judge

CLAIMS = [
    Claim(
        "a.mesh.test", "canary: shares", declared="90 / 10 %", measured="89.8% / 10.2% of 1575", p=0.83, requests=1575
    ),
    Claim(
        "a.mesh.test",
        "abort: aborted",
        declared="500 on 25 %",
        measured="0 of 2964, 0.0%",
        criterion="exact binomial test",
        p=1e-300,
        requests=2964,
    ),
    Claim("servicex", "circuit breaker", declared="opens after 5 in a row", measured="nothing fails here"),
]
OUTCOME = Outcome(rows=judge(CLAIMS, 0.001), effort=Effort(tests=2), requests=4539, seconds=31.4)


def table(width: int) -> str:
    """The text report at this width."""
    stream = io.StringIO()
    report.text(OUTCOME, stream, width=width)
    return stream.getvalue()


@pytest.mark.parametrize("width", [100, 140], ids=["100 columns", "140 columns"])
def test_the_table_fits_and_keeps_every_verdict_whole(width: int) -> None:
    """No line is longer than the terminal, and each row's verdict stands on one line with its name."""
    lines = table(width).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width
    for what, verdict in (
        ("canary: shares", "holds"),
        ("abort: aborted", "does not hold"),
        ("circuit breaker", "could not tell"),
    ):
        assert any(what in line and line.rstrip().endswith(verdict) for line in lines)


def test_what_fails_is_repeated_with_its_criterion() -> None:
    """Below the table, only for rows that do not hold."""
    assert "a.mesh.test, abort: aborted: asked was: exact binomial test" in table(100)
    assert "canary: shares: asked" not in table(100)


def test_the_summary_counts_verdicts_requests_and_seconds() -> None:
    """One line, the last."""
    expected = "1 hold, 1 does not hold, 1 could not tell; 4539 requests in 31 s; at most 1 false alarm in 1,000 runs"
    assert table(140).splitlines()[-1] == expected


def test_json_has_every_row_with_its_p_value_and_verdict() -> None:
    """Machines read the same verdicts, and how they were come to."""
    stream = io.StringIO()
    report.as_json(OUTCOME, stream)
    document = json.loads(stream.getvalue())
    assert document["summary"] == {"holds": 1, "does_not_hold": 1, "could_not_tell": 1}
    assert (document["falseAlarmRate"], document["requests"], document["seconds"]) == (0.001, 4539, 31.4)
    assert [row["verdict"] for row in document["rows"]] == ["holds", "does not hold", "could not tell"]
    assert document["rows"][0] == {
        "subject": "a.mesh.test",
        "what": "canary: shares",
        "declared": "90 / 10 %",
        "measured": "89.8% / 10.2% of 1575",
        "requests": 1575,
        "p": 0.83,
        "criterion": "",
        "verdict": "holds",
    }
