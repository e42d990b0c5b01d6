"""What changes in what runs: Deployments, their replicas and images, and everything else of a pod field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from components.api import JSON
from components.api.kubernetes.deployment import DeploymentSpec
from components.api.kubernetes.pod import Container
from components.review.fields import changed, plain
from components.review.lines import Line, Mark, Topic, mark_of
from components.review.marking import listed, value
from components.review.objects import Key, Sides
from components.review.redaction import UNKNOWN

DIGEST = re.compile(r"@sha256:([0-9a-f]{12})[0-9a-f]{52}\Z")


def changes(key: Key, before: DeploymentSpec | None, after: DeploymentSpec | None, names: Sides) -> Iterator[Line]:
    """One Deployment; either side may lack it."""
    spec = after or before
    assert spec is not None
    who = _who(key, spec)
    old, new = _containers(before), _containers(after)
    if before is None or after is None:
        mark = mark_of(before, after)
        images = listed([_image(container) for container in _containers(spec).values()])
        counted = f"{replicas(spec)} {'pod' if replicas(spec) == 1 else 'pods'}"
        said = f"new: workload {who}, {counted} of {images}" if mark is Mark.NEW else f"gone: workload {who}, {counted}"
        yield Line(Topic.WORKLOADS, mark, said)
        return
    if replicas(before) != replicas(after):
        yield _line(f"{who}: pods {replicas(before)} → {replicas(after)}")
    for name in old.keys() & new.keys():
        if old[name].image != new[name].image:
            yield _line(f"{who}: image {_image(old[name])} → {_image(new[name])}")
    # Environment variables and the like: the paths begin with the container, and the image is told already.
    if rest := changed(_besides(before), _besides(after)):
        yield _line(f"{who}: {rest}")


def replicas(spec: DeploymentSpec) -> int:
    """How many pods; one when nothing is said."""
    return 1 if spec.replicas is None else spec.replicas


def short_image(image: str) -> str:
    """The image with the first 12 digits of its digest."""
    return DIGEST.sub(r"@sha256:\1", image)


def _image(container: Container) -> str:
    if container.image == UNKNOWN:
        return f"an image that is {UNKNOWN[1:-1]}"
    return value(short_image(container.image or "no image"))


def _who(key: Key, spec: DeploymentSpec) -> str:
    labels = (spec.template.metadata.labels if spec.template and spec.template.metadata else None) or {}
    app, version = labels.get("app"), labels.get("version")
    if app and version:
        return f"{value(app)} version {value(version)}"
    return f"{value(key.name)} of namespace {value(key.namespace)}"


def _containers(spec: DeploymentSpec | None) -> dict[str, Container]:
    pod = spec.template.spec if spec and spec.template else None
    return {container.name or "": container for container in pod.containers} if pod else {}


def _besides(spec: DeploymentSpec) -> Mapping[str, JSON]:
    """All but replicas and images; a single container's fields stand at the root."""
    rest = {key: each for key, each in plain(spec).items() if key not in ("replicas", "template")}
    template = spec.template
    pod = {key: each for key, each in plain(template.spec if template else None).items() if key != "containers"}
    containers: dict[str, JSON] = {
        name: {key: each for key, each in plain(container).items() if key not in ("image", "name")}
        for name, container in _containers(spec).items()
    }
    told = next(iter(containers.values())) if len(containers) == 1 else {"containers": containers}
    assert isinstance(told, Mapping)
    return {**rest, "podMetadata": plain(template.metadata if template else None), "pod": pod, **told}


def _line(text: str) -> Line:
    return Line(Topic.WORKLOADS, Mark.CHANGED, text)
