"""Of a document of the Gateway API's, what its CRD limits is told."""

from __future__ import annotations

from typing import Any

import pytest

from components.api import decode
from components.api.validation import validate

GATEWAY: dict[str, Any] = {"gatewayClassName": "istio", "listeners": [{"name": "web", "port": 80, "protocol": "HTTP"}]}


def broken(spec: dict[str, Any]) -> set[tuple[str, str]]:
    document = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "a"},
        "spec": spec,
    }
    return {(each.code, each.path) for each in validate(decode(document))}


def test_a_good_one_breaks_nothing() -> None:
    assert broken(GATEWAY) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"gatewayClassName": ""}, ("V0004", "spec.gatewayClassName"), id="a class without a name"),
        pytest.param(
            {"listeners": [{"name": "web", "port": 70000, "protocol": "HTTP"}]},
            ("V0003", "spec.listeners[0].port"),
            id="a port that is none",
        ),
        pytest.param(
            {"listeners": [{"name": "We_b", "port": 80, "protocol": "HTTP"}]},
            ("V0005", "spec.listeners[0].name"),
            id="a name in capitals",
        ),
    ],
)
def test_what_is_beyond_a_limit_is_named(change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in broken(GATEWAY | change)
