"""URLs as Go's net/url reads them, which is what istiod and the rules of the CRDs take for a URL.

May live here: reading a URL as far as it can be wrong. May not live here: which schemes a field allows. Python's own
urlsplit refuses next to nothing.
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

__all__ = ["Url", "UrlError", "parse_request_uri", "parse_url"]

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
# In a host an escape may stand for a byte beyond ASCII only, or for the percent sign itself.
BAD_HOST = re.compile(r"""%(?!25|[89a-fA-F][0-9a-fA-F])|[\x00-\x7f](?<![a-zA-Z0-9\-_.~!$&'()*+,;=:\[\]<>"%])""")
USER = re.compile(r"[a-zA-Z0-9\-._:~!$&'()*+,;=%@]*")
PORT = re.compile(r"(?::([0-9]*))?")


class UrlError(ValueError):
    """A text is no URL; the message says why."""


class Url(NamedTuple):
    """What is looked at in a URL."""

    scheme: str
    """In small letters; "" when there is none."""
    port: str
    """Digits; "" when there is none."""


def parse_url(text: str) -> Url:
    """Read a URL that may be relative and may have a fragment. Raises UrlError."""
    before, _, fragment = text.partition("#")
    made = _parse(before, absolute=False)
    _check_escapes(fragment)
    return made


def parse_request_uri(text: str) -> Url:
    """Read a URL with a scheme, or an absolute path; a "#" is a character like others. Raises UrlError."""
    return _parse(text, absolute=True)


def _parse(text: str, *, absolute: bool) -> Url:
    if CONTROL.search(text):
        raise UrlError("it has a control character")
    if not text and absolute:
        raise UrlError("it is empty")
    if text == "*":
        return Url("", "")
    if text.startswith(":"):
        raise UrlError("nothing stands before ':'")
    found = SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    rest = (text[found.end() :] if found else text).partition("?")[0]
    if not rest.startswith("/"):
        if scheme:
            return Url(scheme, "")
        if absolute:
            raise UrlError("it has no scheme and is no absolute path")
        if ":" in rest.partition("/")[0]:
            raise UrlError("its first part has a ':'")
    port = ""
    if rest.startswith("//") and (scheme or (not absolute and not rest.startswith("///"))):
        authority, slash, path = rest[2:].partition("/")
        port = _port_of(authority, scheme)
        rest = slash + path
    _check_escapes(rest)
    return Url(scheme, port)


def _port_of(authority: str, scheme: str) -> str:
    user, _, host = authority.rpartition("@")
    if not USER.fullmatch(user):
        raise UrlError("a character before '@' is not allowed there")
    _check_escapes(user)
    if "[" in host:
        return _port_after_address(host)
    # With http and https one colon only may stand there.
    name, colon, port = host.partition(":") if scheme in ("http", "https") else host.rpartition(":")
    if not colon:
        name, port = host, ""
    if colon and not re.fullmatch("[0-9]*", port):
        raise UrlError(f"{port!r} is no port")
    _check_host(name)
    return port


def _port_after_address(host: str) -> str:
    address, bracket, after = host[1:].rpartition("]")
    if host.rfind("[") > 0 or not bracket:
        raise UrlError("brackets do not stand around an address")
    port = PORT.fullmatch(after)
    if port is None:
        raise UrlError(f"{after!r} is no port")
    plain, _, zone = address.partition("%25")
    _check_host(plain)
    try:
        if ipaddress.ip_address(plain).version == 4 or ("%25" in address and not zone):
            raise UrlError(f"{address!r} is no address of IPv6")
    except ValueError as error:
        raise UrlError(f"{address!r} is no address of IPv6") from error
    return port[1] or ""


def _check_host(host: str) -> None:
    wrong = BAD_HOST.search(host)
    if wrong is not None:
        raise UrlError(f"{wrong[0]!r} is not allowed in a host")


def _check_escapes(text: str) -> None:
    wrong = BAD_ESCAPE.search(text)
    if wrong is not None:
        raise UrlError(f"{text[wrong.start() : wrong.start() + 3]!r} is no escaped byte")
