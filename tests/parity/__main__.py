"""Print how far we and istiod agree, kind by kind, and each case on which we do not: `make parity`.

`python -m tests.parity --random 10000` asks istiod itself, too, about that many documents that are nearly right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from tests.parity.cases import CASES, WebhookCase, crd_cases, webhook_cases
from tests.parity.differential import compare, starting_documents
from tests.parity.embedding import NO_DOCUMENT, is_part
from tests.parity.istiod_itself import istiod
from tests.parity.judging import Verdict, agrees, judge, judge_document, warnings_agree
from tests.parity.mutations import Mutations
from tests.parity.reasons import REASONS, WARNING_REASONS

TABLE_WIDTH = 125  # without a terminal, rich has 80 columns and cuts the headings


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 when every disagreement has a reason, 1 when one has none, 2 when there are no cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("--random", type=int, default=0, metavar="N", help="ask istiod about N documents, nearly right")
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    options = parser.parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False)
    console.width = max(console.width, TABLE_WIDTH)
    if options.random:
        return _print_differences(console, options.random, options.seed)
    if not CASES.is_dir():
        console.print(f"No cases at {CASES}.")
        return 2
    judged = [(case, judge(case)) for case in webhook_cases() if case.number not in NO_DOCUMENT]
    console.print(_webhook_table(judged))
    for number, reason in NO_DOCUMENT.items():
        console.print(f"Left out: case {number}; {reason}.")
    unexplained = _print_disagreements(console, judged)
    documents = [(case, judge_document(case.document)) for case in crd_cases()]
    agreed = [agrees(case, verdict) for case, verdict in documents]
    console.print(f"\nCRDs: {len(agreed)} documents, {sum(agreed)} agree.")
    for each, verdict in documents:
        if not agrees(each, verdict):
            console.print(f"  {each.name}: the API server says {each.error or 'nothing'!r}, we say {verdict.words}")
    return 1 if unexplained or not all(agreed) else 0


def _print_differences(console: Console, count: int, seed: int) -> int:
    made = Mutations(starting_documents(), seed).make(count)
    with istiod() as itself:
        figures = compare(made, itself.ask(made))
    console.print(f"{count} documents, {figures.compared} get to istiod, which refuses {figures.refused}.")
    console.print(f"{len(figures.differences)} differences.")
    for document, answer, verdict in figures.differences:
        said = answer.refusal or (f"warns: {answer.warning}" if answer.warning else "nothing")
        console.print(f"\n{json.dumps(document)}\n  istiod: {said}\n  we: {verdict.words}")
    return 1 if figures.differences else 0


def _webhook_table(judged: Iterable[tuple[WebhookCase, Verdict]]) -> Table:
    counts: dict[str, Counter[str]] = {}
    for case, verdict in judged:
        warned = warnings_agree(case, verdict)
        for kind in (case.kind, "all"):
            count = counts.setdefault(kind, Counter())
            count["cases"] += 1
            count["parts"] += is_part(case)
            count["agree"] += agrees(case, verdict)
            count["only istiod refuses"] += not case.valid and not verdict.refused
            count["only we refuse"] += case.valid and verdict.refused
            count["warning told"] += warned is not None
            count["the same"] += warned is True
            count["CRD says more"] += verdict.refused_by_crd
    table = Table(title="istiod's webhook and we", title_justify="left", box=box.SIMPLE_HEAD)
    columns = list(counts.get("all", ()))
    for name in ("kind", *columns, "%"):
        table.add_column(name, justify="left" if name == "kind" else "right", no_wrap=name == "kind")
    for kind, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
        share = 100 * count["agree"] / count["cases"]
        table.add_row(kind, *(str(count[name]) for name in columns), f"{share:.1f}")
    return table


def _print_disagreements(console: Console, judged: Iterable[tuple[WebhookCase, Verdict]]) -> int:
    unexplained = 0
    for case, verdict in judged:
        key = (case.kind, case.number)
        for differs, said, reasons in (
            (not agrees(case, verdict), "accepts" if case.valid else "refuses", REASONS),
            (warnings_agree(case, verdict) is False, "warns" if case.warned else "does not warn", WARNING_REASONS),
        ):
            if differs:
                unexplained += key not in reasons
                console.print(
                    f"{case.kind} {case.number} ({case.test}: {case.name}): istiod {said}, we say {verdict.words}"
                )
                console.print(f"    {reasons.get(key, 'NO REASON WRITTEN')}")
    return unexplained


if __name__ == "__main__":
    sys.exit(main())
