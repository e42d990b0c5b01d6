"""What is asked: the operation of a rule of an AuthorizationPolicy.

May live here: the rules of Operation. May not live here: whether the paths are served, which no document tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.api.security.authorization_policy import Operation
from components.api.validation.violation import Flaw, Report

__all__ = ["CODES", "check_operation", "port_text_flaw"]

CODES = {
    "V7030": "an entry of to has no operation",
    "V7031": "an operation is empty",
    "V7032": "a port of an operation is no number from 0 to 65535",
    "V7033": "a value of an operation is empty",
    "V7034": "a path has a template after {**}",
    "V7035": "a path has a brace outside {*} and {**}",
    "V7036": "a path with templates has a part with characters that no path has",
}

ONE, ANY = "{*}", "{**}"
# pchar of RFC 3986, without "*".
PART = re.compile(r"[a-zA-Z0-9\-._~%!$&'()+,;:@=]+")
DIGITS = re.compile(r"[0-9]+")


def check_operation(operation: Operation | None, path: str, report: Report) -> None:
    """What an entry of to holds."""
    if operation is None:
        report.refuse("V7030", path, "no operation", "Give one, or leave the entry out.")
        return
    given: dict[str, Sequence[str]] = {
        name: values
        for attribute, name in zip(operation.__struct_fields__, operation.__struct_encode_fields__, strict=True)
        if (values := getattr(operation, attribute))
    }
    if not given:
        report.refuse("V7031", path, "an empty operation", "Give a field of it, or leave to out for any operation.")
    for name, values in given.items():
        for index, value in enumerate(values):
            inner = f"{path}.{name}[{index}]"
            if not value:
                report.refuse("V7033", inner, "an empty value", "Give a value, or leave the entry out.")
            elif name in ("ports", "notPorts"):
                report.refuse_if("V7032", inner, port_text_flaw(value))
            elif name in ("paths", "notPaths"):
                _check_path(value, inner, report)


def port_text_flaw(value: str) -> Flaw | None:
    """A port as text; 0 is let through, as istiod does."""
    if DIGITS.fullmatch(value) and int(value) <= 65535:
        return None
    return Flaw(f"{value!r} is no port", 'Give a number such as "8080".')


def _check_path(value: str, path: str, report: Report) -> None:
    has_template = ONE in value or ANY in value
    ended = False
    for part in value.strip("/").split("/"):
        if part in (ONE, ANY):
            if ended:
                message = f"{value!r} has {part} after {ANY}"
                report.refuse("V7034", path, message, f"Let {ANY} be the last template of the path.")
                return
            ended = part == ANY
        elif "{" in part or "}" in part:
            message = f"{value!r} has a brace in its part {part!r}"
            report.refuse("V7035", path, message, f"Only {ONE} and {ANY} are templates, each a whole part of the path.")
            return
        elif has_template and not PART.fullmatch(part):
            message = f"{value!r} has templates and the part {part!r}"
            report.refuse("V7036", path, message, "Give letters, digits and any of -._~%!$&'()+,;:@= in other parts.")
            return
