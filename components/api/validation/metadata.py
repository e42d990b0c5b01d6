"""What Istio's webhook asks of the metadata of any of its kinds: annotations that are refused.

May live here: rules that hold whatever the kind. May not live here: names and labels, which the API server checks.
"""

from __future__ import annotations

from components.api.resource import Resource
from components.api.security.authorization_policy import AuthorizationPolicy
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check"]

CODES = {
    "V0101": "the dry-run annotation is on another kind than AuthorizationPolicy",
    "V0102": "the dry-run annotation is not a boolean",
    "V0103": "the dry-run annotation is on a policy that neither allows nor denies",
    "V0104": "the annotation is set that the webhook always refuses",
    "V0105": "the annotation for the namespace of a generated object's parent is set",
    "V0106": "the annotation for the names of a generated object's parents is set",
}

DRY_RUN = "istio.io/dry-run"
INTERNAL = {
    "internal.istio.io/webhook-always-reject": "V0104",
    "internal.istio.io/parent-namespace": "V0105",
    "internal.istio.io/parents": "V0106",
}
# strconv.ParseBool of Go.
BOOLEANS = frozenset(("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"))


def check(resource: Resource[object], report: Report) -> None:
    """The annotations of a document of any kind of Istio's."""
    annotations = resource.metadata.annotations
    if not annotations:
        return
    if DRY_RUN in annotations:
        _check_dry_run(resource.spec, annotations[DRY_RUN], report)
    for name, code in INTERNAL.items():
        if name in annotations:
            message = f"{annotations[name]!r} is given"
            report.refuse(code, _path(name), message, "Leave it out; only istiod itself may set it.")


def _check_dry_run(spec: object, value: str, report: Report) -> None:
    path = _path(DRY_RUN)
    if not isinstance(spec, AuthorizationPolicy):
        report.refuse(
            "V0101", path, f"{value!r} is given", "Leave it out; only an AuthorizationPolicy can be tried dry."
        )
    elif spec.action not in (None, AuthorizationPolicy.Action.ALLOW, AuthorizationPolicy.Action.DENY):
        message = f"a policy with the action {spec.action.value} cannot be tried dry"
        report.refuse("V0103", path, message, "Leave it out, or let the action be ALLOW or DENY.")
    elif value not in BOOLEANS:
        report.refuse("V0102", path, f"{value!r} is no boolean", 'Give "true" or "false".')


def _path(annotation: str) -> str:
    return entry_path("metadata.annotations", annotation)
