"""M0809: a namespace is not in the mesh."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import namespace_not_injected
from tests.analysis.checking import findings_of

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {%s}}\n"


def test_a_namespace_without_a_label_is_information() -> None:
    (found,) = findings_of(namespace_not_injected, NAMESPACE % ("shop", ""))
    assert (found.code, found.severity.value, found.istio) == ("M0809", "info", "IST0102")


@pytest.mark.parametrize(
    "label", ["istio-injection: disabled", "istio.io/rev: canary", "istio.io/dataplane-mode: ambient"]
)
def test_one_that_says_what_is_meant_is_not_reported(label: str) -> None:
    assert not findings_of(namespace_not_injected, NAMESPACE % ("shop", label))


def test_the_control_planes_own_is_left_out() -> None:
    assert not findings_of(namespace_not_injected, NAMESPACE % ("istio-system", ""))
