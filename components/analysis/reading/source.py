"""One document of a set: what it says, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from components.analysis.reading.yaml_text import compose_one

__all__ = ["Source", "Text"]


class Text:
    """The text of one file, kept for the lines of what is found in it."""

    def __init__(self, file: str, text: str | None = None) -> None:
        self.file = file
        self._text = text
        """None: it is read anew when somebody asks for a line of it."""

    @cached_property
    def lines(self) -> list[str]:
        """Its lines; none when it is gone meanwhile."""
        if self._text is not None:
            return self._text.split("\n")
        try:
            return Path(self.file).read_text("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            return []


class Source:
    """A document as it was read: its plain value, and its place in a file or in a list within one."""

    def __init__(
        self,
        value: Mapping[str, Any],
        text: Text | None = None,
        first_line: int = 0,
        end_line: int = 0,
        inside: tuple[str | int, ...] = (),
    ) -> None:
        self.value = value
        self.file = text.file if text is not None else None
        self._text = text
        self._first, self._end, self._inside = first_line, end_line, inside

    @property
    def place(self) -> tuple[int, int, tuple[str | int, ...]]:
        """Its lines in the file, and its place within the document there: enough to make it again."""
        return self._first, self._end, self._inside

    def line(self, path: str) -> int | None:
        """The line, from 1, of a path such as "spec.http[0].route", or of the nearest part of it that is there."""
        if self._text is None:
            return None
        node, line = self._root, self._first + 1
        if node is None:
            return line
        for step in self._inside:
            found = _child(node, str(step) if isinstance(step, int) else step, step)
            if found is None:
                return line
            line, node = self._first + found[0] + 1, found[1]
        rest = path
        while rest:
            found, rest = _step(node, rest)
            if found is None:
                return line
            line, node = self._first + found[0] + 1, found[1]
        return line

    def excerpt(self, line: int) -> str | None:
        """That line of the file, as it stands."""
        if self._text is None or not 1 <= line <= len(self._text.lines):
            return None
        return self._text.lines[line - 1]

    @cached_property
    def _root(self) -> yaml.Node | None:
        if self._text is None:
            return None
        return compose_one("\n".join(self._text.lines[self._first : self._end]))


Found = tuple[int, yaml.Node]


def _step(node: yaml.Node, path: str) -> tuple[Found | None, str]:
    """The child that the start of a path names, and the rest of the path.

    A key may hold dots: the longest key of the object that the path begins with is meant.
    """
    if path.startswith("["):
        inside, _, rest = path[1:].partition("]")
        key = inside.strip("\"'")
        index = int(key) if key.isdigit() else None
        if inside[:1] in "\"'" and inside[-1:] not in "\"'":
            key, _, rest = path[2:].partition('"]')
        return _child(node, key, index), rest.removeprefix(".")
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in sorted(node.value, key=lambda pair: -len(str(pair[0].value))):
            key = str(key_node.value)
            if path == key or (path.startswith(key) and path[len(key)] in ".["):
                return (key_node.start_mark.line, value_node), path[len(key) :].removeprefix(".")
    return None, ""


def _child(node: yaml.Node, key: str, index: str | int | None) -> Found | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == key:
                return key_node.start_mark.line, value_node
    elif isinstance(node, yaml.SequenceNode) and isinstance(index, int) and index < len(node.value):
        return node.value[index].start_mark.line, node.value[index]
    return None
