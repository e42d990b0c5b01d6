"""Names and values of HTTP headers, as Istio's webhook sees them; the forms differ with the place they stand in.

May live here: pure functions from a name or value to what is wrong with it. May not live here: codes and paths.
Rules: pkg/config/validation of Istio, validation.go and header_value_validator.go.
"""

from __future__ import annotations

import re

from components.api.validation.violation import Flaw

__all__ = [
    "header_name_flaw",
    "header_value_flaw",
    "is_authority",
    "operation_name_flaw",
    "probe_header_name_flaw",
    "request_operation_name_flaw",
    "strict_header_name_flaw",
]

# A token of RFC 7230, and the comma: istiod's own expression has it by a slip (a range from "+" to "."), and lets it through.
TOKEN = re.compile(r"[!#$%&'*+,.^_`|~A-Za-z0-9-]+")
STRICT = re.compile(r"[-_A-Za-z0-9]+")
PROBE = re.compile(r"[-A-Za-z0-9]+")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# How Envoy reads what stands between two "%" (its header_parser.cc): a name, or a name and arguments in parentheses, which
# are a plain text or a list of quoted ones. For each state: where characters lead, and where all others do (None: nowhere).
STATES: dict[str, tuple[dict[str, str], str | None]] = {
    "text": ({"%": "name"}, "text"),
    "name": ({"%": "text", "(": "arguments"}, "name"),
    "arguments": ({"[": "item", " ": "arguments"}, "argument"),
    "item": ({'"': "argument", " ": "item"}, None),
    "argument": ({")": "end", '"': "after an item"}, "argument"),
    "after an item": ({",": "item", "]": "after the list", " ": "after an item"}, None),
    "after the list": ({")": "end", " ": "after the list"}, None),
    "end": ({"%": "text", " ": "end"}, None),
}


def header_name_flaw(value: str) -> Flaw | None:
    """A name as HTTP has it: a token of RFC 7230; a comma is let through, as istiod does."""
    return _name_flaw(value, TOKEN, "letters, digits and any of !#$%&'*+-.^_`|~")


def strict_header_name_flaw(value: str) -> Flaw | None:
    """A name of letters, digits, hyphens and underscores, as RequestAuthentication asks for."""
    return _name_flaw(value, STRICT, "letters, digits, '-' and '_'")


def probe_header_name_flaw(value: str) -> Flaw | None:
    """A name of letters, digits and hyphens, as Kubernetes asks for in a probe."""
    return _name_flaw(value, PROBE, "letters, digits and '-'")


def is_authority(name: str) -> bool:
    """Whether the header is the host that is asked for."""
    return name.lower() in ("host", ":authority")


def request_operation_name_flaw(name: str) -> Flaw | None:
    """A header that may be set or added to a request: not a pseudo header other than :authority."""
    if not name:
        return Flaw("a header without a name", "Give its name.")
    if name.startswith(":") and name.lower() != ":authority":
        return Flaw(f"{name!r} is a pseudo header", 'Of those that begin with ":", only :authority can be changed.')
    return None


def operation_name_flaw(name: str) -> Flaw | None:
    """A header that may be removed, or changed in a response: no pseudo header and not Host."""
    if not name:
        return Flaw("a header without a name", "Give its name.")
    if name.startswith(":") or name.lower() == "host":
        return Flaw(f"{name!r} cannot be changed here", 'Give any header but Host and those that begin with ":".')
    return None


def header_value_flaw(value: str) -> Flaw | None:
    """A value for a header, with Envoy's %NAME% and %NAME(arguments)%; a % by itself is written %%."""
    if CONTROL.search(value):
        return Flaw(f"{value!r} has control characters", "Give text without them; a tab is allowed.")
    wrong = _substitution_flaw(value) if "%" in value else None
    if wrong is None:
        return None
    return Flaw(
        f"{value!r} is no value of a header: {wrong}",
        "Write %NAME% or %NAME(arguments)% for what Envoy is to fill in, and %% for a percent sign.",
    )


def _name_flaw(value: str, form: re.Pattern[str], words: str) -> Flaw | None:
    if not value:
        return Flaw("a header without a name", "Give its name.")
    return None if form.fullmatch(value) else Flaw(f"{value!r} is no name of a header", f"Give {words}.")


def _substitution_flaw(value: str) -> str | None:
    state, at = "text", 0
    while at < len(value):
        character, following = value[at], value[at + 1 : at + 2]
        if state == "text" and character == "%" and following in ("", "%"):
            if not following:
                return "a single % at its end"
            at += 1
        elif state == "argument" and character == "\\":
            if not following:
                return "a backslash at its end"
            at += 1
        else:
            known, other = STATES[state]
            reached = known.get(character, other)
            if reached is None:
                return f"{character!r} cannot stand where it does, at character {at + 1}"
            state = reached
        at += 1
    return None if state == "text" else "a % that is not closed"
