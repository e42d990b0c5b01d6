"""Policies, telemetry, extensions and EnvoyFilters that istiod takes are without violation, and each small change to one
breaks one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from components.api import ObjectMeta, Resource
from components.api.extensions.traffic_extension import TrafficExtension
from components.api.extensions.wasm import WasmPlugin
from components.api.networking.envoy_filter import EnvoyFilter
from components.api.networking.proxy_config import ProxyConfig
from components.api.security.authorization_policy import AuthorizationPolicy
from components.api.security.peer_authentication import PeerAuthentication
from components.api.security.request_authentication import RequestAuthentication
from components.api.telemetry.telemetry import Telemetry
from components.api.validation import Severity, Violation, validate
from tests.api.strategies import values_of
from tests.api.validation.authentication_rows import (
    PEER_ROWS,
    PEER_SPECS,
    PROXY_CONFIG_ROWS,
    PROXY_CONFIG_SPECS,
    REQUEST_ROWS,
    REQUEST_SPECS,
)
from tests.api.validation.authorization_rows import AUTHORIZATION_ROWS, AUTHORIZATION_SPECS
from tests.api.validation.envoy_filter_rows import ENVOY_FILTER_ROWS, ENVOY_FILTER_SPECS
from tests.api.validation.extension_rows import EXTENSION_ROWS, EXTENSION_SPECS, PLUGIN_ROWS, PLUGIN_SPECS
from tests.api.validation.rows import Row, require_broken, violations
from tests.api.validation.telemetry_rows import TELEMETRY_ROWS, TELEMETRY_SPECS

SPECS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "PeerAuthentication": PEER_SPECS,
    "RequestAuthentication": REQUEST_SPECS,
    "AuthorizationPolicy": AUTHORIZATION_SPECS,
    "Telemetry": TELEMETRY_SPECS,
    "ProxyConfig": PROXY_CONFIG_SPECS,
    "WasmPlugin": PLUGIN_SPECS,
    "TrafficExtension": EXTENSION_SPECS,
    "EnvoyFilter": ENVOY_FILTER_SPECS,
}
ROWS: Mapping[str, tuple[Row, ...]] = {
    "PeerAuthentication": PEER_ROWS,
    "RequestAuthentication": REQUEST_ROWS,
    "AuthorizationPolicy": AUTHORIZATION_ROWS,
    "Telemetry": TELEMETRY_ROWS,
    "ProxyConfig": PROXY_CONFIG_ROWS,
    "WasmPlugin": PLUGIN_ROWS,
    "TrafficExtension": EXTENSION_ROWS,
    "EnvoyFilter": ENVOY_FILTER_ROWS,
}
MODULES = (
    "peer_authentication",
    "request_authentication",
    "authorization_policy",
    "telemetry",
    "proxy_config",
    "wasm_plugin",
    "traffic_extension",
    "envoy_filter",
)
CLASSES = (
    PeerAuthentication,
    RequestAuthentication,
    AuthorizationPolicy,
    Telemetry,
    ProxyConfig,
    WasmPlugin,
    TrafficExtension,
    EnvoyFilter,
)
ALWAYS = {"EnvoyFilter": ["V9001"]}
"""Every EnvoyFilter is warned of."""


def catalogue(module: str) -> Mapping[str, str]:
    """Code and title of a module's rules."""
    named: Mapping[str, str] = import_module(f"components.api.validation.{module}").CODES
    return named


@pytest.mark.parametrize(
    ("kind", "spec"),
    [pytest.param(kind, spec, id=f"{kind} {words}") for kind, specs in SPECS.items() for words, spec in specs.items()],
)
def test_valid_specs_have_no_violation(kind: str, spec: Mapping[str, Any]) -> None:
    """Neither refused nor warned of, beside what is always said of the kind."""
    assert [each.code for each in violations(kind, spec)] == ALWAYS.get(kind, [])


@pytest.mark.parametrize(
    ("kind", "row"),
    [pytest.param(kind, row, id=f"{row.code} {kind} {row.words}") for kind, rows in ROWS.items() for row in rows],
)
def test_a_change_breaks_one_rule(kind: str, row: Row) -> None:
    """With the code and severity of that rule, at the field that was changed, in words for a person."""
    require_broken(kind, row)


def test_every_rule_is_broken_by_a_row() -> None:
    """No code of the catalogues is left out."""
    known = {code for module in MODULES for code in catalogue(module)}
    broken = {row.code for rows in ROWS.values() for row in rows}
    assert known == {code for code in broken if not code.startswith("V01")}


@pytest.mark.parametrize("cls", CLASSES)
def test_any_spec_is_looked_at_to_its_end(cls: type[msgspec.Struct]) -> None:
    """Whatever its fields hold; what is found has a code of the catalogue and a path below the spec."""
    known = {code for module in (*MODULES, "selectors", "crd") for code in catalogue(module)}
    found: list[Violation] = []

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(values_of(cls))
    def look(spec: msgspec.Struct) -> None:
        found.extend(validate(Resource(metadata=ObjectMeta(name="a"), spec=spec)))

    look()
    assert found
    assert {each.code for each in found} <= known
    assert all(each.path == "spec" or each.path.startswith("spec.") for each in found)


def test_a_private_key_is_told_from_a_public_one() -> None:
    """The one with "d" is warned of, by its number."""
    keys = (
        '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}, {"kty": "RSA", "e": "AQAB", "n": "AAAA", "d": "AA"}]}'
    )
    (found,) = violations("RequestAuthentication", {"jwtRules": [{"issuer": "me", "jwks": keys}]})
    assert (found.code, found.severity) == ("V6114", Severity.WARNING)
    assert found.message == "key 1 is a private key of the kind RSA"


def test_a_denial_by_trust_domain_is_warned_of() -> None:
    """istiod does not count trust domains among what is known without HTTP."""
    rule = {"from": [{"source": {"trustDomains": ["a"]}}]}
    assert [each.code for each in violations("AuthorizationPolicy", {"action": "DENY", "rules": [rule]})] == ["V7046"]
    named = {"from": [{"source": {"trustDomains": ["a"], "namespaces": ["b"]}}]}
    assert violations("AuthorizationPolicy", {"action": "DENY", "rules": [named]}) == []
