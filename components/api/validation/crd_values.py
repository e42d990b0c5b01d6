"""What the CRDs ask of one value: its size, its form, and the rules in CEL that stand on it.

May live here: making the limits of a field into functions of its value. May not live here: where fields are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Any, NamedTuple

from components.api.constraints import FieldLimits, Rule
from components.api.validation.crd_rules import RULES
from components.api.validation.violation import Flaw

__all__ = ["CODES", "Check", "Finding", "checks_of", "key_check", "rule_checks"]

CODES = {
    "V0003": "a number is out of range",
    "V0004": "a text is too short or too long",
    "V0005": "a text is not of the form that is asked for",
    "V0006": "a list or map has too few or too many items",
    "V0007": "a value is none of those that are allowed",
    "V0009": "two items of a list have the same key",
}


class Finding(NamedTuple):
    """What is wrong with a value, and the code of the limit."""

    code: str
    flaw: Flaw


Check = Callable[[Any], Finding | None]


def checks_of(limits: FieldLimits) -> tuple[Check, ...]:
    """The checks of a scalar, a list or a map as a whole."""
    checks: list[Check] = []
    if limits.minimum is not None or limits.maximum is not None:
        checks.append(_range(limits.minimum, limits.maximum))
    if limits.min_length is not None or limits.max_length is not None:
        checks.append(_size("V0004", limits.min_length or 0, limits.max_length, "characters"))
    if limits.min_items is not None or limits.max_items is not None:
        checks.append(_size("V0006", limits.min_items or 0, limits.max_items, "items"))
    if limits.min_properties is not None or limits.max_properties is not None:
        checks.append(_size("V0006", limits.min_properties or 0, limits.max_properties, "entries"))
    if limits.pattern is not None:
        checks.append(_pattern(limits.pattern))
    if limits.allowed:
        checks.append(_allowed(limits.allowed))
    return (*checks, *rule_checks(limits.rules))


def rule_checks(rules: Iterable[Rule]) -> tuple[Check, ...]:
    """The checks of those rules in CEL that are known."""
    return tuple(_rule(each.rule) for each in rules if each.rule in RULES)


def key_check(key: str) -> Check:
    """The check of a list whose items are told apart by that attribute (x-kubernetes-list-type: map)."""

    def check(value: Sequence[object]) -> Finding | None:
        keys = [getattr(each, key) for each in value]
        if len(set(keys)) == len(keys):
            return None
        twice = next(each for index, each in enumerate(keys) if each in keys[:index])
        return Finding("V0009", Flaw(f"two items have the {key} {twice!r}", f"Give each a {key} of its own."))

    return check


def _rule(text: str) -> Check:
    code, broken, remedy = RULES[text]

    def check(value: Any) -> Finding | None:
        message = broken(value)
        return Finding(code, Flaw(message, remedy)) if message is not None else None

    return check


def _range(minimum: float | None, maximum: float | None) -> Check:
    low = float("-inf") if minimum is None else minimum
    high = float("inf") if maximum is None else maximum

    def check(value: Any) -> Finding | None:
        if low <= value <= high:
            return None
        return Finding("V0003", Flaw(f"{value} is out of range", f"Give {_between(minimum, maximum)}."))

    return check


def _size(code: str, minimum: int, maximum: int | None, what: str) -> Check:
    def check(value: Sized) -> Finding | None:
        size = len(value)
        if minimum <= size and (maximum is None or size <= maximum):
            return None
        given = f"{value!r} has {size} {what}" if isinstance(value, str) and size < 60 else f"{size} {what}"
        allowed = f"{_between(minimum or None, maximum)} {what}" if (minimum, maximum) != (1, None) else "at least one"
        return Finding(code, Flaw(given, f"Give {allowed}."))

    return check


def _pattern(pattern: str) -> Check:
    compiled = re.compile(pattern)

    def check(value: Any) -> Finding | None:
        # To Python "$" also stands before a line break at the end; to RE2 it does not, and no pattern takes one there.
        if not isinstance(value, str) or (compiled.search(value) and not value.endswith("\n")):
            return None
        return Finding(
            "V0005", Flaw(f"{value!r} is not of the form that is asked for", f"It must fit {pattern} (RE2).")
        )

    return check


def _allowed(allowed: tuple[str | int, ...]) -> Check:
    def check(value: Any) -> Finding | None:
        wrong = [each for each in (value if isinstance(value, tuple) else (value,)) if each not in allowed]
        if not wrong:
            return None
        return Finding("V0007", Flaw(f"{wrong[0]!r} is not allowed", f"Allowed: {', '.join(map(str, allowed))}."))

    return check


def _between(minimum: float | None, maximum: float | None) -> str:
    if minimum is None:
        return f"at most {_plain(maximum or 0)}"
    return f"at least {_plain(minimum)}" if maximum is None else f"{_plain(minimum)} to {_plain(maximum)}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
