"""M0121: ServiceEntries give a host's port different protocols."""

from __future__ import annotations

from components.analysis.checks.references import entries_of_two_protocols
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def entry(name: str, protocol: str, namespace: str = "shop", *export_to: str) -> str:
    port = {"number": 8443, "name": "a", "protocol": protocol}
    spec = {"hosts": ["a.example.com"], "ports": [port], "exportTo": list(export_to)}
    return written("ServiceEntry", name, namespace, spec)


def test_both_entries_are_reported_once() -> None:
    found = findings_of(entries_of_two_protocols, many(entry("a", "HTTP"), entry("b", "TLS"), entry("c", "http")))
    assert sorted((each.name, each.istio) for each in found) == [(name, "IST0177") for name in "abc"]


def test_entries_that_nobody_sees_together_do_not_conflict() -> None:
    assert not findings_of(
        entries_of_two_protocols, many(entry("a", "HTTP", "shop", "."), entry("b", "TLS", "office", "."))
    )
    assert (
        len(findings_of(entries_of_two_protocols, many(entry("a", "HTTP", "shop", "."), entry("b", "TLS", "office"))))
        == 2
    )
