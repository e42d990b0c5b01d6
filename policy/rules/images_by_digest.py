"""images-by-digest: what runs is what was looked at, whatever becomes of a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated

from msgspec import Meta

from components.api.kubernetes.pod import Container
from policy.declaration import Level, Policy, Scope, Settings
from policy.paths import ANY, Path, overlaps, written
from policy.pods import TEMPLATES, Pods, pods
from policy.stack_documents import StackDocuments
from policy.violation import Outcome, Violation, not_known, unreadable

__all__ = ["POLICY", "ImageSettings"]

DIGEST = re.compile(r"@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$")
LATER = "it is known only when the stack is updated, which looks at it before the object is made"
INJECTED = "auto"
"""What a gateway's pods have until Istio's injection puts its own image there."""


class ImageSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What images-by-digest may be told."""

    allowed: Annotated[
        tuple[str, ...],
        Meta(description="Patterns of images that may be named otherwise, such as registry.test/tools/*."),
    ] = ()


def check(stack: StackDocuments, settings: ImageSettings) -> Iterator[Outcome]:
    """A violation for each container, those that run first included, whose image is not named by its digest."""
    yield from unreadable(stack, *TEMPLATES)
    for each in pods(stack):
        spec = each.workload.spec
        groups = (("initContainers", spec.init_containers), ("containers", spec.containers)) if spec else ()
        for group, containers in groups:
            for place, container in enumerate(containers):
                yield from _container(each, (*each.at, "spec", group, place, "image"), container, settings)
    for read in stack:
        at = TEMPLATES.get(read.declared.kind)
        wanted = (
            [] if at is None else [(*at, "spec", group, ANY, "image") for group in ("initContainers", "containers")]
        )
        yield from not_known(read, *wanted, why=LATER)


def _container(each: Pods, at: Path, container: Container, settings: ImageSettings) -> Iterator[Outcome]:
    if any(overlaps(path, at) for path in each.of.given.unknown):
        return
    image = container.image or ""
    by_injection = image == INJECTED and each.is_gateway
    if DIGEST.search(image) or by_injection or any(fnmatchcase(image, pattern) for pattern in settings.allowed):
        return
    named = (
        f"container {container.name or at[-2]} runs {image!r}" if image else f"container {container.name} has no image"
    )
    yield Violation(
        each.of.subject,
        written(at),
        f"{named}; a tag is moved to other content without a trace in the stack",
        "Allowed is NAME@sha256:DIGEST: take the `repoDigest` of the image that the program builds, or what "
        "`docker buildx imagetools inspect` says of one that it does not.",
    )


POLICY = Policy(
    name="images-by-digest",
    description="Every container's image is named by its digest.",
    level=Level.MANDATORY,
    scope=Scope.OBJECT,
    # Istio's charts and addons name their own images by the tag of the version that the stack asks for.
    settings=ImageSettings(exempt=("*/istio-system/*",)),
    check=check,
)
