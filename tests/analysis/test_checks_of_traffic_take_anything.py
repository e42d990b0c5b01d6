"""No document that can be decoded makes a check of routes, resilience, destinations or ambient mode raise."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.analysis.check import registered
from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.api import ObjectMeta, Resource
from components.api.gateway_api.gateway import GatewaySpec
from components.api.gateway_api.http_route import HTTPRouteSpec
from components.api.gateway_api.reference_grant import ReferenceGrantSpec
from components.api.kubernetes.core import Namespace
from components.api.kubernetes.service import ServiceSpec
from components.api.networking.destination_rule import DestinationRule
from components.api.networking.service_entry import ServiceEntry
from components.api.networking.virtual_service import VirtualService
from components.api.security.request_authentication import RequestAuthentication
from tests.api.strategies import values_of

GROUPS = ("routes", "resilience", "destinations", "ambient")
CHECKS = [each for each in registered() if each.module.split(".")[-2] in GROUPS]
KINDS = (
    VirtualService,
    VirtualService,
    DestinationRule,
    DestinationRule,
    ServiceEntry,
    ServiceSpec,
    HTTPRouteSpec,
    GatewaySpec,
    ReferenceGrantSpec,
    RequestAuthentication,
)
AMBIENT = Namespace(metadata=ObjectMeta(name="shop", labels={"istio.io/dataplane-mode": "ambient"}))
NAMES = st.sampled_from(("", "a", "b", "*", "*.example.com", "a.shop.svc.cluster.local"))


def meshes() -> st.SearchStrategy[list[Any]]:
    specs = st.one_of(*(values_of(each) for each in KINDS))
    metadata = st.builds(ObjectMeta, name=NAMES, namespace=st.sampled_from((None, "shop", "istio-system")))
    return st.lists(st.builds(lambda head, spec: Resource(metadata=head, spec=spec), metadata, specs), max_size=4)


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(meshes(), NAMES)
def test_any_mesh_is_looked_at_to_its_end(documents: list[Any], host: str) -> None:
    named = []
    for each in documents:
        spec = each.spec
        if isinstance(spec, DestinationRule):
            # A host that others name, too, or hardly two documents would speak of one.
            named.append(Resource(metadata=each.metadata, spec=DestinationRule(**{**_fields(spec), "host": host})))
        named.append(each)
    snapshot = Snapshot([Declared(each, None) for each in (AMBIENT, *named)])
    for check in CHECKS:
        for finding in check.run(snapshot):
            assert finding.code == check.check.code
            assert finding.message[-1] != "."
            assert finding.remedy[-1] == "."


def _fields(spec: DestinationRule) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in spec.__struct_fields__}


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_checks(group: str) -> None:
    assert any(each.module == import_module(each.module).__name__ and f".{group}." in each.module for each in CHECKS)
