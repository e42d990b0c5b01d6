"""The judged battery, for people as a table and for machines as JSON."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TextIO

from components.experiments.run import Outcome
from components.experiments.verdict import Claim, Row, Verdict

COLOURS = {Verdict.HOLDS: "green", Verdict.DOES_NOT_HOLD: "bold red", Verdict.COULD_NOT_TELL: "yellow"}

WIDTH = 120


def text(outcome: Outcome, stream: TextIO, *, width: int | None = None) -> None:
    """A table with a part for each host and workload, then the summary.

    `width` in columns; None: the terminal's, or 120 into a file.
    """
    # rich is slow to import, and a run that ends in an error does not need it.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, width=width or _columns(stream), highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("what", overflow="fold")
    table.add_column("declared", overflow="fold")
    table.add_column("measured", overflow="fold")
    table.add_column("verdict", no_wrap=True, min_width=14)
    for subject, rows in groupby(outcome.rows, key=lambda row: row.claim.subject):
        table.add_section()
        table.add_row(Text(subject, style="bold underline"), "", "", "")
        for row in rows:
            table.add_row(
                Text(row.claim.what),
                Text(row.claim.declared),
                Text(_measured(row.claim)),
                Text(row.verdict.value, style=COLOURS[row.verdict]),
            )
    console.print(table)
    for row in outcome.rows:
        if row.verdict is Verdict.DOES_NOT_HOLD:
            asked = Text(f"{row.claim.subject}, {row.claim.what}: ", style="bold")
            console.print(asked + Text(f"asked was: {row.claim.criterion}", style="not bold"))
    console.print(Text(summary(outcome)))


def as_json(outcome: Outcome, stream: TextIO) -> None:
    """One object: how it was judged, the summary, and the rows with their criteria and p-values."""
    counts = _counts(outcome)
    document = {
        "falseAlarmRate": outcome.effort.false_alarms,
        "difference": outcome.effort.difference,
        "power": outcome.effort.power,
        "requests": outcome.requests,
        "seconds": round(outcome.seconds, 1),
        "summary": {verdict.name.lower(): counts[verdict] for verdict in Verdict},
        "rows": [_as_object(row) for row in outcome.rows],
    }
    json.dump(document, stream, indent=2)
    stream.write("\n")


def summary(outcome: Outcome) -> str:
    counts = _counts(outcome)
    failing = counts[Verdict.DOES_NOT_HOLD]
    return (
        f"{counts[Verdict.HOLDS]} hold, {failing} {'does' if failing == 1 else 'do'} not hold, "
        f"{counts[Verdict.COULD_NOT_TELL]} could not tell; {outcome.requests} requests in {outcome.seconds:.0f} s; "
        f"at most 1 false alarm in {1 / outcome.effort.false_alarms:,.0f} runs"
    )


def _columns(stream: TextIO) -> int | None:
    """None lets rich ask the terminal; a file or a pipe has no width of its own."""
    return None if stream.isatty() else WIDTH


def _measured(claim: Claim) -> str:
    return claim.measured if claim.p is None or claim.p == 1 else f"{claim.measured}, p {claim.p:.2g}"


def _as_object(row: Row) -> dict[str, str | int | float | None]:
    claim = row.claim
    return {
        "subject": claim.subject,
        "what": claim.what,
        "declared": claim.declared,
        "measured": claim.measured,
        "requests": claim.requests,
        "p": claim.p,
        "criterion": claim.criterion,
        "verdict": row.verdict.value,
    }


def _counts(outcome: Outcome) -> Counter[Verdict]:
    return Counter(row.verdict for row in outcome.rows)
