"""M0411: a subset without labels has every endpoint of its host."""

from __future__ import annotations

from functools import partial

from components.analysis.checks.destinations import subset_without_labels
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.documents import destination_rule

found_in = partial(findings_of, subset_without_labels)


def subset(more: str) -> str:
    """A subset."""
    return destination_rule(f"subsets: [{{name: v1{more}}}]")


def test_a_subset_with_nothing_of_its_own_is_noted() -> None:
    (found,) = found_in(subset(""))
    assert (found.code, found.field, found.severity) == ("M0411", "spec.subsets[0]", Severity.INFO)


def test_labels_or_settings_make_it_one() -> None:
    assert not found_in(subset(", labels: {version: v1}"))
    assert not found_in(subset(", trafficPolicy: {tls: {mode: SIMPLE}}"))
