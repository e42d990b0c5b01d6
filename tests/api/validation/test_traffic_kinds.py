"""Destination rules, gateways, service entries, sidecars and workloads that istiod takes are without violation, and each
small change to one breaks one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from components.api import ObjectMeta, Resource, decode
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.gateway import Gateway
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.sidecar import Sidecar
from components.api.networking.workload_entry import WorkloadEntry
from components.api.networking.workload_group import WorkloadGroup
from components.api.validation import Severity, Violation, validate
from tests.api.strategies import values_of
from tests.api.validation.circuit_breaking_rows import CIRCUIT_BREAKING_ROWS
from tests.api.validation.destination_rule_rows import DESTINATION_RULE_ROWS, DESTINATION_RULE_SPECS
from tests.api.validation.gateway_rows import GATEWAY_ROWS, GATEWAY_SPECS, PLAIN, SERVER_TLS_ROWS
from tests.api.validation.load_balancing_rows import LOAD_BALANCING_ROWS, LOAD_BALANCING_SPECS
from tests.api.validation.rows import Row, changed, require_broken, violations
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


def catalogue(module: str) -> Mapping[str, str]:
    """Code and title of a module's rules."""
    named: Mapping[str, str] = import_module(f"components.api.validation.{module}").CODES
    return named


def told(kind: str, spec: Mapping[str, Any]) -> tuple[Violation, ...]:
    """What CRD and webhook together refuse or warn of."""
    metadata = {"name": "here", "namespace": "shop"}
    return validate(decode({"apiVersion": "networking.istio.io/v1", "kind": kind, "metadata": metadata, "spec": spec}))


@pytest.mark.parametrize(
    ("kind", "spec"),
    [pytest.param(kind, spec, id=f"{kind} {words}") for kind, specs in SPECS.items() for words, spec in specs.items()],
)
def test_valid_specs_have_no_violation(kind: str, spec: Mapping[str, Any]) -> None:
    """Neither refused nor warned of, by the CRD neither."""
    assert violations(kind, spec) == []
    assert told(kind, spec) == ()


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
    assert known == {code for code in broken if not code.startswith("V01")} | OF_METADATA


@pytest.mark.parametrize("cls", [DestinationRule, Gateway, ServiceEntry, Sidecar, WorkloadEntry, WorkloadGroup])
def test_any_spec_is_looked_at_to_its_end(cls: type[msgspec.Struct]) -> None:
    """Whatever its fields hold; what is found has a code of the catalogue and a path below the spec."""
    known = {code for module in (*MODULES, "exports", "selectors", "crd") for code in catalogue(module)}
    found: list[Violation] = []

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(values_of(cls))
    def look(spec: msgspec.Struct) -> None:
        found.extend(validate(Resource(metadata=ObjectMeta(name="a"), spec=spec)))

    look()
    assert found
    assert {each.code for each in found} <= known
    assert all(each.path == "spec" or each.path.startswith("spec.") for each in found)


def test_rules_of_a_part_have_one_code_whatever_the_kind() -> None:
    """A sidecar's TLS and limits are refused as a gateway's and a destination rule's are."""
    codes = {row.code for row in SIDECAR_ROWS}
    assert codes & {row.code for row in SERVER_TLS_ROWS}
    assert codes & {row.code for row in CIRCUIT_BREAKING_ROWS}


@pytest.mark.parametrize(
    ("kind", "row"),
    [pytest.param(kind, row, id=f"{row.code} {kind} {row.words}") for kind, rows in ROWS.items() for row in rows],
)
def test_what_crd_and_webhook_both_refuse_is_told_of_once(kind: str, row: Row) -> None:
    """In the webhook's words; the limit of a CRD is told of only where the webhook warns at most."""
    found = told(kind, changed(row.spec, row.change))
    codes = {each.code for each in found if not each.code.startswith("V00")}
    assert codes == {row.code, *row.beside}
    refused = any(each.code in codes and each.severity is Severity.ERROR for each in found)
    assert not (refused and any(each.code.startswith("V00") for each in found))


def test_fields_that_exclude_each_other_are_told_of_beside_the_rest() -> None:
    """The webhook has no rule for them, so what else is wrong with the whole does not hide them."""
    probe = {"httpGet": {"port": 0}, "tcpSocket": {"port": 1}}
    assert {each.code for each in told("WorkloadGroup", {"template": {}, "probe": probe})} == {"V0008", "V8508"}
    socket = {"address": "unix://a.sock", "ports": {"http": 0}}
    assert {each.code for each in told("WorkloadEntry", socket)} == {"V8403", "V8404", "V8407"}


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
