"""Build an image from a context that is put together on the way into the Docker daemon, and push it."""

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from lab.host.commands import Commands
from lab.images.catalogue import BASE_NAME, Image
from lab.images.images import DOCKERFILES, KEY, Images, push
from lab.progress import Progress
from lab.tools.build import istio_files
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox


def build(
    image: Image,
    *,
    images: Images,
    toolbox: Toolbox,
    go: Go,
    docker_host: str,
    commands: Commands,
    progress: Progress,
) -> None:
    """Build and push an image unless it is there as it should be. Raises LabError."""
    if images.present(image, commands=commands, docker_host=docker_host):
        return
    reference = images.reference(image.name)
    # The classic builder is the one that every daemon has: BuildKit's client is a plugin that Debian leaves out.
    env = {"DOCKER_HOST": docker_host, "DOCKER_BUILDKIT": "0"}
    base = ("--build-arg", f"BASE={images.reference(BASE_NAME)}") if image.on_base else ()
    with progress.step(f"image {image.name}", doing="building", done="pushed" if image.pushed else "built"):
        commands.run(
            *("docker", "build", "--network=none", "--force-rm", "--label", f"{KEY}={images.key(image)}"),
            *(*base, "--tag", reference, "-"),
            step=f"docker build {image.name}",
            env=env,
            feed=context(image, toolbox=toolbox, go=go),
        )
        if image.pushed:
            push(reference, commands=commands, docker_host=docker_host)
        # The image that had this tag before is of no more use; its label tells it from anybody else's.
        commands.run(
            *("docker", "image", "prune", "--force", "--filter", f"label={KEY}"),
            step=f"docker prune {image.name}",
            env=env,
        )


def context(image: Image, *, toolbox: Toolbox, go: Go) -> Callable[[IO[bytes]], None]:
    """A function that writes the build context, a tar, to the standard input of docker build."""

    def write(stdin: IO[bytes]) -> None:
        with tarfile.open(fileobj=stdin, mode="w|", dereference=True) as tar:
            _add(tar, DOCKERFILES / f"{image.dockerfile}.Dockerfile", "Dockerfile", 0o644)
            for tool in image.tools:
                _add(tar, toolbox.path(tool), tool, 0o755)
            for file in image.istio_files:
                _add(tar, istio_files(toolbox) / file, file, 0o644)
            if image.go_toolchain:
                tar.add(go.root, "go", filter=_toolchain_part)

    return write


def _add(tar: tarfile.TarFile, file: Path, name: str, mode: int) -> None:
    info = tar.gettarinfo(file, name)
    # The same bytes give the same layer, whoever built them and when.
    info.mode, info.mtime, info.uid, info.gid, info.uname, info.gname = mode, 0, 0, 0, "", ""
    with file.open("rb") as content:
        tar.addfile(info, content)


def _toolchain_part(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without Go's own tests, which are a third of it."""
    folder = info.name.removeprefix("go/")
    if folder in ("test", "api", "doc", "misc", "src/cmd") or "/testdata" in folder or folder.endswith("_test.go"):
        return None
    if folder.endswith((".pyc", "__pycache__", "__init__.py")):
        return None
    info.uid, info.gid, info.uname, info.gname, info.mtime = 0, 0, "", "", 0
    return info
