"""What a single value must look like, whatever field it stands in: host names, ports, durations, labels, regular
expressions, headers.

May live here: pure functions from a value to what is wrong with it. May not live here: codes and paths, which are
those of the kind that asks. Rules: pkg/config/validation of Istio, agent/validation.go and validation.go.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Protocol

from components.api.duration import format_duration, nanoseconds_of
from components.api.validation.headers import header_name_flaw, header_value_flaw
from components.api.validation.violation import Flaw

__all__ = [
    "Text",
    "dns_label_flaw",
    "duration_flaw",
    "fqdn_flaw",
    "header_name_flaw",
    "header_value_flaw",
    "host_flaw",
    "ip_flaw",
    "ip_or_cidr_flaw",
    "is_dns_label",
    "is_ip",
    "labels_flaw",
    "percent_flaw",
    "port_flaw",
    "protocol_flaw",
    "regex_flaw",
    "string_match_flaw",
    "string_match_regex_flaw",
    "unix_address_flaw",
    "wildcard_domain_flaw",
]

CODES: dict[str, str] = {}

LABEL = r"[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?"
DNS_LABEL = re.compile(LABEL)
WILDCARD_LABEL = re.compile(rf"\*|(?:\*-?)?{LABEL}")
NAME = r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
LABEL_KEY = re.compile(rf"({LABEL}(?:\.{LABEL})*/)?({NAME})")
LABEL_VALUE = re.compile(rf"(?:{NAME})?")
# A single byte: the one thing of RE2 that Go, which is what istiod reads expressions with, does not have.
BYTE = r"\C"
ESCAPES = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.", re.DOTALL)
PREFIX_LENGTH = re.compile(r"[0-9]{1,3}")
PROTOCOLS = frozenset(
    ("tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls", "mongo", "redis", "mysql")
)
MILLISECOND = 1_000_000
LONGEST_HOST = 255
LONGEST_LABEL = 63
LONGEST_REGEX = 1024
LARGEST_INT64 = 2**63 - 1

# The same hosts, labels and expressions come again and again in one mesh.
remembered = lru_cache(maxsize=8192)


class Text(Protocol):
    """A condition on a text: networking's StringMatch, or one that is like it."""

    @property
    def exact(self) -> str | None: ...
    @property
    def prefix(self) -> str | None: ...
    @property
    def regex(self) -> str | None: ...


def host_flaw(value: str, *, wildcard: bool = True) -> Flaw | None:
    """A DNS name, with * as or at the start of its first label where `wildcard`."""
    return wildcard_domain_flaw(value) if wildcard else fqdn_flaw(value)


@remembered
def fqdn_flaw(value: str) -> Flaw | None:
    """A DNS name without a wildcard, as ValidateFQDN sees it: a short name is one too."""
    wrong = _length_flaw(value) or _labels_of_name_flaw(value)
    if wrong is None:
        return None
    return Flaw(
        f"{value!r} is no domain name: {wrong}",
        "Give labels of letters, digits and inner hyphens, at most 63 characters each and 255 in all, joined by dots.",
    )


@remembered
def wildcard_domain_flaw(value: str) -> Flaw | None:
    """A DNS name whose first label may be, or begin with, a wildcard (ValidateWildcardDomain)."""
    wrong = _length_flaw(value)
    if wrong is None:
        first, dot, rest = value.partition(".")
        if len(first) > LONGEST_LABEL or not WILDCARD_LABEL.fullmatch(first):
            wrong = f"its part {first!r} is none"
        elif dot:
            wrong = _labels_of_name_flaw(rest)
    if wrong is None:
        return None
    return Flaw(
        f"{value!r} is no domain name: {wrong}",
        "Give labels of letters, digits and inner hyphens, at most 63 characters each and 255 in all, joined by dots;"
        ' only the first may be or begin with "*".',
    )


def port_flaw(number: int) -> Flaw | None:
    """A number of a port."""
    if 1 <= number <= 65535:
        return None
    return Flaw(f"{number} is no port", "Give a port from 1 to 65535.")


@remembered
def is_dns_label(value: str) -> bool:
    """Whether it is a label as in RFC 1123; capitals are let through, as Istio does."""
    return len(value) <= LONGEST_LABEL and DNS_LABEL.fullmatch(value) is not None


def dns_label_flaw(value: str) -> Flaw | None:
    """A label as in RFC 1123, such as the name of a namespace."""
    if is_dns_label(value):
        return None
    return Flaw(
        f"{value!r} is no DNS label",
        f"Give letters, digits and inner hyphens, at most {LONGEST_LABEL} characters, and no dot.",
    )


def duration_flaw(value: timedelta) -> Flaw | None:
    """At least 1 ms, and whole milliseconds."""
    length = nanoseconds_of(value)
    if length < MILLISECOND:
        return Flaw(f"{format_duration(value)} is too short", "Give at least 1ms.")
    if length % MILLISECOND:
        return Flaw(f"{format_duration(value)} is finer than a millisecond", "Give whole milliseconds.")
    return None


def is_ip(value: str) -> bool:
    """Whether it is an address of IPv4 or IPv6; a zone is let through."""
    # Anything else that a host may be is sorted out before the slow way.
    if not value or not (":" in value or value[-1].isdigit()):
        return False
    address, percent, zone = value.partition("%")
    if percent and not (zone and ":" in address):
        return False
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def ip_flaw(value: str) -> Flaw | None:
    """An address of IPv4 or IPv6."""
    return None if is_ip(value) else Flaw(f"{value!r} is no IP address", "Give one such as 10.0.0.1 or 2001:db8::1.")


def ip_or_cidr_flaw(value: str) -> Flaw | None:
    """An address, or a range of them as address/length; bits beyond the length may be set."""
    if value.count("/") != 1:
        return ip_flaw(value)
    address, _, length = value.partition("/")
    widest = 128 if ":" in address else 32
    written = PREFIX_LENGTH.fullmatch(length) and (length == "0" or length[0] != "0") and int(length) <= widest
    if written and "%" not in address and is_ip(address):
        return None
    return Flaw(f"{value!r} is no range of addresses", "Give one such as 10.0.0.0/8 or 2001:db8::/32.")


@remembered
def regex_flaw(value: str) -> Flaw | None:
    """An expression of RE2, at most 1024 bytes long; the empty one is one."""
    size = len(value.encode())
    if size > LONGEST_REGEX:
        message = f"an expression of {size} bytes, which begins with {value[:40]!r}, is too long"
        return Flaw(message, f"Give at most {LONGEST_REGEX} bytes.")
    # Only now: it costs 10 ms to import, and few meshes have an expression.
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(value, options)
        if BYTE in value and BYTE in ESCAPES.findall(value):
            raise re2.error(f"invalid escape sequence: {BYTE}")
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        return Flaw(
            f"{value!r} is no regular expression of RE2: {reason}",
            "Write it in the syntax of https://github.com/google/re2/wiki/Syntax; look-around and back references are"
            " not part of it.",
        )
    return None


def string_match_flaw(value: Text) -> Flaw | None:
    """A prefix or expression that is set is not empty, and the expression is one."""
    if value.prefix == "":
        return Flaw("an empty prefix matches everything", "Give a prefix, or leave the condition out.")
    return string_match_regex_flaw(value)


def string_match_regex_flaw(value: Text) -> Flaw | None:
    """Like `string_match_flaw` where an empty prefix is allowed."""
    if value.regex is None:
        return None
    if not value.regex:
        return Flaw("an empty regular expression", "Give one, or leave the condition out.")
    return regex_flaw(value.regex)


def percent_flaw(value: int) -> Flaw | None:
    """A whole percentage."""
    return None if 0 <= value <= 100 else Flaw(f"{value} is no percentage", "Give 0 to 100.")


def labels_flaw(value: Mapping[str, str]) -> Flaw | None:
    """Labels of Kubernetes: the first key or value that is none."""
    for key, text in value.items():
        if not _is_label_key(key):
            return Flaw(
                f"{key!r} is no key of a label",
                "Give a name of at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends; a"
                " DNS name and '/' may stand before it.",
            )
        if not _is_label_value(text):
            return Flaw(
                f"{text!r} is no value of a label ({key})",
                "Give letters, digits, '-', '_' and '.', with a letter or digit at both ends, or nothing.",
            )
    return None


def unix_address_flaw(value: str) -> Flaw | None:
    """The path of a Unix domain socket, without "unix://"; "@" begins an abstract one."""
    if value.startswith("@") or (value.startswith("/") and not value.endswith("/")):
        return None
    return Flaw(f"{value!r} is no address of a Unix socket", 'Give an absolute path to a file, or "@" and a name.')


def protocol_flaw(name: str) -> Flaw | None:
    """A protocol of a port, whatever its case; empty: it is to be detected."""
    if not name or name.lower() in PROTOCOLS:
        return None
    return Flaw(f"{name!r} is no protocol", f"Allowed: {', '.join(sorted(each.upper() for each in PROTOCOLS))}.")


def _length_flaw(value: str) -> str | None:
    if not value:
        return "it is empty"
    return "it is longer than 255 characters" if len(value) > LONGEST_HOST else None


def _labels_of_name_flaw(name: str) -> str | None:
    labels = name.split(".")
    last = labels[-1]
    if last.isascii() and last.isdigit() and int(last) <= LARGEST_INT64:
        return f"its last part {last!r} is a number"
    if not last:
        labels.pop()  # a name may end with a dot
    for label in labels:
        if not is_dns_label(label):
            return f"its part {label!r} is none"
    return None


@remembered
def _is_label_key(key: str) -> bool:
    found = LABEL_KEY.fullmatch(key)
    return found is not None and len(found[1] or "") <= 254 and len(found[2]) <= LONGEST_LABEL


@remembered
def _is_label_value(value: str) -> bool:
    return LABEL_VALUE.fullmatch(value) is not None
