"""M0111: exportTo names a namespace that does not exist."""

from __future__ import annotations

from components.analysis.checks.references import export_to_unknown_namespace
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

RULE = written("DestinationRule", "x", spec={"host": "servicex", "exportTo": [".", "*", "shop", "office"]})


def test_a_namespace_that_nothing_is_of_is_told_without_being_sure() -> None:
    (found,) = findings_of(export_to_unknown_namespace, RULE)
    assert (found.field, found.severity) == ("spec.exportTo[3]", Severity.INFO)


def test_in_a_complete_set_it_is_a_warning() -> None:
    assert [each.severity for each in findings_of(export_to_unknown_namespace, RULE, complete=True)] == [
        Severity.WARNING
    ]


def test_a_namespace_or_any_object_of_it_makes_it_known() -> None:
    assert not findings_of(export_to_unknown_namespace, many(RULE, written("Namespace", "office", None)))
    assert not findings_of(export_to_unknown_namespace, many(RULE, written("Pod", "p", "office")))
