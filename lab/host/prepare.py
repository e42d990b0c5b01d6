"""Bring everything a cluster needs onto this machine: packages, tools, daemons, images, side by side."""

import os
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import get_args

from lab import folders
from lab.errors import LabError
from lab.host import docker, limits, packages, preflight, registry
from lab.host.commands import Commands
from lab.host.plan import EXTRA, Part, names_of, plan
from lab.host.steps import BUILDS_AT_ONCE, Steps, needed
from lab.images.images import Images
from lab.progress import Progress
from lab.tools import build as tool_build
from lab.tools import golang
from lab.tools.catalogue import FAMILIES, HELM, PULUMI
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox

ALL: tuple[Part, ...] = tuple(part for part in get_args(Part) if part not in EXTRA)
"""What every stack in the lab needs."""
_DOCKER = packages.Package(name="docker.io", programs=("docker", "dockerd"))
_DOCKER_CLIENT = packages.Package(name="docker.io", programs=("docker",))


class Host:
    """The machine with all its parts. Paths and references hold from the start; `ready` waits until they are there.

    A context manager: leaving it early, by an error or Ctrl-C, ends the builds under way (the daemons stay).
    """

    def __init__(
        self, *, tools: Toolbox, images: Images, docker_host: str, istio_files: Path, commands: Commands, steps: Steps
    ) -> None:
        self.tools = tools
        self.images = images
        self.docker_host = docker_host
        """What DOCKER_HOST has to be for builds and pushes; set DOCKER_BUILDKIT=0 too."""
        self.charts = istio_files / "charts"
        """The folder with Istio's charts: `base`, `istio-control/istio-discovery`, `gateway` and others."""
        self.addons = istio_files / "addons"
        """The folder with the manifests of Istio's addons."""
        self.registry = registry.name()
        self.registry_port = registry.port()
        self.registry_folder = registry.folder()
        """For a second, read-only registry process in a cell."""
        self._commands = commands
        self._steps = steps

    def ready(self, part: Part | str) -> None:
        """Wait for a part, or for `all` that `prepare` was asked for. Raises LabError.

        `cluster`: what a node runs, and the pause image. `cli`: Pulumi, Helm, Istio's charts. `pulumi`: the same with
        Docker and the registry. `mesh-images`, `builder`, `load-client`, `jaeger`, `prometheus`: images.
        `istioctl`: itself.
        """
        names = self._steps.names if part == "all" else names_of([_part(part)])
        if missing := sorted(set(names) - set(self._steps.names)):
            raise LabError(f"{', '.join(missing)} is not under way: ask prepare for {part!r}.")
        self._steps.wait(names)

    def __enter__(self) -> "Host":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._steps.wait(self._steps.names)
        finally:
            self._commands.cancel()
            self._steps.close()


def prepare(
    progress: Progress, *, only: Collection[Part] = ALL, also: Collection[Part] = (), starting: bool = True
) -> Host:
    """Check the machine, install its packages, then start everything else in the background. Raises LabError.

    `only` is what to bring, `also` what to bring besides. `only=("cli",)` is for a cluster of the user's: it needs neither
    root nor packages nor daemons. `starting` is whether a cluster is about to start, for which memory has to be free.
    """
    parts = {*only, *also}
    lab = parts != {"cli"}
    commands = Commands(logs=folders.state() / "logs")
    _check(lab=lab, starting=starting and "cluster" in parts)
    docker_host = docker.address() if lab else os.environ.get("DOCKER_HOST", "")
    if lab:
        engine = _DOCKER if docker.is_own(docker_host) else _DOCKER_CLIENT
        if not limits.raised(state=folders.state()):
            progress.say(f"{limits.LIMIT} can not be raised here; beyond about 30 proxies, new ones will not start")
        packages.install([*packages.PACKAGES, engine], commands=commands, progress=progress)
    go = golang.fetch(commands=commands, progress=progress)
    golang.clear_scratch()
    toolbox = Toolbox(go=go)
    for tool in ("kubectl", "envoy"):
        toolbox.path(tool)
    images = Images(toolbox=toolbox, go=go)
    planned = plan(
        toolbox=toolbox,
        images=images,
        go=go,
        environment=go.environment(memory=preflight.available_memory(), parallel=BUILDS_AT_ONCE),
        docker_host=docker_host,
        commands=commands,
        progress=progress,
    )
    steps = Steps()
    for step in needed(planned, names_of(parts)):
        steps.add(step)
    return Host(
        tools=toolbox,
        images=images,
        docker_host=docker_host,
        istio_files=tool_build.istio_files(toolbox),
        commands=commands,
        steps=steps,
    )


def stop(progress: Progress) -> None:
    """End the daemons that `prepare` started: our Docker daemon and our registry, nobody else's."""
    for what, ended in (("docker", docker.stop()), ("registry", registry.stop())):
        if ended:
            progress.say(f"{what}: stopped")
    limits.restore(state=folders.state())


def purge(progress: Progress) -> None:
    """`stop`, and remove the cache. Go's own module and build cache are the user's and stay."""
    stop(progress)
    folders.purge()
    progress.say("cache: removed")


def _part(name: str) -> Part:
    for part in get_args(Part):
        if part == name:
            found: Part = part
            return found
    raise LabError(f"The machine has no part {name!r}. It has {', '.join(get_args(Part))} and all.")


def _check(*, lab: bool, starting: bool) -> None:
    go: Go | None = golang.find()
    toolbox = Toolbox(go=go) if go else None
    modules, builds = (go.modules, go.builds) if go else (Path.home() / "go", Path.home() / ".cache/go-build")
    families = FAMILIES if lab else (PULUMI, HELM)
    preflight.check(
        preflight.look(),
        lab=lab,
        starting=starting,
        cold=toolbox is None or not all(toolbox.built(family) for family in families),
        cache=folders.cache(),
        state=folders.state(),
        modules=modules,
        builds=builds,
    )
