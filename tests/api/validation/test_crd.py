"""What a CRD asks of a document is asked here too: each sort of limit, and each rule in CEL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.api import DecodeError, Resource, constraints, decode, decode_value
from components.api.gateway_api.http_route import HTTPRouteSpec
from components.api.registry import class_of, kinds
from components.api.validation import Report, Violation, crd
from components.api.validation.crd_rules import RULES
from components.api.validation.crd_values import CODES as VALUE_CODES
from tests.api.validation.crd_rows import CRD_ROWS, CRD_SPECS, CrdRow
from tests.api.validation.rows import changed

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "istio-crds"
GATEWAY_API = "gateway_api."


def limits_passed(document: dict[str, Any]) -> list[Violation]:
    """What the CRD says of it."""
    decoded = decode(document)
    assert isinstance(decoded, Resource)
    report = Report()
    crd.check(decoded, report)
    return report.violations


def of_kind(kind: str, spec: dict[str, Any]) -> list[Violation]:
    """What the CRD of a kind says of a spec."""
    known = next(each for each in kinds() if each.name == kind and each.group.endswith(".istio.io"))
    return limits_passed({"apiVersion": known.api_version, "kind": kind, "metadata": {"name": "a"}, "spec": spec})


def rules_in(value: Any) -> Iterator[str]:
    """The text of every rule in a table of limits."""
    if isinstance(value, dict):
        if set(value) == {"rule", "message"}:
            yield value["rule"]
        for each in value.values():
            yield from rules_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from rules_in(each)


@pytest.mark.parametrize("kind", CRD_SPECS)
def test_valid_specs_pass_no_limit(kind: str) -> None:
    """The specs that are changed below."""
    assert of_kind(kind, CRD_SPECS[kind]) == []


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.code} {row.kind} {row.words}") for row in CRD_ROWS])
def test_a_change_passes_one_limit(row: CrdRow) -> None:
    """With the code of that sort of limit, at the field, in words for a person."""
    found = of_kind(row.kind, changed(CRD_SPECS[row.kind], row.change))
    assert {each.code for each in found} == {row.code, *row.beside}
    first = next(each for each in found if each.code == row.code)
    assert first.path == (f"spec.{row.path}" if row.path else "spec")
    assert first.message
    assert not first.message.endswith(".")
    assert first.remedy.endswith(".")


def test_every_code_is_provoked_by_a_row() -> None:
    """But V0001, which decoding raises, and V0007, which no kind of Istio's has a limit for."""
    assert {row.code for row in CRD_ROWS} == set(crd.CODES) - {"V0001", "V0007"}
    assert set(VALUE_CODES) < set(crd.CODES)


def test_every_rule_of_istios_crds_is_known() -> None:
    """A new Istio may bring a rule that is not: give it a function in crd_predicates and a line in crd_rules."""
    folder = Path(constraints.__file__).parent
    texts = {
        text
        for path in folder.glob("*.json")
        if not path.name.startswith(GATEWAY_API)
        for text in rules_in(json.loads(path.read_text()))
    }
    assert texts == set(RULES)


def test_all_kinds_have_their_limits_looked_at() -> None:
    """Kinds of the Gateway API and those without limits too; nothing is set, so nothing but what is required is missed."""
    for kind in kinds():
        report = Report()
        if not kind.is_document:
            crd.check_limits(class_of(kind)(), "spec", report)
        assert {each.code for each in report.violations} <= {"V0002", "V0035"}


def test_routes_of_the_gateway_api_are_looked_at() -> None:
    """Their limits but for the rules in CEL; a status that is none of those that are allowed is refused."""
    filters = [{"type": "RequestRedirect", "requestRedirect": {"statusCode": 200, "port": 0}}]
    report = Report()
    crd.check_limits(decode_value({"rules": [{"filters": filters}]}, HTTPRouteSpec), "spec", report)
    redirect = "spec.rules[0].filters[0].requestRedirect"
    assert [(each.code, each.path) for each in report.violations] == [
        ("V0003", f"{redirect}.port"),
        ("V0007", f"{redirect}.statusCode"),
    ]


def test_messages_have_the_value_and_what_is_allowed() -> None:
    """A person needs no page to correct a field."""
    spec = changed(CRD_SPECS["ServiceEntry"], {"ports.0.number": 70000})
    (found,) = of_kind("ServiceEntry", spec)
    assert (found.message, found.remedy) == ("70000 is no port", "Give a port from 1 to 65535.")


@pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own test data is not at {CASES}")
def test_documents_that_the_api_server_refuses_are_refused() -> None:
    """Those of Istio's tests of its CRDs, and no others."""
    told, expected = {}, {}
    for path in sorted(CASES.glob("*.yaml")):
        for index, document in enumerate(yaml.load_all(path.read_text(), yaml.CSafeLoader)):
            expected[path.name, index] = "_err" in document
            document.pop("_err", None)
            try:
                told[path.name, index] = bool(limits_passed(document))
            except DecodeError:
                told[path.name, index] = True
    assert told == expected
    assert len(told) > 50
