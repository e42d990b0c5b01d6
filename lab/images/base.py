"""The base image: a minimal Debian with iptables, made by debootstrap from the machine's own mirror."""

import shutil
from pathlib import Path

from lab import folders
from lab.host import registry
from lab.host.commands import Commands
from lab.images.catalogue import BASE_NAME, BASE_PACKAGES, SUITE
from lab.images.images import KEY, Images
from lab.images.images import push as push_image
from lab.progress import Progress

# Half of the unpacked size, and nothing that a program needs.
_NOT_NEEDED = (
    "var/cache/apt",
    "var/lib/apt/lists",
    "var/log",
    "usr/share/doc",
    "usr/share/info",
    "usr/share/locale",
    "usr/share/man",
)


def unpack(images: Images, *, commands: Commands, progress: Progress) -> None:
    """Make the folder that `push` imports, unless the registry has the image already. Needs no Docker."""
    root = _root(images)
    if root.is_dir() or images.base_present():
        return
    part = root.with_name(f".{root.name}.partial")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    with progress.step("base image", doing=f"unpacking Debian {SUITE}", done="unpacked"):
        # In namespaces of its own, so that its mounts and children end with it.
        commands.run(
            *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child=SIGKILL"),
            *("--mount-proc", "debootstrap", "--variant=minbase", f"--include={','.join(BASE_PACKAGES)}"),
            *(SUITE, str(part), *_mirror(commands)),
            step="debootstrap",
        )
        for folder in _NOT_NEEDED:
            _empty(part / folder)
        part.rename(root)


def push(images: Images, *, docker_host: str, commands: Commands, progress: Progress) -> None:
    """Import what `unpack` made and push it."""
    root = _root(images)
    if not images.base_present():
        reference = images.reference(BASE_NAME)
        with progress.step("base image", doing=f"to {registry.name()}", done="pushed"):
            commands.run(
                *("sh", "-c", 'tar -C "$1" --numeric-owner -c . | docker import --change "LABEL $2" - "$3"'),
                *("sh", str(root), f"{KEY}={images.base_key()}", reference),
                step="docker import base",
                env={"DOCKER_HOST": docker_host},
            )
            push_image(reference, commands=commands, docker_host=docker_host)
    shutil.rmtree(root, ignore_errors=True)


def _root(images: Images) -> Path:
    return folders.cache() / "images" / f"base-{images.base_key()}"


def _mirror(commands: Commands) -> list[str]:
    """The mirror this machine's apt uses for the suite; none leaves the choice to debootstrap."""
    said = commands.run(
        *("apt-get", "indextargets", "--format", "$(REPO_URI)", f"Codename: {SUITE}", "Component: main"),
        *("Origin: Debian", "Created-By: Packages"),
        step="apt mirrors",
    )
    return said.split()[:1]


def _empty(folder: Path) -> None:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
