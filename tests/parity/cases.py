"""The cases to be measured against, as they lie beside the project: istiod's webhook's and the CRDs'."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

__all__ = ["CASES", "CrdCase", "WebhookCase", "crd_cases", "webhook_cases"]

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


class WebhookCase(NamedTuple):
    """What one of istiod's own tests hands to a rule, and what the rule has to say."""

    number: int
    kind: str
    test: str
    name: str
    message: str
    """Go's name of the message that is handed over, such as networking.HTTPRoute."""
    value: Any
    surroundings: Mapping[str, Any]
    """What else the test gives: labels, annotations, a name, a part beside the value."""
    valid: bool
    warned: bool | None
    """None: the test does not look at warnings."""


class CrdCase(NamedTuple):
    """A document, and whether the API server takes it."""

    name: str
    """File and place in it: authz-invalid.yaml[0]."""
    document: Mapping[str, Any]
    error: str | None
    """What the API server says; None: nothing."""


def webhook_cases() -> Iterator[WebhookCase]:
    """Every case of the webhook."""
    for line in (CASES / "istio-webhook" / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        warning = case["warning"]
        yield WebhookCase(
            number=case["id"],
            kind=case["kind"],
            test=case["test"],
            name=case["name"] or "",
            message=case["input_type"],
            value=_spelled_out(case["spec"]),
            surroundings=case.get("extra") or {},
            valid=case["valid"],
            warned=None if warning is None else bool(warning),
        )


def crd_cases() -> Iterator[CrdCase]:
    """Every document of Istio's tests of its CRDs."""
    for path in sorted((CASES / "istio-crds").glob("*.yaml")):
        for index, document in enumerate(yaml.load_all(path.read_text(), yaml.CSafeLoader)):
            if document:
                rest = {key: value for key, value in document.items() if key != "_err"}
                yield CrdCase(f"{path.name}[{index}]", rest, document.get("_err"))


def _spelled_out(value: Any) -> Any:
    """A text that is given as a character and how often, as the text."""
    if isinstance(value, Mapping):
        if set(value) == {"$repeat", "n"}:
            return str(value["$repeat"]) * int(value["n"])
        return {key: _spelled_out(each) for key, each in value.items()}
    return [_spelled_out(each) for each in value] if isinstance(value, list) else value
