"""The catalogue of codes, over all kinds."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from components.api import validation
from components.api.validation import codes

RANGES = {
    "virtual_service": "V1[01]",
    "destination_rule": "V20",
    "gateway": "V30",
    "service_entry": "V40",
    "sidecar": "V50",
    "peer_authentication": "V60",
    "request_authentication": "V61",
    "authorization_policy": "V70",
    "telemetry": "V80",
    "proxy_config": "V81",
    "wasm_plugin": "V82",
    "traffic_extension": "V83",
    "workload_entry": "V84",
    "workload_group": "V85",
    "envoy_filter": "V90",
    "crd": "V00",
    "metadata": "V01",
    "selectors": "V01",
    "exports": "V01",
}
MODULES = [each.name for each in pkgutil.iter_modules(validation.__path__)]


def test_each_code_has_a_title() -> None:
    """V and four digits, and a line on what breaks the rule."""
    named = codes()
    assert len(named) > 400
    assert [code for code in named if not re.fullmatch(r"V\d{4}", code)] == []
    assert [code for code, title in named.items() if not title or title.endswith(".") or "\n" in title] == []


def test_every_module_with_codes_is_in_the_catalogue() -> None:
    """A code that is reported can be looked up."""
    found = {
        code
        for name in MODULES
        for code in getattr(importlib.import_module(f"{validation.__name__}.{name}"), "CODES", ())
    }
    assert found == set(codes())


@pytest.mark.parametrize(("module", "begins"), RANGES.items(), ids=RANGES)
def test_codes_are_of_their_kinds_range(module: str, begins: str) -> None:
    """As the package says."""
    named = importlib.import_module(f"{validation.__name__}.{module}").CODES
    assert [code for code in named if not re.match(begins, code)] == []


def test_every_kind_has_a_module() -> None:
    """With a check of its own."""
    modules = [importlib.import_module(f"{validation.__name__}.{name}") for name in {*validation.KINDS.values()}]
    assert all(callable(module.check) for module in modules)
