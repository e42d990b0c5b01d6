"""A resource's inputs without what nobody may see, and with a word where a value is not known yet.

It is done as the preview is read, so nothing that comes after has a secret to show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from components.api import JSON

SECRET = "[secret]"
"""What the engine writes in place of a value that a program made secret; ours for those that are so by their nature."""

UNKNOWN = "[known after the update]"

OPAQUE = "[a file or another resource]"

LONGEST = 20_000
"""Characters of one text that are kept; a chart's own templates reach 200,000."""

UNKNOWN_VALUES = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
"""What stands for a text, a truth, a number, a list, an asset, an archive and an object that the update will know
(Pulumi's Go SDK, common/resource/plugin/rpc.go)."""

SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key that marks an object as none of the user's: a secret, an asset, a reference."""

SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"

CONFIDENTIAL = re.compile(r"(password|passwd|passphrase|token|secret|apikey|api_key|private_key|credentials?)$", re.I)
"""Names whose text is kept back even where the program forgot to make it secret."""

PRIVATE_KEY = "PRIVATE KEY-----"
"""How the first line of a private key in PEM ends, whatever its kind."""

CREDENTIALS = re.compile(r"://[^/\s:@]+:[^/\s@]+@")
"""A name and a password in a URL."""

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
"""An annotation that repeats the whole object, a Secret's data included."""


def redacted(inputs: Mapping[str, JSON]) -> dict[str, JSON]:
    """The inputs of one resource, to be shown; a Secret keeps its keys and none of its values."""
    shown = {str(key): _shown(value, str(key)) for key, value in inputs.items()}
    if shown.get("kind") == "Secret":
        for field in ("data", "stringData"):
            values = shown.get(field)
            if isinstance(values, Mapping):
                shown[field] = dict.fromkeys(values, SECRET)
    return shown


def marks(value: JSON, mark: str, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths below which a value is only that mark: SECRET or UNKNOWN."""
    if isinstance(value, Mapping):
        return [found for key, each in value.items() for found in marks(each, mark, (*path, key))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [found for place, each in enumerate(value) for found in marks(each, mark, (*path, f"[{place}]"))]
    return [path] if value == mark else []


def _shown(value: JSON, key: str) -> JSON:
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return SECRET if value[SIGNATURE] == SECRET_SIGNATURE else OPAQUE
        named = value.get("name")
        if isinstance(named, str) and CONFIDENTIAL.search(named) and isinstance(value.get("value"), str):
            return {**{str(each): _shown(part, str(each)) for each, part in value.items()}, "value": SECRET}
        return {str(each): _shown(part, str(each)) for each, part in value.items()}
    if isinstance(value, str):
        return _text(value, key)
    if isinstance(value, Sequence):
        return [_shown(each, key) for each in value]
    return value


def _text(value: str, key: str) -> str:
    if value in UNKNOWN_VALUES:
        return UNKNOWN
    # Istio's privateKey is the path of a file; words such as secretName and credentialName end otherwise.
    if CONFIDENTIAL.search(key) or key == LAST_APPLIED:
        return SECRET
    if PRIVATE_KEY in value:
        return SECRET
    value = CREDENTIALS.sub(f"://{SECRET}@", value)
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}… ({len(value)} characters)"
