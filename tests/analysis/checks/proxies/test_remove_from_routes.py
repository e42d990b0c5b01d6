"""M0723: REMOVE is used where it is ignored."""

from __future__ import annotations

from components.analysis.checks.proxies import remove_from_routes
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def patched(apply_to: str, operation: str = "REMOVE") -> str:
    return written(
        "EnvoyFilter", "a", spec={"configPatches": [{"applyTo": apply_to, "patch": {"operation": operation}}]}
    )


def test_nothing_is_removed_from_routes() -> None:
    for apply_to in ("ROUTE_CONFIGURATION", "HTTP_ROUTE"):
        (found,) = findings_of(remove_from_routes, patched(apply_to))
        assert (found.istio, found.severity) == ("IST0154", Severity.ERROR)


def test_elsewhere_it_is_and_other_operations_are_anothers() -> None:
    assert not findings_of(remove_from_routes, patched("CLUSTER"))
    assert not findings_of(remove_from_routes, patched("HTTP_ROUTE", "ADD"))
