"""M0721: REPLACE is used where it is ignored."""

from __future__ import annotations

from components.analysis.checks.proxies import replace_not_possible
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import written


def patched(apply_to: str, operation: str = "REPLACE") -> str:
    return written(
        "EnvoyFilter", "a", spec={"configPatches": [{"applyTo": apply_to, "patch": {"operation": operation}}]}
    )


def test_replace_is_for_filters_and_virtual_hosts() -> None:
    for apply_to in ("CLUSTER", "LISTENER", "HTTP_ROUTE"):
        (found,) = findings_of(replace_not_possible, patched(apply_to))
        assert (found.istio, found.severity) == ("IST0152", Severity.ERROR)
    for apply_to in ("HTTP_FILTER", "NETWORK_FILTER", "VIRTUAL_HOST"):
        assert not findings_of(replace_not_possible, patched(apply_to))


def test_other_operations_are_anothers() -> None:
    assert not findings_of(replace_not_possible, patched("CLUSTER", "MERGE"))
