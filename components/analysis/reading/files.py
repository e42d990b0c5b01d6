"""Files and folders to documents. Whatever can not be read is a finding, and the rest is read all the same."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from components.analysis.reading.source import Source, Text
from components.analysis.reading.yaml_text import Flawed, Read, read_documents

__all__ = ["ENDINGS", "Unread", "Unusable", "mesh_config_of", "read_bytes", "read_paths", "read_text"]

ENDINGS = (".yaml", ".yml", ".json")
"""What is read in a folder; a file that is named itself is read whatever it is called."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one file. etcd takes 1.5 MB an object; a file of this size holds some hundred thousand."""
OF_PROGRAMS = frozenset({".git", ".venv", "node_modules", "__pycache__"})
"""Folders that hold other people's files, not documents of a mesh."""


class Unread(NamedTuple):
    """What could not be read as it stands: a whole file, a document, or a key of one."""

    file: str
    code: str
    """One of components.analysis.catalogue.READING."""
    line: int
    """Counted from 1."""
    message: str
    remedy: str


class Unusable(ValueError):
    """A path that was given is not there."""


def read_paths(paths: Iterable[str], exclude: Sequence[str] = ()) -> Iterator[Source | Unread]:
    """The documents of files and folders, each file once and folders in the order of their names.

    `exclude`: patterns of files and folders that are left out, as "tests/*"; "*" stands for anything, "/" too. Raises
    Unusable for a path that is not there.
    """
    seen: set[tuple[int, int]] = set()
    for given in paths:
        path = Path(given)
        if not given or not os.path.lexists(path):
            raise Unusable(f"{given!r} is not there. Give files or folders of YAML or JSON that exist.")
        if path.is_dir():
            for each in _files(path, (), seen, exclude):
                yield from [each] if isinstance(each, Unread) else _read_file(each, named=False)
        else:
            yield from _read_file(path, named=True)


def mesh_config_of(path: str) -> Mapping[str, Any]:
    """The mesh configuration of a file. Raises Unusable when it holds none."""
    for each in read_paths([path]):
        if isinstance(each, Unread):
            raise Unusable(f"{each.file}, line {each.line}: {each.message}. {each.remedy}")
        if "kind" not in each.value:
            return each.value
    raise Unusable(
        f"{path!r} holds no mesh configuration. Give a file with the fields of Istio's MeshConfig, without kind."
    )


def read_bytes(file: str, content: bytes, *, named: bool = True) -> Iterator[Source | Unread]:
    """The documents of the bytes of one file, or of what came in its place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {content[error.start]:#04x}"
        yield _flaw(file, Flawed("R002", line, message, "Save it as UTF-8."))
        return
    yield from read_text(file, text, named=named)


def read_text(file: str, text: str, *, named: bool = True) -> Iterator[Source | Unread]:
    """The documents of one text, which is said to be of that file."""
    kept = Text(file, text)
    for read in read_documents(text):
        if isinstance(read, Flawed):
            if named or read.code != "R005" or "apiVersion" in text:
                yield _flaw(file, read)
        else:
            yield from _flattened(kept, read, read.value, (), named)


def _flattened(
    text: Text, read: Read, value: Any, inside: tuple[str | int, ...], named: bool
) -> Iterator[Source | Unread]:
    """A document, or those that a list of them holds."""
    if isinstance(value, Mapping) and isinstance(value.get("items"), list) and str(value.get("kind")).endswith("List"):
        for index, each in enumerate(value["items"]):
            yield from _flattened(text, read, each, (*inside, "items", index), named)
        return
    if isinstance(value, list) and all(isinstance(each, Mapping) and "kind" in each for each in value) and value:
        for index, each in enumerate(value):
            yield from _flattened(text, read, each, (*inside, index), named)
        return
    if isinstance(value, Mapping):
        source = Source(value, text, read.first_line, read.end_line, inside)
        missing = [key for key in ("apiVersion", "kind") if not isinstance(value.get(key), str)]
        if len(missing) == 1 or (missing and inside):
            yield _flaw(
                text.file,
                Flawed(
                    "R006",
                    source.line("") or 1,
                    f"a document has no text as {missing[0]}, got {value.get(missing[0])!r}",
                    f"Say which {missing[0]} it is of, such as " + EXAMPLES[missing[0]],
                ),
            )
        else:
            yield source
    elif named or inside:
        message = f"expected an object with apiVersion and kind, got {_sort_of(value)}"
        yield _flaw(text.file, Flawed("R008", read.first_line + 1, message, "Give Kubernetes documents."))


EXAMPLES = {"apiVersion": "networking.istio.io/v1.", "kind": "VirtualService."}


def _sort_of(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return repr(value if not isinstance(value, str) or len(value) <= 40 else f"{value[:40]}...")


def _read_file(path: Path, *, named: bool) -> Iterator[Source | Unread]:
    file = str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            message = f"is {size:,} bytes long"
            yield _flaw(file, Flawed("R010", 1, message, f"Allowed: {LARGEST:,} bytes a file. Split it."))
            return
        content = path.read_bytes()
    except OSError as error:
        yield _unreadable(file, error)
        return
    yield from read_bytes(file, content, named=named)


def _unreadable(file: str, error: OSError) -> Unread:
    if error.errno == errno.ELOOP:
        return _flaw(file, Flawed("R009", 1, "is a loop of symbolic links", "Remove the link."))
    message = f"could not be read: {error.strerror}"
    return _flaw(file, Flawed("R001", 1, message, "Make it readable, or leave it out."))


def _files(
    folder: Path, above: tuple[tuple[int, int], ...], seen: set[tuple[int, int]], exclude: Sequence[str]
) -> Iterator[Path | Unread]:
    try:
        here = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    identity = (here.st_dev, here.st_ino)
    if identity in above:
        yield _flaw(str(folder), Flawed("R009", 1, "is a symbolic link to a folder above it", "Remove the link."))
        return
    if identity in seen:
        return
    seen.add(identity)
    for entry in entries:
        path = folder / entry.name
        if any(fnmatchcase(str(path), pattern) for pattern in exclude):
            continue
        if path.is_dir():
            if entry.name not in OF_PROGRAMS:
                yield from _files(path, (*above, identity), seen, exclude)
        elif entry.name.endswith(ENDINGS):
            yield path


def _flaw(file: str, flaw: Flawed) -> Unread:
    return Unread(file, flaw.code, flaw.line, flaw.message, flaw.remedy)
