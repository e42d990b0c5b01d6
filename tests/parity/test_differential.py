"""We and istiod itself say the same of documents that are nearly right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.parity.cases import CASES, webhook_cases
from tests.parity.differential import OURS_ALONE, compare, starting_documents
from tests.parity.embedding import document_of
from tests.parity.istiod_itself import Answer, Istiod, istiod
from tests.parity.judging import judge
from tests.parity.mutations import Mutations
from tests.parity.reasons import REASONS

HOSTS = {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "a", "namespace": "b"}}
GOOD = HOSTS | {"spec": {"hosts": ["a"], "http": [{"route": [{"destination": {"host": "a"}}]}]}}
BAD = HOSTS | {"spec": {"hosts": ["a"]}}
OLD_NAME = HOSTS | {"spec": {**GOOD["spec"], "gateways": ["a.b"]}}  # type: ignore[dict-item]
NOTHING = Answer("", "", "")
REFUSED = Answer("", "no routes", "")


@pytest.fixture(scope="module")
def itself() -> Iterator[Istiod]:
    if shutil.which("go") is None:
        pytest.skip("Go is not on the search path")
    with istiod() as built:
        yield built


@pytest.mark.lab
def test_istiod_itself_says_the_same(itself: Istiod) -> None:
    """Of 5,000 documents, of which it refuses some; `python -m tests.parity --random N --seed M` asks about others."""
    made = Mutations(starting_documents(), seed=1).make(5000)
    figures = compare(made, itself.ask(made))
    assert figures.compared > 2500
    assert figures.refused > 500
    assert figures.differences == ()


@pytest.mark.lab
@pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own cases are not at {CASES}")
def test_istiod_itself_agrees_where_its_tests_do_not(itself: Istiod) -> None:
    """The reasons say so: read as a document, those cases are something else."""
    explained = [case for case in webhook_cases() if (case.kind, case.number) in REASONS]
    answers = itself.ask([document_of(case) for case in explained])
    differ = {
        (case.kind, case.number)
        for case, answer in zip(explained, answers, strict=True)
        if bool(answer.refusal) is not judge(case).refused
    }
    assert differ == set()


def test_the_same_seed_makes_the_same_documents() -> None:
    """A difference that was found can be found again."""
    start = starting_documents()
    assert Mutations(start, seed=1).make(50) == Mutations(start, seed=1).make(50)
    assert Mutations(start, seed=1).make(50) != Mutations(start, seed=2).make(50)


@pytest.mark.parametrize(
    ("document", "answer", "differs"),
    [
        pytest.param(GOOD, NOTHING, False, id="both accept"),
        pytest.param(BAD, REFUSED, False, id="both refuse"),
        pytest.param(GOOD, REFUSED, True, id="only istiod refuses"),
        pytest.param(BAD, NOTHING, True, id="only we refuse"),
        pytest.param(OLD_NAME, Answer("", "", "an old name"), False, id="both warn"),
        pytest.param(GOOD, Answer("", "", "something"), True, id="only istiod warns"),
        pytest.param(OLD_NAME, NOTHING, False, id="only we warn, which is known"),
    ],
)
def test_differences_are_found(document: dict[str, object], answer: Answer, differs: bool) -> None:
    """In what is refused, and in what is warned of."""
    figures = compare([document], [answer])
    assert figures.compared == 1
    assert len(figures.differences) == differs


def test_what_does_not_get_to_istiod_is_not_compared() -> None:
    """Its shape, or a limit of the CRD, is against it."""
    misshapen = HOSTS | {"spec": {"host": "a"}}
    assert compare([misshapen, GOOD], [REFUSED, Answer("no such field", "", "")]).compared == 0


def test_warnings_of_ours_alone_have_a_reason() -> None:
    """And a code."""
    assert all(code.startswith("V1") and reason for code, reason in OURS_ALONE.items())
