"""Keys of tokens as JSON (JWKS, RFC 7517), as the library that istiod reads them with takes them.

May live here: reading a set of keys as far as it can be wrong. May not live here: signatures, and what the library
reads later: curves, operations and certificates (x5c).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

__all__ = ["JwksError", "Key", "parse_jwks"]

# By kty: members that a public key must have, and that are bytes in base64.
MEMBERS = {"RSA": ("e", "n"), "EC": ("x", "y"), "OKP": ("x",), "oct": ("k",)}
BYTES = {"RSA": ("d", "dp", "dq", "e", "n", "p", "q", "qi"), "EC": ("d", "x", "y"), "OKP": ("d", "x"), "oct": ("k",)}
TEXTS = ("alg", "kid", "use", "x5t", "x5t#S256", "x5u")
# Either alphabet, with all of the padding or none of it; a quarter of a group is never left over.
BASE64 = re.compile(r"(?:[\w-]{4})*(?:[\w-]{2,3})?|(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)", re.ASCII)
BASE64_STANDARD = re.compile(
    r"(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2,3})?|(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)"
)


class JwksError(ValueError):
    """A text is no set of keys; the message says why."""


class Key(NamedTuple):
    """What is looked at in a key."""

    kind: str
    """Its kty: RSA, EC, OKP, oct."""
    is_secret: bool
    """Whether more can be done with it than verifying."""


def parse_jwks(text: str) -> tuple[Key, ...]:
    """The keys of a set, or the one key that the text is. Raises JwksError."""
    try:
        document = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise JwksError(f"it is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise JwksError("it is no JSON object")
    if "keys" not in document:
        return (_key(document, "the key"),)
    keys = document["keys"]
    if keys is not None and not isinstance(keys, list):
        raise JwksError('"keys" is no list')
    return tuple(_key(each, f"key {index}") for index, each in enumerate(keys or ()))


def _key(key: Any, name: str) -> Key:
    if not isinstance(key, dict):
        raise JwksError(f"{name} is no JSON object")
    kind = key.get("kty")
    if not isinstance(kind, str) or kind not in MEMBERS:
        raise JwksError(f"{name} has the kty {kind!r}, not one of {', '.join(MEMBERS)}")
    needed = MEMBERS[kind] if kind in ("RSA", "oct") else ("crv", *MEMBERS[kind])
    for member in needed:
        if member not in key:
            raise JwksError(f"{name} is {kind} and has no {member!r}")
    for member in BYTES[kind]:
        if member in key and not _is_base64(key[member]):
            raise JwksError(f"{name} has {member!r}, which is no base64")
    if "crv" in needed and not isinstance(key["crv"], str):
        raise JwksError(f"{name} has a curve that is no text")
    _check_words(key, name)
    return Key(kind, kind == "oct" or "d" in key)


def _check_words(key: Mapping[str, Any], name: str) -> None:
    for member in TEXTS:
        if member in key and not isinstance(key[member], str):
            raise JwksError(f"{name} has {member!r}, which is no text")


def _is_base64(value: object) -> bool:
    if not isinstance(value, str):
        return False
    joined = value.replace("\r", "").replace("\n", "")
    alphabet = BASE64_STANDARD if "+" in joined or "/" in joined else BASE64
    return alphabet.fullmatch(joined) is not None
