"""The status of an object says that it is not in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api import Resource

CHECK = Check(
    code="M0825",
    title="a condition of the status is negative",
    severity=Severity.WARNING,
    reads=(
        "Service",
        "ServiceEntry",
        "WorkloadEntry",
        "AuthorizationPolicy",
        "Gateway",
        "HTTPRoute",
        "GRPCRoute",
    ),
    istio="IST0171",
)

WAYPOINT = ("istio.io/WaypointBound",)
GATEWAY_API = ("Accepted", "Programmed", "ResolvedRefs")
LOOKED_AT: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("", "Service"): WAYPOINT,
    ("networking.istio.io", "ServiceEntry"): WAYPOINT,
    ("networking.istio.io", "WorkloadEntry"): WAYPOINT,
    ("security.istio.io", "AuthorizationPolicy"): ("ZtunnelAccepted", "WaypointAccepted"),
    ("gateway.networking.k8s.io", "Gateway"): GATEWAY_API,
    ("gateway.networking.k8s.io", "HTTPRoute"): GATEWAY_API,
    ("gateway.networking.k8s.io", "GRPCRoute"): GATEWAY_API,
}


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Conditions that are False, and policies that a waypoint accepted in part. Source: istioctl's conditions."""
    for kind in CHECK.reads:
        for each in snapshot.of(kind):
            types = LOOKED_AT.get((each.group, kind), ())
            for field, condition in _conditions(each):
                about, reason = str(condition.get("type")), str(condition.get("reason") or "")
                in_part = about == "WaypointAccepted" and reason == "PartiallyInvalid"
                if about not in types or (condition.get("status") not in ("False", False) and not in_part):
                    continue
                said = ": ".join(part for part in (reason, str(condition.get("message") or "")) if part)
                yield CHECK.found(
                    each,
                    field,
                    f"the condition {about} is {'met in part' if in_part else 'not met'}"
                    + (f": {said.removesuffix('.')}" if said else ""),
                    "Correct what it names; the controller then writes the status again.",
                )


def _conditions(each: Declared[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    status: Any = each.plain.get("status")
    if status is None and isinstance(each.document, Resource):
        status = each.document.status
    if not isinstance(status, Mapping):
        return
    if each.kind in ("HTTPRoute", "GRPCRoute"):
        parents = status.get("parents")
        for number, parent in enumerate(parents if isinstance(parents, list | tuple) else ()):
            if isinstance(parent, Mapping):
                yield from _listed(parent.get("conditions"), f"status.parents[{number}].conditions")
    else:
        yield from _listed(status.get("conditions"), "status.conditions")


def _listed(conditions: Any, field: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, each in enumerate(conditions if isinstance(conditions, list | tuple) else ()):
        if isinstance(each, Mapping):
            yield f"{field}[{index}]", each
