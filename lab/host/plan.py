"""What there is to do on a machine, what stands on what, and which of it a part needs."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Literal

from lab.host import docker, registry
from lab.host.commands import Commands
from lab.host.steps import Step
from lab.images import base
from lab.images import build as image_build
from lab.images.catalogue import (
    ADDON_IMAGES,
    BUILDER,
    IMAGES,
    JAEGER,
    LOAD_CLIENT,
    PAUSE,
    PILOT,
    PROMETHEUS,
    PROMETHEUS_RELOADER,
    PROXY,
    Image,
)
from lab.images.images import Images
from lab.progress import Progress
from lab.tools import build as tool_build
from lab.tools.catalogue import COREDNS, EXTRA_FAMILIES, FAMILIES, HELM, ISTIOCTL, KUBERNETES, PULUMI
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox

Part = Literal["cli", "cluster", "pulumi", "mesh-images", "builder", "load-client", "istioctl", "jaeger", "prometheus"]

EXTRA: tuple[Part, ...] = ("istioctl", "jaeger", "prometheus")
"""What only those get who ask for it: tests, and stacks with addons."""

_CLI = (f"tool {PULUMI.name}", f"tool {HELM.name}", "istio files")
NEEDS: Mapping[Part, tuple[str, ...]] = {
    "cli": _CLI,
    "cluster": (f"tool {KUBERNETES.name}", f"tool {COREDNS.name}", f"image {PAUSE.name}"),
    "pulumi": (*_CLI, "docker", "registry"),
    "mesh-images": (f"image {PILOT.name}", f"image {PROXY.name}"),
    "builder": (f"image {BUILDER.name}",),
    "load-client": (f"image {LOAD_CLIENT.name}",),
    "istioctl": (f"tool {ISTIOCTL.name}",),
    "jaeger": (f"image {JAEGER.name}",),
    "prometheus": (f"image {PROMETHEUS.name}", f"image {PROMETHEUS_RELOADER.name}"),
}
"""The steps behind each part. `cli` is all that a cluster of the user's needs: no root, no packages, no daemons."""


def names_of(parts: Collection[Part]) -> frozenset[str]:
    """The steps that stand for these parts."""
    return frozenset(name for part in parts for name in NEEDS[part])


def plan(
    *,
    toolbox: Toolbox,
    images: Images,
    go: Go,
    environment: Mapping[str, str],
    docker_host: str,
    commands: Commands,
    progress: Progress,
) -> tuple[Step, ...]:
    """Every step, those first that are waited for first."""
    unpack = partial(base.unpack, images, commands=commands, progress=progress)
    push_base = partial(base.push, images, docker_host=docker_host, commands=commands, progress=progress)
    copy_files = partial(
        tool_build.copy_istio_files,
        toolbox=toolbox,
        go=go,
        environment=environment,
        commands=commands,
        progress=progress,
    )
    build_tool = partial(
        tool_build.build, toolbox=toolbox, go=go, environment=environment, commands=commands, progress=progress
    )
    build_image = partial(
        image_build.build,
        images=images,
        toolbox=toolbox,
        go=go,
        docker_host=docker_host,
        commands=commands,
        progress=progress,
    )
    return (
        Step(name="registry", work=lambda: _started("registry", registry.start, progress)),
        Step(name="docker", work=lambda: _started("docker", lambda: docker.start(docker_host), progress)),
        Step(name="base unpacked", work=unpack, after=("registry",)),
        Step(name="istio files", work=copy_files),
        *(
            Step(name=f"tool {family.name}", work=partial(build_tool, family), build=True)
            for family in (*FAMILIES, *EXTRA_FAMILIES)
        ),
        Step(name="image base", work=push_base, after=("base unpacked", "docker", "registry")),
        *(
            Step(
                name=f"image {image.name}",
                work=partial(build_image, image),
                after=("docker", "registry", *_ingredients(image)),
            )
            for image in (*IMAGES, *ADDON_IMAGES)
        ),
    )


def _ingredients(image: Image) -> tuple[str, ...]:
    made = {tool: f"tool {family.name}" for family in (*FAMILIES, *EXTRA_FAMILIES) for tool in family.tools}
    return (
        *(made[tool] for tool in image.tools if tool in made),
        *(("image base",) if image.on_base else ()),
        *(("istio files",) if image.istio_files else ()),
    )


def _started(what: str, start: Callable[[], bool], progress: Progress) -> None:
    if start():
        progress.say(f"{what}: started")
