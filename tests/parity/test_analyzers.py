"""We find in Istio's own files what its analyzers find, and nothing else under their codes; its samples are clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from components.analysis import Severity, analyse
from components.analysis.reading import read_paths
from tests.parity.analyzers import AnalyzerCase, analyzer_cases, told_by_us
from tests.parity.cases import CASES

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own cases are not at {CASES}")

LOWER: Mapping[tuple[int, str], str] = {(8, "IST0101"): "info", (100, "IST0173"): "info"}
"""By number and code: a note, because no pods are among the documents, so that they may be kept elsewhere."""

SAMPLES = CASES / "istio-samples"


@pytest.mark.parametrize(
    "case", analyzer_cases() if CASES.is_dir() else (), ids=lambda case: f"{case.number}-{case.name}"
)
def test_we_find_what_the_analyzer_finds_and_nothing_else(case: AnalyzerCase) -> None:
    """Code, severity, kind, namespace and name, each as often as Istio; LOWER lists where only the severity differs."""
    expected = [told._replace(severity=LOWER.get((case.number, told.code), told.severity)) for told in case.expected]
    assert told_by_us(case) == Counter(expected)


def test_there_are_enough_cases_to_say_so() -> None:
    cases = analyzer_cases()
    assert len(cases) >= 48
    assert sum(len(case.expected) for case in cases) > 80


SETS = sorted([SAMPLES, *(each for each in SAMPLES.rglob("*") if each.suffix == ".yaml" or each.is_dir())])


@pytest.mark.parametrize("path", SETS, ids=lambda path: str(path.relative_to(CASES)))
def test_nothing_above_a_note_is_said_of_what_is_right(path: object) -> None:
    """Each sample alone, each folder, and all of them together."""
    findings = analyse(read_paths([str(path)])).findings
    assert [each for each in findings if each.severity is not Severity.INFO] == []
