"""M0941: a waypoint is asked for in a namespace that is not in ambient mode."""

from __future__ import annotations

from components.analysis.checks.ambient import waypoint_without_ambient
from tests.analysis.checking import findings_of, lines_of

NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio.io/use-waypoint: %s
    istio.io/dataplane-mode: %s
---
apiVersion: v1
kind: Pod
metadata: {name: servicex, namespace: shop, labels: {istio.io/dataplane-mode: %s}}
spec: {containers: [{name: servicex}]}
"""


def test_a_waypoint_that_nothing_goes_to_is_reported() -> None:
    text = NAMESPACE % ("waypoint", "none", "none")
    found = findings_of(waypoint_without_ambient, text)
    assert [each.code for each in found] == ["M0941"]
    assert lines_of(found, text) == ["istio.io/use-waypoint: waypoint"]


def test_one_that_something_goes_to_is_not_nor_is_none() -> None:
    assert not findings_of(waypoint_without_ambient, NAMESPACE % ("waypoint", "ambient", "none"))
    assert not findings_of(waypoint_without_ambient, NAMESPACE % ("waypoint", "none", "ambient"))
    assert not findings_of(waypoint_without_ambient, NAMESPACE % ("none", "none", "none"))
