"""Destination rules, gateways, service entries, sidecars and workloads that istiod takes are without violation, and each
small change to one breaks one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest

from tests.api.validation.circuit_breaking_rows import CIRCUIT_BREAKING_ROWS
from tests.api.validation.destination_rule_rows import DESTINATION_RULE_ROWS, DESTINATION_RULE_SPECS
from tests.api.validation.gateway_rows import GATEWAY_ROWS, GATEWAY_SPECS, PLAIN, SERVER_TLS_ROWS
from tests.api.validation.load_balancing_rows import LOAD_BALANCING_ROWS, LOAD_BALANCING_SPECS
from tests.api.validation.rows import Row, changed, violations
from tests.api.validation.service_entry_rows import DYNAMIC, SERVICE_ENTRY_ROWS, SERVICE_ENTRY_SPECS
from tests.api.validation.sidecar_rows import SIDECAR_ROWS, SIDECAR_SPECS
from tests.api.validation.workload_rows import (
    WORKLOAD_ENTRY_ROWS,
    WORKLOAD_ENTRY_SPECS,
    WORKLOAD_GROUP_ROWS,
    WORKLOAD_GROUP_SPECS,
)

SPECS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "DestinationRule": {**DESTINATION_RULE_SPECS, **LOAD_BALANCING_SPECS},
    "Gateway": GATEWAY_SPECS,
    "ServiceEntry": SERVICE_ENTRY_SPECS,
    "Sidecar": SIDECAR_SPECS,
    "WorkloadEntry": WORKLOAD_ENTRY_SPECS,
    "WorkloadGroup": WORKLOAD_GROUP_SPECS,
}
ROWS: Mapping[str, tuple[Row, ...]] = {
    "DestinationRule": (*DESTINATION_RULE_ROWS, *CIRCUIT_BREAKING_ROWS, *LOAD_BALANCING_ROWS),
    "Gateway": GATEWAY_ROWS,
    "ServiceEntry": SERVICE_ENTRY_ROWS,
    "Sidecar": SIDECAR_ROWS,
    "WorkloadEntry": WORKLOAD_ENTRY_ROWS,
    "WorkloadGroup": WORKLOAD_GROUP_ROWS,
}
MODULES = (
    "destination_rule",
    "traffic_policy",
    "circuit_breaking",
    "load_balancing",
    "localities",
    "client_tls",
    "gateway",
    "server_tls",
    "service_entry",
    "resolution",
    "sidecar",
    "sidecar_ingress",
    "sidecar_egress",
    "workload_entry",
    "workload_group",
)
OF_METADATA = {"V3001", "V4043"}
"""Rules that a change of the spec alone does not break; each has a test below."""


@pytest.mark.parametrize(
    ("kind", "spec"),
    [pytest.param(kind, spec, id=f"{kind} {words}") for kind, specs in SPECS.items() for words, spec in specs.items()],
)
def test_valid_specs_have_no_violation(kind: str, spec: Mapping[str, Any]) -> None:
    """Neither refused nor warned of."""
    assert violations(kind, spec) == []


@pytest.mark.parametrize(
    ("kind", "row"),
    [pytest.param(kind, row, id=f"{row.code} {kind} {row.words}") for kind, rows in ROWS.items() for row in rows],
)
def test_a_change_breaks_one_rule(kind: str, row: Row) -> None:
    """With the code and severity of that rule, at the field that was changed, in words for a person."""
    found = violations(kind, changed(row.spec, row.change))
    assert {each.code for each in found} == {row.code, *row.beside}
    first = next(each for each in found if each.code == row.code)
    assert first.path == (f"spec.{row.path}" if row.path else "spec")
    assert first.severity is row.severity
    assert first.message
    assert not first.message.endswith(".")
    assert first.remedy.endswith(".")


def test_every_rule_is_broken_by_a_row() -> None:
    """No code of the catalogues is left out."""
    known = {code for module in MODULES for code in import_module(f"components.api.validation.{module}").CODES}
    broken = {row.code for rows in ROWS.values() for row in rows}
    assert known == {code for code in broken if not code.startswith("V01")} | OF_METADATA


def test_rules_of_a_part_have_one_code_whatever_the_kind() -> None:
    """A sidecar's TLS and limits are refused as a gateway's and a destination rule's are."""
    codes = {row.code for row in SIDECAR_ROWS}
    assert codes & {row.code for row in SERVER_TLS_ROWS}
    assert codes & {row.code for row in CIRCUIT_BREAKING_ROWS}


def test_a_gateways_name_is_a_dns_label() -> None:
    """With a dot it is refused, unless istiod made it of a Gateway of the Kubernetes Gateway API."""
    (found,) = violations("Gateway", PLAIN, name="my.gateway")
    assert (found.code, found.path) == ("V3001", "metadata.name")
    converted = {"internal.istio.io/gateway-semantics": "gateway"}
    assert violations("Gateway", PLAIN, name="my.gateway", annotations=converted) == []


def test_a_converted_gateway_may_serve_nobodys_hosts() -> None:
    """Its hosts may have the namespace "~", as those have that no route is bound to."""
    spec = changed(PLAIN, {"servers.0.hosts.0": "~/a.b"})
    assert [found.code for found in violations("Gateway", spec)] == ["V3008"]
    converted = {"internal.istio.io/gateway-semantics": "gateway"}
    assert violations("Gateway", spec, annotations=converted) == []


@pytest.mark.parametrize(("waypoint", "codes"), [("waypoint", ["V4043"]), ("None", []), ("", [])])
def test_dynamic_dns_inside_of_the_mesh_has_no_waypoint(waypoint: str, codes: list[str]) -> None:
    """The label with the name of one is refused; "none", in any case, names none."""
    found = violations("ServiceEntry", DYNAMIC, labels={"istio.io/use-waypoint": waypoint})
    assert [each.code for each in found] == codes
    outside = changed(DYNAMIC, {"location": "MESH_EXTERNAL"})
    assert violations("ServiceEntry", outside, labels={"istio.io/use-waypoint": waypoint}) == []


@pytest.mark.parametrize(("label", "codes"), [("FALSE", ["V4013"]), ("true", []), (None, [])])
def test_an_address_that_is_not_allocated_is_missed(label: str | None, codes: list[str]) -> None:
    """A TCP port of a service that is looked up needs no address, unless the label says not to allocate one."""
    spec = SERVICE_ENTRY_SPECS["bare TCP whose address is allocated"]
    labels = {} if label is None else {"networking.istio.io/enable-autoallocate-ip": label}
    assert [each.code for each in violations("ServiceEntry", spec, labels=labels)] == codes


def test_a_config_map_is_not_elsewhere_while_the_namespace_is_open() -> None:
    """A document without namespace gets one when it is applied."""
    spec = DESTINATION_RULE_SPECS["authorities from a ConfigMap of the same namespace"]
    assert violations("DestinationRule", spec, namespace=None) == []
    assert [each.code for each in violations("DestinationRule", spec, namespace="bank")] == ["V2065"]
