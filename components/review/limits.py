"""What a preview can not know, said of this one."""

from __future__ import annotations

from collections.abc import Iterator

from components.api.kubernetes.service import ServiceSpec
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.virtual_service import VirtualService
from components.review.differences import Change
from components.review.marking import listed, value
from components.review.objects import Side, Sides, full_host
from components.review.preview import Operation, Preview
from components.review.redaction import SECRET, UNKNOWN, marks
from components.review.routes import named_routes

OUT_OF_REACH = "unreachable"
"""The word in which the Kubernetes provider says that no cluster answers."""

RELEASE = "kubernetes:helm.sh/v3:Release"

WARNING_LENGTH = 300


def limits(preview: Preview, sides: Sides) -> tuple[str, ...]:
    """Sentences, the weightiest first."""
    return tuple(_limits(preview, sides))


def _limits(preview: Preview, sides: Sides) -> Iterator[str]:
    if preview.failed:
        yield "The preview failed, so nothing after that point is in it."
    elif not preview.whole:
        yield (
            f"{preview.unchanged} resources stay as they are and are not in the preview, so the pictures show only what "
            "changes, and what is wrong between objects is not looked for. `pulumi preview --json --show-sames` lists them."
        )
    warnings = [said.message for said in preview.diagnostics if said.severity == "warning"]
    if any(OUT_OF_REACH in message for message in warnings):
        yield (
            "No cluster was in reach: the change is against the stack's state, not against what is in the cluster, and "
            "the cluster's own checks (admission, quotas, fields it would default) were not asked."
        )
    else:
        yield "The change is against the stack's state; what somebody changed in the cluster since is seen by a refresh only."
    for message in dict.fromkeys(warnings):
        yield f"The engine warns: {value(message.removeprefix('warning: '), longest=WARNING_LENGTH)}"
    if unknown := _marked(preview, UNKNOWN):
        yield f"Known only after the update: {listed(unknown)}."
    if secret := _marked(preview, SECRET):
        yield f"Secret, so not shown and not looked at: {listed(secret)}."
    if preview.whole and (elsewhere := _elsewhere(sides.after)):
        yield (
            f"Requests go to {listed(elsewhere)}, which no resource of this stack makes; whether it is there is not known."
        )
    if releases := [value(step.name) for step in preview.steps if step.type == RELEASE]:
        yield f"What Helm makes of the release {listed(releases)} is not part of a preview."
    if odd := [value(f"{step.word} {step.name}") for step in preview.steps if step.operation is Operation.OTHER]:
        yield f"The engine names an operation that this page does not know: {listed(odd)}."


def _marked(preview: Preview, mark: str) -> list[str]:
    """Fields with that mark, in what the update touches or will make: `Kind/namespace/name field`."""
    found: dict[str, None] = {}
    for step in preview.steps:
        if step.after is not None and step.changes and step.type.startswith("kubernetes:"):
            for path in marks(step.after, mark):
                found[value(f"{step.name} {Change(path, None, None).field}")] = None
    return list(found)


def _elsewhere(side: Side) -> list[str]:
    """Destinations that no Service or ServiceEntry of the stack names."""
    known = {f"{key.name}.{key.namespace}.svc.cluster.local" for key, _ in side.specs(ServiceSpec)}
    wild = []
    for _, entry in side.specs(ServiceEntry):
        known |= set(entry.hosts)
        wild += [host.removeprefix("*") for host in entry.hosts if host.startswith("*.")]
    wanted: dict[str, None] = {}
    for key, service in side.specs(VirtualService):
        for route in named_routes(service).values():
            for target in route.route:
                if target.destination is not None and target.destination.host:
                    wanted[full_host(target.destination.host, key.namespace)] = None
    return [value(host) for host in wanted if host not in known and not host.endswith(tuple(wild))]
