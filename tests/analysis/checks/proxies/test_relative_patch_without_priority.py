"""M0720: a relative patch has no priority."""

from __future__ import annotations

from components.analysis.checks.proxies import relative_patch_without_priority
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def patched(
    name: str, operation: str, apply_to: str = "HTTP_FILTER", priority: int | None = None, version: str | None = None
) -> str:
    match = {"match": {"proxy": {"proxyVersion": version}}} if version else {}
    patch = {"applyTo": apply_to, "patch": {"operation": operation, "value": {"name": "filter"}}} | match
    return written("EnvoyFilter", name, spec={"configPatches": [patch], "priority": priority})


def test_what_needs_another_filter_first_is_reported() -> None:
    for operation in ("INSERT_BEFORE", "INSERT_AFTER", "REMOVE", "REPLACE"):
        found = findings_of(relative_patch_without_priority, patched("a", operation))
        assert [each.istio for each in found] == ["IST0151"], operation
    for operation in ("ADD", "MERGE", "INSERT_FIRST"):
        assert not findings_of(relative_patch_without_priority, patched("a", operation)), operation


def test_a_priority_settles_the_order() -> None:
    assert not findings_of(relative_patch_without_priority, patched("a", "INSERT_BEFORE", priority=-1))
    assert findings_of(relative_patch_without_priority, patched("a", "INSERT_BEFORE", priority=0))


def test_after_a_patch_of_one_version_istioctl_has_another_code() -> None:
    text = many(patched("a", "INSERT_BEFORE", version="^1.2"), patched("b", "INSERT_BEFORE"))
    found = findings_of(relative_patch_without_priority, text)
    assert [each.istio for each in found] == ["IST0151", "IST0155"]


def test_what_is_ignored_anyway_is_anothers() -> None:
    assert not findings_of(relative_patch_without_priority, patched("a", "REMOVE", "HTTP_ROUTE"))
    assert not findings_of(relative_patch_without_priority, patched("a", "REPLACE", "CLUSTER"))
