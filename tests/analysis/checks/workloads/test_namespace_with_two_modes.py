"""M0811: a namespace joins the mesh in two ways."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import namespace_with_two_modes
from tests.analysis.checking import findings_of

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {%s}}\n"


@pytest.mark.parametrize(
    "labels",
    [
        "istio-injection: enabled, istio.io/rev: a",
        "istio-injection: enabled, istio.io/dataplane-mode: ambient",
        "istio.io/rev: a, istio.io/dataplane-mode: ambient",
    ],
    ids=["injection and revision", "injection and ambient", "revision and ambient"],
)
def test_two_ways_are_reported(labels: str) -> None:
    (found,) = findings_of(namespace_with_two_modes, NAMESPACE % labels)
    assert (found.code, found.istio) == ("M0811", "IST0123")


def test_one_way_and_injection_disabled_beside_another_are_not() -> None:
    assert not findings_of(namespace_with_two_modes, NAMESPACE % "istio.io/rev: a")
    assert not findings_of(namespace_with_two_modes, NAMESPACE % "istio-injection: disabled, istio.io/rev: a")
