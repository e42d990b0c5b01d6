"""Rules that kinds share: metadata, selectors, targets, exportTo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from components.api import ObjectMeta, Resource
from components.api.networking.sidecar import WorkloadSelector as LabelSelector
from components.api.networking.virtual_service import VirtualService
from components.api.security.authorization_policy import AuthorizationPolicy
from components.api.security.request_authentication import RequestAuthentication
from components.api.type.selector import PolicyTargetReference, WorkloadSelector
from components.api.validation import Report, Severity, exports, metadata, selectors

Found = list[tuple[str, str]]
GATEWAY = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "public"}


def found(check: Callable[..., None], *given: Any, **options: Any) -> Found:
    """Codes and paths of what is refused or warned of."""
    report = Report()
    check(*given, report, **options)
    return [(each.code, each.path) for each in report.violations]


def of_metadata(spec: Any, annotations: Mapping[str, str]) -> Found:
    return found(metadata.check, Resource(metadata=ObjectMeta(name="a", annotations=annotations), spec=spec))


DRY = 'metadata.annotations["istio.io/dry-run"]'
SHARED: list[tuple[str, Found, str]] = [
    ("dry-run on a virtual service", of_metadata(VirtualService(), {"istio.io/dry-run": "true"}), "V0101 " + DRY),
    ("dry-run that is maybe", of_metadata(AuthorizationPolicy(), {"istio.io/dry-run": "maybe"}), "V0102 " + DRY),
    (
        "dry-run of an audit",
        of_metadata(AuthorizationPolicy(action=AuthorizationPolicy.Action.AUDIT), {"istio.io/dry-run": "true"}),
        "V0103 " + DRY,
    ),
    (
        "the annotation that is always refused",
        of_metadata(VirtualService(), {"internal.istio.io/webhook-always-reject": ""}),
        'V0104 metadata.annotations["internal.istio.io/webhook-always-reject"]',
    ),
    (
        "the namespace of a parent",
        of_metadata(VirtualService(), {"internal.istio.io/parent-namespace": "a"}),
        'V0105 metadata.annotations["internal.istio.io/parent-namespace"]',
    ),
    (
        "the names of parents",
        of_metadata(VirtualService(), {"internal.istio.io/parents": "a"}),
        'V0106 metadata.annotations["internal.istio.io/parents"]',
    ),
    ("the same namespace twice", found(exports.check_exports, ["a", "a"], "shop", "e"), "V0111 e[1]"),
    ("the own namespace twice", found(exports.check_exports, [".", "shop"], "shop", "e"), "V0112 e[1]"),
    ("a namespace with a dot", found(exports.check_exports, ["a", "a.b"], "shop", "e"), "V0113 e[1]"),
    ("no one, but no service entry", found(exports.check_exports, ["~"], "shop", "e"), "V0114 e[0]"),
    ("all and one more", found(exports.check_exports, ["*", "a"], "shop", "e"), "V0115 e"),
    ("no one and one more", found(exports.check_exports, ["~", "a"], "shop", "e", none_allowed=True), "V0116 e"),
    ("more than the own", found(exports.check_exports, [".", "a"], "shop", "e", own_only=True), "V0117 e"),
    ("another than the own", found(exports.check_exports, ["a"], "shop", "e", own_only=True), "V0118 e"),
    (
        "an empty key",
        found(selectors.check_selector, WorkloadSelector(match_labels={"": "a"}), "s"),
        "V0121 s.matchLabels",
    ),
    (
        "a wildcard in a value",
        found(selectors.check_selector, WorkloadSelector(match_labels={"a-b": "*"}), "s"),
        'V0122 s.matchLabels["a-b"]',
    ),
    ("no labels", found(selectors.check_selector, WorkloadSelector(), "s"), "V0123 s"),
    (
        "an empty key of a workload",
        found(selectors.check_workload_selector, LabelSelector(labels={"": "a"}), "s"),
        "V0131 s.labels",
    ),
    (
        "a wildcard of a workload",
        found(selectors.check_workload_selector, LabelSelector(labels={"a*": "b"}), "s"),
        'V0132 s.labels["a*"]',
    ),
    ("no labels of a workload", found(selectors.check_workload_selector, LabelSelector(), "s"), "V0133 s"),
]
TARGETS: list[tuple[str, dict[str, Any], str]] = [
    ("a target and targets", {"target_ref": GATEWAY, "target_refs": [GATEWAY]}, "V0141 spec"),
    ("a target without name", {"target_ref": GATEWAY | {"name": ""}}, "V0142 spec.targetRef.name"),
    (
        "a target elsewhere",
        {"target_refs": [GATEWAY, GATEWAY | {"namespace": "a"}]},
        "V0143 spec.targetRefs[1].namespace",
    ),
    ("a target of another group", {"target_ref": GATEWAY | {"group": "apps"}}, "V0144 spec.targetRef"),
]


def of_targets(target_ref: Any = None, target_refs: Any = (), **rest: Any) -> Found:
    spec = RequestAuthentication(
        target_ref=PolicyTargetReference(**target_ref) if target_ref else None,
        target_refs=tuple(PolicyTargetReference(**each) for each in target_refs),
        **rest,
    )
    return found(selectors.check_target_refs, spec, "spec")


ROWS = [*SHARED, *((words, of_targets(**given), expected) for words, given, expected in TARGETS)]


@pytest.mark.parametrize(("reported", "expected"), [pytest.param(row[1], row[2], id=row[0]) for row in ROWS])
def test_a_change_breaks_one_rule(reported: Found, expected: str) -> None:
    """With its code, at the field that is wrong."""
    assert [" ".join(each) for each in reported] == [expected]


def test_every_rule_is_broken_by_a_row() -> None:
    """No code of the catalogues is left out."""
    assert {row[2].partition(" ")[0] for row in ROWS} == {*metadata.CODES, *exports.CODES, *selectors.CODES}


def test_what_is_right_is_not_reported() -> None:
    """None of the rules is broken by a valid value."""
    assert of_metadata(VirtualService(), {"a": "b"}) == []
    assert of_metadata(AuthorizationPolicy(), {"istio.io/dry-run": "True"}) == []
    assert found(exports.check_exports, [".", "a"], "shop", "e") == []
    assert found(exports.check_exports, ["*"], "shop", "e") == []
    assert found(exports.check_exports, ["~"], "shop", "e", none_allowed=True) == []
    assert found(exports.check_exports, ["shop"], "shop", "e", own_only=True) == []
    assert found(exports.check_exports, ["."], None, "e", own_only=True) == []
    assert found(selectors.check_selector, None, "s") == []
    assert found(selectors.check_selector, WorkloadSelector(match_labels={"app": ""}), "s") == []
    assert (
        of_targets(
            target_refs=[GATEWAY, {"kind": "Service", "name": "a"}, {"group": "core", "kind": "Service", "name": "a"}]
        )
        == []
    )


def test_a_selector_without_labels_is_only_warned_of() -> None:
    """It selects all, which istiod lets through."""
    report = Report()
    selectors.check_selector(WorkloadSelector(), "spec.selector", report)
    assert [each.severity for each in report.violations] == [Severity.WARNING]
