"""M0722: ADD is used where it is ignored."""

from __future__ import annotations

from components.analysis.checks.proxies import add_to_routes
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def patched(apply_to: str, operation: str = "ADD") -> str:
    return written(
        "EnvoyFilter", "a", spec={"configPatches": [{"applyTo": apply_to, "patch": {"operation": operation}}]}
    )


def test_nothing_is_added_to_routes() -> None:
    for apply_to in ("ROUTE_CONFIGURATION", "HTTP_ROUTE"):
        (found,) = findings_of(add_to_routes, patched(apply_to))
        assert (found.istio, found.severity) == ("IST0153", Severity.ERROR)


def test_elsewhere_it_is_and_other_operations_are_anothers() -> None:
    assert not findings_of(add_to_routes, patched("CLUSTER"))
    assert not findings_of(add_to_routes, patched("HTTP_ROUTE", "REMOVE"))
