"""A virtual service that istiod takes is without violation, and each small change to it breaks one rule."""

from __future__ import annotations

from typing import Any

import pytest

from components.api.validation import virtual_service
from tests.api.validation.http_action_rows import HTTP_ACTION_ROWS
from tests.api.validation.http_route_rows import HTTP_ROUTE_ROWS
from tests.api.validation.rows import Row, changed, violations
from tests.api.validation.virtual_service_rows import VIRTUAL_SERVICE_ROWS
from tests.api.validation.virtual_service_specs import VALID

ROWS = (*VIRTUAL_SERVICE_ROWS, *HTTP_ROUTE_ROWS, *HTTP_ACTION_ROWS)


@pytest.mark.parametrize("spec", [pytest.param(spec, id=words) for words, spec in VALID.items()])
def test_valid_specs_have_no_violation(spec: dict[str, Any]) -> None:
    """Neither refused nor warned of."""
    assert violations("VirtualService", spec) == []


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.code} {row.words}") for row in ROWS])
def test_a_change_breaks_one_rule(row: Row) -> None:
    """With the code and severity of that rule, at the field that was changed, in words for a person."""
    found = violations("VirtualService", changed(row.spec, row.change))
    assert {each.code for each in found} == {row.code, *row.beside}
    first = next(each for each in found if each.code == row.code)
    assert first.path == (f"spec.{row.path}" if row.path else "spec")
    assert first.severity is row.severity
    assert first.message
    assert not first.message.endswith(".")
    assert first.remedy.endswith(".")


def test_every_rule_is_broken_by_a_row() -> None:
    """No code of the catalogue is left out, and none is reported that the catalogue does not have."""
    assert {row.code for row in ROWS} == set(virtual_service.CODES)
