"""M0105: a subset that is routed to is not defined."""

from __future__ import annotations

from components.analysis.checks.references import subset_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def rule(host: str = "servicex", subset: str = "200") -> str:
    return written("DestinationRule", "x", spec={"host": host, "subsets": [{"name": subset}]})


def routed(subset: str) -> str:
    destination = {"host": "servicex.shop.svc.cluster.local", "subset": subset}
    return written(
        "VirtualService", "servicex", spec={"hosts": ["servicex"], "http": [{"route": [{"destination": destination}]}]}
    )


def test_a_subset_that_the_hosts_rule_lacks_is_an_error() -> None:
    (found,) = findings_of(subset_not_found, many(rule(), routed("504")))
    assert (found.field, found.severity) == ("spec.http[0].route[0].destination.subset", Severity.ERROR)
    assert "200" in found.remedy


def test_without_a_rule_for_the_host_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(subset_not_found, routed("504"))] == [Severity.INFO]


def test_a_program_that_has_the_namespace_has_its_rules() -> None:
    text = many(written("Namespace", "shop", None), routed("504"))
    assert [each.severity for each in findings_of(subset_not_found, text, complete=True)] == [Severity.ERROR]


def test_a_rule_for_a_wildcard_defines_subsets_of_its_hosts() -> None:
    assert not findings_of(subset_not_found, many(rule("*.shop.svc.cluster.local"), routed("200")))
