"""M0109: what is referred to is not exported to where it is needed."""

from __future__ import annotations

from components.analysis.checks.references import hidden_by_export
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def entry(*export_to: str) -> str:
    spec = {"hosts": ["bank.example.com"], "exportTo": list(export_to), "ports": []}
    return written("ServiceEntry", "bank", "egress", spec)


def routed(host: str, subset: str | None = None, **spec: object) -> str:
    destination = {"host": host} | ({"subset": subset} if subset else {})
    rules = {"hosts": ["a.mesh.test"], "http": [{"route": [{"destination": destination}]}]}
    return written("VirtualService", "a", spec=rules | spec)


def test_a_host_that_is_exported_elsewhere_is_an_error_with_istios_code() -> None:
    (found,) = findings_of(hidden_by_export, many(entry("."), routed("bank.example.com")))
    assert (found.severity, found.istio) == (Severity.ERROR, "IST0101")
    assert not findings_of(hidden_by_export, many(entry("shop"), routed("bank.example.com")))


def test_a_virtual_service_for_other_namespaces_needs_the_host_there() -> None:
    assert findings_of(hidden_by_export, many(entry("shop"), routed("bank.example.com", exportTo=["office"])))
    assert not findings_of(hidden_by_export, many(entry("office"), routed("bank.example.com", exportTo=["office"])))


def test_the_annotation_of_a_service_hides_it() -> None:
    hidden = {"networking.istio.io/exportTo": "."}
    service = written("Service", "servicex", "egress", {"ports": []}, annotations=hidden)
    rule = written("DestinationRule", "x", spec={"host": "servicex.egress.svc.cluster.local"})
    (found,) = findings_of(hidden_by_export, many(service, rule))
    assert (found.severity, found.istio) == (Severity.WARNING, "IST0174")


def test_a_subset_is_hidden_when_every_rule_that_defines_it_is() -> None:
    name = "bank.example.com"
    rules = [
        written("DestinationRule", f"d{each}", "egress", {"host": name, "exportTo": [each], "subsets": [{"name": "a"}]})
        for each in (".", "*")
    ]
    (found,) = findings_of(hidden_by_export, many(entry("*"), rules[0], routed(name, "a")))
    assert (found.field, found.istio) == ("spec.http[0].route[0].destination.subset", None)
    assert not findings_of(hidden_by_export, many(entry("*"), *rules, routed(name, "a")))
