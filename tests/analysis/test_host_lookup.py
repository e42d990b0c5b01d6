"""What a name in a rule stands for."""

from __future__ import annotations

import pytest

from components.analysis.host_lookup import Verdict
from components.analysis.hosts import covers, overlap
from tests.analysis.checking import snapshot_of
from tests.analysis.objects import many, written

MESH = many(
    written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]}),
    written("Service", "hidden", spec={}, annotations={"networking.istio.io/exportTo": "."}),
    written("ServiceEntry", "out", "egress", {"hosts": ["*.example.com"], "exportTo": ["shop"]}),
    written("Namespace", "office", None),
)


@pytest.mark.parametrize(
    ("host", "namespace", "verdict"),
    [
        ("servicex", "shop", Verdict.SEEN),
        ("servicex.shop.svc.cluster.local", "office", Verdict.SEEN),
        ("*.shop.svc.cluster.local", "office", Verdict.SEEN),
        ("a.example.com", "shop", Verdict.SEEN),
        ("a.example.com", "office", Verdict.HIDDEN),
        ("hidden.shop.svc.cluster.local", "office", Verdict.HIDDEN),
        ("servicex", "office", Verdict.ELSEWHERE),
        ("servicex.shop", "shop", Verdict.NOT_EXPANDED),
        ("other.office", "shop", Verdict.NOT_EXPANDED),
        ("other", "shop", Verdict.UNKNOWN),
        ("example.com", "shop", Verdict.UNKNOWN),
        ("", "shop", Verdict.UNKNOWN),
    ],
)
def test_a_host_as_a_rule_of_a_namespace_means_it(host: str, namespace: str, verdict: Verdict) -> None:
    assert snapshot_of(MESH).host_lookup.find(host, namespace).verdict is verdict


def test_a_rule_that_is_exported_needs_its_hosts_where_it_goes() -> None:
    lookup = snapshot_of(MESH).host_lookup
    assert lookup.find("a.example.com", "office", ["shop"]).verdict is Verdict.SEEN
    assert lookup.find("a.example.com", "shop", ["office"]).verdict is Verdict.HIDDEN
    assert lookup.find("a.example.com", "shop", ["."]).verdict is Verdict.SEEN


def test_a_wildcard_covers_what_is_below_it_and_overlaps_both_ways() -> None:
    assert covers("*.a.test", "b.a.test")
    assert covers("*", "*.a.test")
    assert not covers("*.a.test", "a.test")
    assert not covers("b.a.test", "*.a.test")
    assert overlap("b.a.test", "*.a.test")
    assert not overlap("a.test", "b.test")
