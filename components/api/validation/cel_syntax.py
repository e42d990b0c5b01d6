"""Whether a text is an expression of CEL, as Istio's webhook asks of a filter of access logs: its syntax, no more.

May live here: reading the grammar of https://github.com/google/cel-spec/blob/master/doc/langdef.md and what the standard
macros ask of their arguments. May not live here: which names and functions there are, which istiod does not look at
either. The CEL packages for Python bring a dozen others with them, for an answer of yes or no.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["syntax_error"]

# Numbers before operators: ".5" is a number. What is not of the language is one character of the kind "other".
TOKEN = re.compile(
    r"""
    (?P<space>(?:[\t \r\n\f]+|//[^\n]*)+)
  | (?P<float>(?:[0-9]+\.[0-9]+|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)
  | (?P<unsigned>(?:0x[0-9a-fA-F]+|[0-9]+)[uU])
  | (?P<int>0x[0-9a-fA-F]+|[0-9]+)
  | (?P<raw>[bB]?[rR](?:\"{3}(?s:.*?)\"{3}|'{3}(?s:.*?)'{3}|"[^"\n\r]*"|'[^'\n\r]*'))
  | (?P<string>[bB]?(?:\"{3}(?:[^\\]|\\(?s:.))*?\"{3}|'{3}(?:[^\\]|\\(?s:.))*?'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'))
  | (?P<name>[_a-zA-Z][_a-zA-Z0-9]*)
  | (?P<operator>\|\||&&|[<>=!]=|[-+*/%<>!?:.,()\[\]{}])
  | (?P<other>(?s:.))
    """,
    re.VERBOSE,
)
ESCAPE = re.compile(
    r"""\\(?:([abfnrtv"'\\?`])|([0-3][0-7][0-7])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.|\n|$))"""
)
BINARY = frozenset(("||", "&&", "<", "<=", ">", ">=", "==", "!=", "in", "+", "-", "*", "/", "%"))
LITERALS = frozenset(("true", "false", "null"))
# Words kept for later: no names of variables, but good names of fields.
RESERVED = frozenset(
    (
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    )
)
# By the number of arguments: the macros whose first one must be a plain name.
LOOPS = {2: frozenset(("all", "exists", "exists_one", "existsOne", "map", "filter")), 3: frozenset(("map",))}
LARGEST_INT, LARGEST_UNSIGNED = 2**63 - 1, 2**64 - 1


class Token(NamedTuple):
    kind: str
    text: str
    at: int


class _WrongError(Exception):
    pass


@lru_cache(maxsize=1024)
def syntax_error(text: str) -> str | None:
    """What is wrong with an expression, and at which character; None when nothing is."""
    try:
        reader = _Reader(text)
        reader.expression()
        reader.expect("")
    except _WrongError as error:
        return str(error)
    except RecursionError:
        return None  # not surely wrong, and no filter of a person
    return None


class _Reader:
    """A recursive descent. Each method returns what the macros ask for: name, select, or anything else."""

    def __init__(self, text: str) -> None:
        found = (Token(each.lastgroup or "", each[0], each.start()) for each in TOKEN.finditer(text))
        self.tokens = [each for each in found if each.kind != "space"] + [Token("end", "", len(text))]
        self.next = 0
        for before, token in zip([None, *self.tokens], self.tokens, strict=False):
            _check_token(token, negative=before is not None and before.text == "-")

    def expression(self) -> str:
        shape = self.condition()
        if self.take("?"):
            self.condition()
            self.expect(":")
            self.expression()
            return "other"
        return shape

    def condition(self) -> str:
        """A chain of operators; which of them binds closer does not matter to whether it is one."""
        shape = self.unary()
        while self.tokens[self.next].text in BINARY and self.tokens[self.next].kind in ("operator", "name"):
            self.next += 1
            self.unary()
            shape = "other"
        return shape

    def unary(self) -> str:
        sign = next((each for each in ("!", "-") if self.at(each)), None)
        if sign is None:
            return self.member()
        count = 0
        while self.take(sign):
            count += 1
        # A sign before a number is the number's: "!-1" is an expression, "!-a" is none.
        if self.tokens[self.next].kind in ("int", "float"):
            count -= sign == "-"
        elif sign == "!" and self.at("-") and self.tokens[self.next + 1].kind in ("int", "float"):
            self.next += 1
        shape = self.member()
        return shape if count % 2 == 0 else "other"

    def member(self) -> str:
        shape, is_path = self.primary()
        while True:
            if self.take("."):
                name = self.name()
                if self.take("("):
                    self.arguments(name, loops=True)
                    shape, is_path = "other", False
                else:
                    shape = "select"
            elif self.take("["):
                self.expression()
                self.expect("]")
                shape, is_path = "other", False
            elif is_path and self.take("{"):
                self.entries(names=True)
                shape, is_path = "other", False
            else:
                return shape

    def primary(self) -> tuple[str, bool]:
        """And whether it may be the start of the name of a message."""
        token = self.tokens[self.next]
        if token.kind in ("int", "unsigned", "float", "raw", "string") or token.text in LITERALS:
            self.next += 1
            return "other", False
        if self.take("("):
            shape = self.expression()
            self.expect(")")
            return shape, False
        if self.take("["):
            self.items()
            return "other", False
        if self.take("{"):
            self.entries(names=False)
            return "other", False
        dotted = self.take(".")
        word = self.tokens[self.next]
        name = self.name()
        # The parts of the name of a message may be such words, those of a variable may not.
        if name in RESERVED and not self.names_message():
            raise _wrong(word, "a name that is kept for the language")
        if self.take("("):
            self.arguments("" if dotted else name, loops=False)
            return "select" if name == "has" else "other", False
        return "name", True

    def names_message(self) -> bool:
        at = self.next
        while self.tokens[at].text == "." and self.tokens[at + 1].kind == "name":
            at += 2
        return self.tokens[at].text == "{"

    def arguments(self, function: str, *, loops: bool) -> None:
        start, shapes = self.tokens[self.next], []
        if not self.take(")"):
            shapes.append(self.expression())
            while self.take(","):
                shapes.append(self.expression())
            self.expect(")")
        if loops and function in LOOPS.get(len(shapes), ()) and shapes[0] != "name":
            raise _wrong(start, f"{function}() takes a name first")
        if not loops and function == "has" and len(shapes) == 1 and shapes[0] != "select":
            raise _wrong(start, "has() takes a field, such as request.id")

    def items(self) -> None:
        while not self.at("]"):
            if self.take(","):
                break
            self.expression()
            if not self.take(","):
                break
        self.expect("]")

    def entries(self, *, names: bool) -> None:
        while not self.at("}"):
            if self.take(","):
                break
            self.name() if names else self.expression()
            self.expect(":")
            self.expression()
            if not self.take(","):
                break
        self.expect("}")

    def name(self) -> str:
        token = self.tokens[self.next]
        if token.kind != "name" or token.text in LITERALS or token.text == "in":
            raise _wrong(token, "a name is missing" if token.kind == "end" else "not a name")
        self.next += 1
        return token.text

    def at(self, text: str) -> bool:
        token = self.tokens[self.next]
        return token.text == text and token.kind in ("operator", "end")

    def take(self, text: str) -> bool:
        found = self.at(text)
        self.next += found
        return found

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise _wrong(self.tokens[self.next], f"{text!r} is missing" if text else "more than one expression")


def _wrong(token: Token, reason: str) -> _WrongError:
    return _WrongError(f"{reason}, at character {token.at + 1}" + (f", {token.text!r}" if token.text else ""))


def _check_token(token: Token, *, negative: bool) -> None:
    if token.kind == "other":
        raise _wrong(token, "not of the language")
    if token.kind in ("int", "unsigned"):
        number = int(token.text.rstrip("uU"), 0 if token.text.startswith("0x") else 10)
        if number > (LARGEST_UNSIGNED if token.kind == "unsigned" else LARGEST_INT + negative):
            raise _wrong(token, "a number that is too large")
    if token.kind == "float" and float(token.text) == float("inf"):
        raise _wrong(token, "a number that is too large")
    if token.kind == "string":
        for escape in ESCAPE.finditer(token.text):
            point = int(escape[4] or escape[5] or "0", 16)
            is_bytes = token.text[0] in "bB"
            if escape[6] is not None or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF or (is_bytes and point):
                raise _wrong(token, f"{escape[0]!r} stands for no character")
