"""One image: what is to be built, from the program's inputs, and the docker commands that do it."""

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lab.standins.json_values import Json, JsonObject, mapping, sequence, text, truth
from lab.standins.refusals import RefusedError, not_covered

PLUGIN = "pulumi-resource-docker"
COVERED = frozenset({"imageName", "build", "registry", "skipPush", "buildOnPreview"})
COVERED_BUILD = frozenset(
    {
        "context", "dockerfile", "args", "target", "platform", "builderVersion", "network", "addHosts", "cacheFrom",
        "contextDigest",
    }
)  # fmt: skip
CLASSIC, BUILDKIT = "BuilderV1", "BuilderBuildKit"
ERROR_LINES = 15


@dataclass(frozen=True, kw_only=True)
class Image:
    """`name` is the whole reference, such as localhost:5000/shop/servicex:1; empty strings are options not given."""

    name: str
    context: Path
    dockerfile: Path
    args: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    platform: str = ""
    builder: str = ""
    network: str = ""
    add_hosts: tuple[str, ...] = ()
    cache_from: tuple[str, ...] = ()
    server: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    push: bool = True

    @property
    def repository(self) -> str:
        """The name without its tag; the colon of a registry's port is none of a tag's."""
        head, _, tail = self.name.rpartition(":")
        return head if head and "/" not in tail else self.name


def image_from(values: JsonObject) -> Image:
    """An Image from a resource's inputs; raises RefusedError for what is missing, malformed or not covered."""
    build, registry = mapping(values, "build"), mapping(values, "registry")
    for name in values.keys() - COVERED:
        raise not_covered(f"docker.Image's argument {name!r}", plugin=PLUGIN)
    for name in build.keys() - COVERED_BUILD:
        raise not_covered(f"docker.Image's argument build.{name}", plugin=PLUGIN)
    if truth(values, "buildOnPreview"):
        raise not_covered("docker.Image's argument buildOnPreview = true", plugin=PLUGIN)
    if not text(values, "imageName"):
        raise RefusedError("docker.Image: imageName is missing; give the whole reference, registry and tag included.")
    builder = text(build, "builderVersion")
    if builder not in ("", CLASSIC, BUILDKIT):
        raise RefusedError(f"docker.Image: build.builderVersion is {builder!r}; it is {CLASSIC} or {BUILDKIT}.")
    context = Path(text(build, "context") or ".")
    return Image(
        name=text(values, "imageName"),
        context=context,
        dockerfile=Path(text(build, "dockerfile")) if text(build, "dockerfile") else context / "Dockerfile",
        args={key: _word(item) for key, item in mapping(build, "args").items()},
        target=text(build, "target"),
        platform=text(build, "platform"),
        builder=builder,
        network=text(build, "network"),
        add_hosts=tuple(_word(item) for item in sequence(build, "addHosts")),
        cache_from=tuple(_word(item) for item in sequence(build, "cacheFrom", "images")),
        server=text(registry, "server"),
        username=text(registry, "username"),
        password=text(registry, "password"),
        push=not truth(values, "skipPush"),
    )


@dataclass(frozen=True, kw_only=True)
class Docker:
    """The docker command against one daemon: host and context "" mean the environment's.

    tell: gets each line of a build's and a push's output.
    """

    command: str = "docker"
    host: str = ""
    context: str = ""
    tell: Callable[[str], None] = lambda line: None

    def build(self, image: Image) -> None:
        """Build and tag the image; raises RefusedError with the end of docker's output."""
        arguments = ["build", "--tag", image.name, "--file", str(image.dockerfile)]
        for flag, value in (
            ("--target", image.target), ("--platform", image.platform), ("--network", image.network),
        ):  # fmt: skip
            arguments += [flag, value] if value else []
        for flag, given in (("--add-host", image.add_hosts), ("--cache-from", image.cache_from)):
            for value in given:
                arguments += [flag, value]
        # By name only: the value comes from the environment and stays out of the process list.
        for name in image.args:
            arguments += ["--build-arg", name]
        buildkit = "1" if image.builder != CLASSIC and self._has_buildx() else "0"
        self._run(
            [*arguments, str(image.context)],
            {**image.args, "DOCKER_BUILDKIT": buildkit},
            what=f"build {image.name}",
        )

    def push(self, image: Image) -> str:
        """Push the image; returns name@sha256:... as the registry has it."""
        with _credentials(image) as flags:
            self._run([*flags, "push", image.name], {}, what=f"push {image.name}")
        digests = json.loads(self._ask("image", "inspect", "--format", "{{json .RepoDigests}}", image.name))
        for digest in digests or ():
            if str(digest).startswith(f"{image.repository}@"):
                return str(digest)
        raise RefusedError(f"docker push {image.name} told no digest; docker has {digests or 'none'} for it.")

    def local_id(self, image: Image) -> str:
        """The id of the image in the daemon, sha256:..."""
        return self._ask("image", "inspect", "--format", "{{.Id}}", image.name).strip()

    def _has_buildx(self) -> bool:
        try:
            self._ask("buildx", "version")
        except RefusedError:
            return False
        return True

    def _base(self) -> list[str]:
        if self.context:
            return [self.command, "--context", self.context]
        return [self.command, "--host", self.host] if self.host else [self.command]

    def _ask(self, *arguments: str) -> str:
        try:
            done = subprocess.run([*self._base(), *arguments], capture_output=True, text=True, check=False)
        except OSError as error:
            raise _no_docker(self.command, error) from error
        if done.returncode != 0:
            raise RefusedError(f"docker {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
        return done.stdout

    def _run(self, arguments: list[str], extra: Mapping[str, str], *, what: str) -> None:
        lines: list[str] = []
        try:
            child = subprocess.Popen(
                [*self._base(), *arguments], env={**os.environ, **extra}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        except OSError as error:
            raise _no_docker(self.command, error) from error
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip():
                lines.append(line.rstrip())
                self.tell(lines[-1])
        if child.wait() != 0:
            tail = "\n".join(lines[-ERROR_LINES:])
            raise RefusedError(f"docker {what} failed with exit code {child.returncode}:\n{tail}")


@contextmanager
def _credentials(image: Image) -> Iterator[list[str]]:
    """Flags for a docker configuration with the image's registry credentials; none when it has none."""
    if not image.username and not image.password:
        yield []
        return
    server = image.server or image.repository.split("/")[0]
    address = server.removeprefix("https://").removeprefix("http://").split("/")[0]
    secret = base64.b64encode(f"{image.username}:{image.password}".encode()).decode()
    with tempfile.TemporaryDirectory(prefix="lab-docker-") as folder:
        file = Path(folder) / "config.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps({"auths": {address: {"auth": secret}}}))
        yield ["--config", folder]


def _no_docker(command: str, error: OSError) -> RefusedError:
    return RefusedError(f"{command} cannot be run ({error}); images need docker: install it or put it on PATH.")


def _word(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)
