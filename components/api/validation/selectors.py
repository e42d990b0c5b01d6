"""Which workloads a document is for: selectors by labels, and references to gateways and services.

May live here: the rules of the selectors that kinds share. May not live here: whether a kind may have one at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from components.api.networking.sidecar import WorkloadSelector as LabelSelector
from components.api.type.selector import PolicyTargetReference, WorkloadSelector
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check_selector", "check_target_refs", "check_workload_selector"]

CODES = {
    "V0121": "a key in selector.matchLabels is empty",
    "V0122": "a key or value in selector.matchLabels has a wildcard",
    "V0123": "a selector has no labels",
    "V0131": "a key in workloadSelector.labels is empty",
    "V0132": "a key or value in workloadSelector.labels has a wildcard",
    "V0133": "a workloadSelector has no labels",
    "V0141": "more than one of selector, targetRef and targetRefs is set",
    "V0142": "a target has no name",
    "V0143": "a target is in another namespace",
    "V0144": "a target is of a kind that no policy can be attached to",
}

# The version is not looked at. The core group is written as "" or as "core".
TARGETS = frozenset(
    (
        ("", "Service"),
        ("core", "Service"),
        ("networking.istio.io", "ServiceEntry"),
        ("gateway.networking.k8s.io", "Gateway"),
        ("gateway.networking.k8s.io", "GatewayClass"),
    )
)


class Targeting(Protocol):
    """The spec of a policy that is attached to gateways or services; some have target_ref too."""

    @property
    def selector(self) -> WorkloadSelector | None: ...
    @property
    def target_refs(self) -> Sequence[PolicyTargetReference]: ...


def check_selector(selector: WorkloadSelector | None, path: str, report: Report) -> None:
    """A policy's selector; `path` is its own, such as spec.selector."""
    if selector is not None:
        codes = ("V0121", "V0122", "V0123")
        _check_labels(selector.match_labels, f"{path}.matchLabels", path, codes, report)


def check_workload_selector(selector: LabelSelector | None, path: str, report: Report) -> None:
    """The workloadSelector of Sidecar, ServiceEntry and EnvoyFilter."""
    if selector is not None:
        codes = ("V0131", "V0132", "V0133")
        _check_labels(selector.labels, f"{path}.labels", path, codes, report)


def check_target_refs(spec: Targeting, path: str, report: Report) -> None:
    """What a policy is attached to: one way of saying it, and only what it can be; `path` is the spec's."""
    target = getattr(spec, "target_ref", None)
    if target is None and not spec.target_refs:
        return
    ways = [
        name
        for name, value in (
            ("selector", spec.selector),
            ("targetRef", target),
            ("targetRefs", spec.target_refs or None),
        )
        if value is not None
    ]
    if len(ways) > 1:
        report.refuse("V0141", path, f"{' and '.join(ways)} are set together", "Set one of them.")
    if target is not None:
        _check_target(target, f"{path}.targetRef", report)
    for index, each in enumerate(spec.target_refs):
        _check_target(each, f"{path}.targetRefs[{index}]", report)


def _check_labels(
    labels: Mapping[str, str], path: str, selector: str, codes: tuple[str, str, str], report: Report
) -> None:
    empty, wildcard, none = codes
    for key, value in labels.items():
        if not key:
            report.refuse(empty, path, f"an empty key, with the value {value!r}", "Give the key of a label.")
        if "*" in key or "*" in value:
            pair = f"{key}={value}"
            report.refuse(
                wildcard,
                entry_path(path, key),
                f"{pair!r} has a wildcard",
                "Give key and value as the workload has them.",
            )
    if not labels:
        report.warn(
            none,
            selector,
            "no labels: every workload of the namespace is meant",
            "Give labels, or leave the selector out.",
        )


def _check_target(target: PolicyTargetReference, path: str, report: Report) -> None:
    if not target.name:
        report.refuse("V0142", f"{path}.name", "no name", "Give the name of the object.")
    if target.namespace:
        report.refuse(
            "V0143",
            f"{path}.namespace",
            f"namespace {target.namespace!r} is given",
            "Leave it out; only objects of the same namespace can be targets.",
        )
    if (target.group or "", target.kind or "") not in TARGETS:
        report.refuse(
            "V0144",
            path,
            f"{target.kind or 'no kind'} of the group {target.group or 'core'} cannot be a target",
            "Allowed: Service, networking.istio.io/ServiceEntry, gateway.networking.k8s.io/Gateway and GatewayClass.",
        )
