"""M0122: two ServiceEntries have the same port of a host."""

from __future__ import annotations

from components.analysis.checks.references import entries_of_one_host
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def entry(name: str, protocol: str = "TLS", *export_to: str) -> str:
    port = {"number": 443, "name": "a", "protocol": protocol}
    spec = {"hosts": ["a.example.com"], "ports": [port], "exportTo": list(export_to)}
    return written("ServiceEntry", name, name, spec)


def test_both_entries_name_the_other() -> None:
    found = findings_of(entries_of_one_host, many(entry("a"), entry("b")))
    assert [(each.code, "b/b" in each.message) for each in found] == [("M0122", True), ("M0122", False)]


def test_different_protocols_are_anothers_and_own_namespaces_do_not_meet() -> None:
    assert not findings_of(entries_of_one_host, many(entry("a"), entry("b", "HTTP")))
    assert not findings_of(entries_of_one_host, many(entry("a", "TLS", "."), entry("b", "TLS", ".")))
