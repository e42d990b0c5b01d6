"""YAML text to plain documents, as Kubernetes' tools read it: YAML 1.1, several documents, no custom tags. What is
wrong with a text is found with its line, and what comes before is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, ClassVar, NamedTuple

import yaml
from yaml.constructor import SafeConstructor

__all__ = ["Flawed", "Read", "compose_one", "read_documents"]

MOST_VALUES = 1_000_000
"""Values of one document, every alias counted as often as it stands for one: a few lines can stand for billions."""
DEEPEST = 200
"""Levels of one document. Kubernetes' own documents have some twenty; encoders of the API server stop at 10,000."""


class Flawed(NamedTuple):
    """Something wrong with the text."""

    code: str
    line: int
    """Counted from 1."""
    message: str
    remedy: str


class Read(NamedTuple):
    """One document of a text."""

    value: Any
    first_line: int
    """Where its content begins, counted from 0."""
    end_line: int
    """The line after its content, counted from 0."""


def read_documents(text: str) -> Iterator[Read | Flawed]:
    """The documents of a text that are not empty, and what is wrong with it, in their order.

    What can not be parsed costs its own document; reading goes on after the next line that is "---".
    """
    first = 0
    while text:
        deep = _too_deep(text)
        if deep is not None:
            message = f"nested deeper than {PARSERS_MARGIN:,} levels"
            yield Flawed("R007", first + deep, message, "Write the document flatter.")
            broken: int | None = deep
        else:
            broken = yield from _read(text, first)
        if broken is None:
            return
        rest = SEPARATOR.search(text, _start_of_line(text, broken))
        if rest is None:
            return
        first += text.count("\n", 0, rest.start() + 1)
        text = text[rest.start() + 1 :]


def _read(text: str, first: int) -> Generator[Read | Flawed, None, int | None]:
    """Documents up to the one that can not be parsed; returns its line, from 0, in this text."""
    loader = _Loader(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is None:
                continue
            flaws: list[Flawed] = []
            try:
                value = _Plain(flaws).value(node)
            except _TooMuch as too_much:
                yield Flawed("R007", first + too_much.line, *too_much.said)
                continue
            yield from (flaw._replace(line=first + flaw.line) for flaw in flaws)
            if value is not None:
                yield Read(value, first + node.start_mark.line, first + node.end_mark.line + 1)
    except yaml.MarkedYAMLError as error:
        flaw = _malformed(error, text)
        yield flaw._replace(line=first + flaw.line)
        return flaw.line - 1
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position, 0))
        yield Flawed("R003", first + line + 1, f"is not YAML: {error.reason}", "Remove the character.")
        return line
    finally:
        loader.dispose()
    return None


SEPARATOR = re.compile(r"\n---(?=\s)")


def _start_of_line(text: str, line: int) -> int:
    """The position before a line, counted from 0; the end of the text when it is shorter."""
    position = 0
    for _ in range(line):
        following = text.find("\n", position)
        if following < 0:
            return len(text)
        position = following + 1
    return max(position - 1, 0)


def compose_one(text: str) -> yaml.Node | None:
    """The nodes of a text that has been read before, for the lines of its values."""
    loader = _Loader(text)
    try:
        return loader.get_node() if loader.check_node() else None
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()


class _Loader(yaml.CSafeLoader):
    """PyYAML's, which asks for the tag of every scalar: a set of documents repeats its words, so each is looked at once."""

    _tags: ClassVar[dict[str, str]] = {}

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        if kind is not yaml.ScalarNode or not implicit[0]:
            return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        tag = self._tags.get(value)
        if tag is None:
            tag = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
            if len(value) <= LONGEST_WORD and len(self._tags) < MOST_WORDS:
                self._tags[value] = tag
        return tag


LONGEST_WORD = 64
MOST_WORDS = 10_000


class _TooMuch(Exception):
    """A document is too deep, or its aliases stand for too many values."""

    def __init__(self, node: yaml.Node, message: str, remedy: str) -> None:
        self.line = node.start_mark.line + 1
        self.said = (message, remedy)


class _Plain:
    """Nodes to plain values; those that aliases share are made once and counted each time."""

    def __init__(self, flaws: list[Flawed]) -> None:
        self._flaws = flaws
        self._made: dict[int, tuple[Any, int]] = {}
        self._count = 0
        self._depth = 0

    def value(self, node: yaml.Node) -> Any:
        if node.__class__ is yaml.ScalarNode:
            self._count += 1
            return node.value if node.tag == STRING else _scalar(node)
        known = self._made.get(id(node))
        if known is not None:
            self._count += known[1]
            if self._count > MOST_VALUES:
                message = f"its aliases stand for more than {MOST_VALUES:,} values"
                raise _TooMuch(node, message, "Write out what is meant, without nested aliases.")
            return known[0]
        before = self._count
        self._count += 1
        self._made[id(node)] = (None, 0)  # an alias of what contains it: nothing, once
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooMuch(node, f"nested deeper than {DEEPEST} levels", "Write the document flatter.")
        made: Any = (
            [self.value(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else self._mapping(node)
        )
        self._depth -= 1
        self._made[id(node)] = (made, self._count - before)
        return made

    def _mapping(self, node: yaml.Node) -> dict[str, Any]:
        made: dict[str, Any] = {}
        merged: list[dict[str, Any]] = []
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                sources = value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
                merged += [each for each in map(self.value, sources) if isinstance(each, dict)]
                continue
            if key_node.__class__ is not yaml.ScalarNode:
                self._flaws.append(Flawed("R005", key_node.start_mark.line + 1, *TEMPLATE))
                continue
            key = key_node.value
            if key in made:
                line = key_node.start_mark.line + 1
                self._flaws.append(
                    Flawed("R004", line, f"the key {key!r} stands twice in one object", "Keep one of the two.")
                )
            if value_node.tag == STRING and value_node.__class__ is yaml.ScalarNode:
                self._count += 1
                made[key] = value_node.value
            else:
                made[key] = self.value(value_node)
        for source in merged:
            for key, each in source.items():
                made.setdefault(key, each)
        return made


PREFIX = "tag:yaml.org,2002:"
STRING, MERGE = f"{PREFIX}str", f"{PREFIX}merge"
PARSERS: dict[str, Callable[[Any, Any], Any]] = {
    f"{PREFIX}null": lambda constructor, node: None,
    f"{PREFIX}bool": SafeConstructor.construct_yaml_bool,
    f"{PREFIX}int": SafeConstructor.construct_yaml_int,
    f"{PREFIX}float": SafeConstructor.construct_yaml_float,
}
CONSTRUCTOR = SafeConstructor()


def _scalar(node: yaml.Node) -> Any:
    """Text, number, boolean or null. Dates stay text: the API server knows JSON's types only."""
    parse = PARSERS.get(node.tag)
    if parse is None or ":" in node.value:  # 1:30 is a number in YAML 1.1 only, not in the Go library
        return node.value
    try:
        return parse(CONSTRUCTOR, node)
    except (ValueError, KeyError, OverflowError):
        return node.value


def _too_deep(text: str) -> int | None:
    """The line in which collections nest so deeply that the parser, whose C code recurses, could end the process.

    Only an estimate, since brackets may stand in text, hence its wide margin; `_Plain` counts the levels exactly.
    """
    far_in = FAR_IN.search(text)
    if far_in is not None:
        return text.count("\n", 0, far_in.end()) + 1
    if text.count("[") + text.count("{") <= PARSERS_MARGIN:
        return None
    depth = 0
    for found in BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > PARSERS_MARGIN:
            return text.count("\n", 0, found.start()) + 1
    return None


PARSERS_MARGIN = 2_000
FAR_IN = re.compile(rf"[-?: \t]{{{2 * PARSERS_MARGIN}}}")
BRACKETS = re.compile(r"[\[\]{}]")


def _malformed(error: yaml.MarkedYAMLError, text: str) -> Flawed:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    for number in range(min(line + 1, len(lines)), max(line - 3, 0), -1):
        if "{{" in lines[number - 1]:
            return Flawed("R005", number, f"{TEMPLATE[0]}: {_said(error)}", TEMPLATE[1])
    return Flawed("R003", line, f"is not YAML: {_said(error)}", "Correct it; this document was not looked at.")


TEMPLATE = ("is a template, not YAML", "Render it first, such as with `helm template`, and give the result.")


def _said(error: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (error.context, error.problem) if part) or "it could not be parsed"
