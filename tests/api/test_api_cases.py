"""Documents that Istio itself holds to be right decode, and encode to what they were.

"What they were": the same document, except that durations may be written otherwise ("1m" is "60s"), that an empty list
or map that stands for a protobuf list or map, or null, is not there, and that a spec that was left out is an empty one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from components.api import DecodeError, Duration, Resource, UnknownKind, decode, decode_value, encode, encode_value

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
MODULES = {
    "networking": (
        "virtual_service",
        "destination_rule",
        "gateway",
        "sidecar",
        "service_entry",
        "envoy_filter",
        "workload_entry",
        "workload_group",
    ),
    "networkingv1beta1": ("proxy_config",),
    "security_beta": ("authorization_policy", "peer_authentication", "request_authentication"),
    "extensions": ("wasm", "traffic_extension"),
    "telemetry": ("telemetry",),
}

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own test data is not at {CASES}")


def documents(folder: str) -> Iterator[Any]:
    """Every Istio document below a folder that nothing is expected to refuse."""
    for path in sorted((CASES / folder).rglob("*.yaml")):
        for index, document in enumerate(yaml.load_all(path.read_text(), yaml.CSafeLoader)):
            if document and "_err" not in document and ".istio.io/" in document.get("apiVersion", ""):
                yield pytest.param(document, id=f"{path.relative_to(CASES)}[{index}]")


def webhook_cases() -> Iterator[Any]:
    """Every spec, or part of one, that istiod's webhook accepts."""
    path = CASES / "istio-webhook" / "cases.jsonl"
    for case in map(json.loads, path.read_text().splitlines() if path.exists() else ()):
        if case["valid"]:
            yield pytest.param(case, id=f"{case['test']}: {case['name']} ({case['id']})")


def normal(value: Any) -> Any:
    """The same document with durations in one form, without empty lists, maps and nulls."""
    if isinstance(value, Mapping):
        return {
            key: normal(each)
            for key, each in value.items()
            if each not in ([], None) and (key, each) != ("matchLabels", {})
        }
    if isinstance(value, list):
        return [normal({} if each is None else each) for each in value]
    if isinstance(value, str) and value[:1].isdigit() and value[-1:] in "smh":
        try:
            return str(Duration.parse(value))
        except ValueError:
            return value
    return value


def class_named(input_type: str) -> type[msgspec.Struct]:
    """Go's name of a message, such as networking.HTTPFaultInjection_Delay -> its class."""
    package, _, name = input_type.partition(".")
    for leaf in MODULES[package]:
        found: Any = import_module(f"components.api.{package.removesuffix('_beta').removesuffix('v1beta1')}.{leaf}")
        for part in name.split("_"):
            found = getattr(found, part, None)
        if found is not None:
            assert isinstance(found, type)
            return found
    raise LookupError(input_type)


@pytest.mark.parametrize("document", [*documents("istio-crds"), *documents("istio-samples")])
def test_valid_documents_come_back(document: dict[str, Any]) -> None:
    """A document that the CRDs accept decodes, and encodes to what it was."""
    decoded = decode(document)
    assert isinstance(decoded, Resource)
    assert normal(encode(decoded)) == normal({"spec": {}} | document)


@pytest.mark.parametrize("case", [*webhook_cases()])
def test_specs_the_webhook_accepts_come_back(case: dict[str, Any]) -> None:
    """A spec, or part of one, that istiod accepts decodes, and encodes to what it was."""
    decoded = decode_value(case["spec"], class_named(case["input_type"]), "spec")
    assert normal(encode_value(decoded)) == normal(case["spec"])


def test_every_case_of_the_webhook_decodes() -> None:
    """What istiod refuses for its meaning is of the right shape, so that validation can say what it means.

    One case has a Go expression where its text should be; that is not of the right shape.
    """
    decoded, refused = 0, []
    for case in map(json.loads, (CASES / "istio-webhook" / "cases.jsonl").read_text().splitlines()):
        try:
            decode_value(case["spec"], class_named(case["input_type"]), "spec")
            decoded += 1
        except DecodeError as error:
            refused.append(error.path)
    assert decoded > 300
    assert refused == ["spec.lua.inlineCode"]


def test_all_documents_of_the_analyzers_decode_or_are_of_other_kinds() -> None:
    """Real configuration decodes, or is of a kind that is not typed here; the one exception uses retired fields."""
    refused = []
    for path in sorted((CASES / "istio-analyzers").glob("*.yaml")):
        for document in yaml.load_all(path.read_text(), yaml.CSafeLoader):
            try:
                decode(document) if document and "kind" in document else None
            except UnknownKind:
                continue
            except ValueError as error:
                refused.append((path.name, str(error)))
    assert [name for name, _ in refused] == ["deprecation.yaml"]
    assert "spec.workloadLabels: EnvoyFilter has no such field. Did you mean workloadSelector?" in refused[0][1]
