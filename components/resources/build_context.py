"""What an image is built from, as a tag: the same files and arguments give the same tag on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path


def content_tag(context: Path, build_args: Mapping[str, str]) -> str:
    """Twelve hexadecimal digits over the path, mode and bytes of every file that the build can see, and its arguments.

    A file's mode counts as executable or not, which is all that git keeps of it.
    """
    digest = hashlib.sha256()
    for name, value in sorted(build_args.items()):
        digest.update(f"{name}={value}\0".encode())
    for path in sorted(_visible(context)):
        executable = bool((context / path).stat().st_mode & 0o100)
        content = (context / path).read_bytes()
        digest.update(f"{path.as_posix()}\0{executable}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _visible(context: Path) -> Iterator[Path]:
    patterns = _ignore_patterns(context)
    for path in context.rglob("*"):
        relative = path.relative_to(context)
        if path.is_file() and not _ignored(relative, patterns):
            yield relative


def _ignore_patterns(context: Path) -> tuple[str, ...]:
    file = context / ".dockerignore"
    lines = file.read_text().splitlines() if file.is_file() else []
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _ignored(path: Path, patterns: tuple[str, ...]) -> bool:
    """As Docker reads .dockerignore: the last pattern that matches the file or a folder above it decides."""
    ignored = False
    for pattern in patterns:
        bare = pattern.removeprefix("!").strip("/")
        candidates = (path, *path.parents[:-1])
        if any(fnmatch(part.as_posix(), bare) and part.as_posix().count("/") == bare.count("/") for part in candidates):
            ignored = not pattern.startswith("!")
    return ignored
