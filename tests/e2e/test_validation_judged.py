"""What validation says of a document is what the API server, the CRDs and istiod's webhook say, whatever is changed in it.

The judge is the lab's own cluster; everything is a dry run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.api.validation.mutations import KINDS, ROWS, SPECS, document, mutant
from tests.api.validation.rows import changed
from tests.api.validation.whole_specs import WHOLE_SPECS
from tests.e2e.beside import Beside
from tests.e2e.judging import Judge, differ, judge, our_verdict
from tests.e2e.known_differences import KNOWN, Known, is_known

pytestmark = pytest.mark.lab

Item = dict[str, Any]

DRAWS = 1000
"""Of each kind; hypothesis draws the same ones each time (`derandomize`)."""
SHOWN = 5
"""Of differences; the rest are counted."""
DRAWN = settings(
    max_examples=DRAWS,
    derandomize=True,
    database=None,
    deadline=None,
    # What was changed is little as it is.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module", name="judging")
def _judging(beside: Beside) -> Iterator[Judge]:
    with judge(beside) as found:
        yield found


@pytest.mark.parametrize("kind", KINDS)
def test_what_validation_says_is_what_the_cluster_says(judging: Judge, kind: str) -> None:
    """Refused, taken with a warning or without: of valid documents with one to three things changed."""
    drawn: dict[str, Item] = {}

    @DRAWN
    @given(st.integers(0, 2**32))
    def collect(number: int) -> None:
        drawn[f"mutant({kind!r}, {number}) of tests.api.validation.mutations"] = mutant(kind, number)

    collect()
    assert len(drawn) > DRAWS // 2
    refused = _same(judging, drawn)
    # Had nearly all or hardly any been refused, little would have been compared.
    assert len(drawn) // 10 < refused < len(drawn) * 9 // 10


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_tables_break_is_what_the_cluster_refuses(judging: Judge, kind: str) -> None:
    """Each row that breaks a rule is judged alike."""
    broken = {f"{row.code} {row.words}": document(kind, changed(row.spec, row.change)) for row in ROWS[kind]}
    assert _same(judging, broken) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_tables_call_valid_is_taken(judging: Judge, kind: str) -> None:
    """And warned of only where validation warns."""
    valid = {**SPECS[kind], **{f"with every field, {at}": spec for at, spec in enumerate(WHOLE_SPECS.get(kind, ()))}}
    assert _same(judging, {words: document(kind, spec) for words, spec in valid.items()}) == 0


@pytest.mark.parametrize("known", [pytest.param(known, id=words) for words, known in KNOWN.items() if known.examples])
def test_known_differences_are_still_there(judging: Judge, known: Known) -> None:
    """One that is gone goes from the table, or it would hide what is new."""
    for made in known.examples:
        theirs, ours = judging.verdict(made), our_verdict(made)
        assert differ(theirs, ours), f"both say the same of {json.dumps(made)}: {theirs.words}"
        assert known.explains(judging, made, theirs, ours)


def _same(judging: Judge, documents: Mapping[str, Item]) -> int:
    """How many the cluster refuses; each is judged alike, but for what is known."""
    refused, told = 0, []
    for words, made in documents.items():
        theirs, ours = judging.verdict(made), our_verdict(made)
        refused += theirs.refused
        if differ(theirs, ours) and not is_known(judging, made, theirs, ours):
            told.append(
                f"{words}:\n{json.dumps(made)}\n"
                f"the cluster {_said(theirs.refused, theirs.words)}\nvalidation {_said(ours.refused, ours.words)}"
            )
    again = "pipe one to kubectl apply --server-side --dry-run=server -f -, and to python -m components.analysis"
    assert not told, f"{len(told)} of {len(documents)} are judged in two ways; {again}\n" + "\n\n".join(told[:SHOWN])
    return refused


def _said(refused: bool, words: str) -> str:
    return f"{'refuses' if refused else 'takes'} it: {words or 'not a word'}"
