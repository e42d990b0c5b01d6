"""What a build context is made of: the files .dockerignore leaves in, and one digest over them."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.standins.refusals import RefusedError


@dataclass(frozen=True, kw_only=True)
class Ignore:
    """The rules of a .dockerignore file, in order: the last that matches a path decides."""

    rules: tuple[tuple[re.Pattern[str], bool], ...] = ()

    def ignores(self, path: str) -> bool:
        """Whether the path, relative to the context, with /, stays out; a rule for a folder holds for what is in it."""
        parts = path.split("/")
        parents = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        ignored = False
        for pattern, keep in self.rules:
            if any(pattern.fullmatch(parent) for parent in parents):
                ignored = not keep
        return ignored

    @property
    def has_exceptions(self) -> bool:
        return any(keep for _, keep in self.rules)


def parse_ignore(content: str) -> Ignore:
    """Rules from a .dockerignore file: # comments, ! exceptions, * and ? within a name, ** over folders."""
    rules: list[tuple[re.Pattern[str], bool]] = []
    for line in content.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        rule = line.strip()
        keep = rule.startswith("!")
        rule = os.path.normpath(rule.removeprefix("!").strip()).lstrip("/")
        if rule not in ("", "."):
            rules.append((re.compile(_expression(rule)), keep))
    return Ignore(rules=tuple(rules))


def context_digest(context: Path, dockerfile: Path) -> str:
    """SHA-256 over path, mode and bytes of each file that a build would send, and of the Dockerfile.

    Raises RefusedError when context or Dockerfile is not there.
    """
    if not context.is_dir():
        raise RefusedError(f"build.context is {str(context)!r}, which is not a folder; name the folder to build from.")
    if not dockerfile.is_file():
        raise RefusedError(
            f"build.dockerfile is {str(dockerfile)!r}, which is not a file; name the Dockerfile, relative to the program."
        )
    total = hashlib.sha256()
    _add(total, "Dockerfile", 0, dockerfile.read_bytes())
    for name, file in files(context, _ignore_of(context, dockerfile)):
        mode = file.lstat().st_mode
        content = os.readlink(file).encode() if file.is_symlink() else b"" if file.is_dir() else file.read_bytes()
        _add(total, name, mode, content)
    return total.hexdigest()


def files(context: Path, ignore: Ignore) -> Iterator[tuple[str, Path]]:
    """Every file, link and empty folder of the context that is not ignored, by path in order."""
    yield from _walk(context, "", ignore)


def _walk(folder: Path, within: str, ignore: Ignore) -> Iterator[tuple[str, Path]]:
    for entry in sorted(os.scandir(folder), key=lambda item: item.name):
        name = f"{within}{entry.name}"
        ignored = ignore.ignores(name)
        if entry.is_dir(follow_symlinks=False):
            # An exception may keep a file inside a folder that is ignored.
            if not ignored or ignore.has_exceptions:
                yield from _walk(Path(entry.path), f"{name}/", ignore)
            if not ignored and not os.listdir(entry.path):
                yield name, Path(entry.path)
        elif not ignored:
            yield name, Path(entry.path)


def _ignore_of(context: Path, dockerfile: Path) -> Ignore:
    own = dockerfile.with_name(f"{dockerfile.name}.dockerignore")
    for file in (own, context / ".dockerignore"):
        if file.is_file():
            return parse_ignore(file.read_text())
    return Ignore()


def _add(total: "hashlib._Hash", name: str, mode: int, content: bytes) -> None:
    # Lengths first, so that no two different contexts give the same bytes.
    for part in (name.encode(), oct(mode).encode(), content):
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)


def _expression(rule: str) -> str:
    made = ""
    at = 0
    while at < len(rule):
        if rule.startswith("**/", at):
            made, at = made + "(?:.*/)?", at + 3
        elif rule.startswith("**", at):
            made, at = made + ".*", at + 2
        elif rule[at] == "*":
            made, at = made + "[^/]*", at + 1
        elif rule[at] == "?":
            made, at = made + "[^/]", at + 1
        elif rule[at] == "[" and "]" in rule[at:]:
            end = rule.index("]", at)
            made, at = made + rule[at : end + 1], end + 1
        else:
            made, at = made + re.escape(rule[at]), at + 1
    return made
