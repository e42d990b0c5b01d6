"""What the cluster judges is worth judging: every field is there, and the same number is the same document."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from components.api.registry import class_of
from components.api.tidying import element_type
from tests.api.validation.mutations import KINDS, fields_set, mutant

ONLY_ADDED = {
    "GrpcHealthCheckConfig.service",
    "HTTPFaultInjection.Delay.percent",
    "L4MatchAttributes.sourceSubnet",
    "OutlierDetection.outlierDetectionHttpErrorCodes",
    "PolicyTargetReference.namespace",
    "Server.defaultEndpoint",
    "ServerTLSSettings.TLSCertificate.caCertificates",
    "ServerTLSSettings.insecureSkipVerify",
    "ZoneAwareLoadBalancerSetting.enabled",
    "ZoneAwareLoadBalancerSetting.minClusterSize",
}
"""Fields that istiod refuses, leaves alone or has given up: a change may set them, no document starts with them."""


def messages(cls: type[msgspec.Struct], seen: set[type]) -> Iterator[type[msgspec.Struct]]:
    """The class and all that its fields hold."""
    if cls in seen:
        return
    seen.add(cls)
    yield cls
    for each in msgspec.structs.fields(cls):
        yield from held(each.type, seen)


def held(wanted: Any, seen: set[type]) -> Iterator[type[msgspec.Struct]]:
    """The classes in a field of that type."""
    wanted = element_type(wanted)
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield from messages(wanted, seen)
    for inner in typing.get_args(wanted):
        yield from held(inner, seen)


def test_every_field_is_set_in_a_document() -> None:
    """Of some kind: a class that several kinds have need not be filled for each."""
    found = {name for kind in KINDS for name in fields_set(kind)}
    wanted = {
        f"{cls.__qualname__}.{each.encode_name}"
        for kind in KINDS.values()
        for cls in messages(class_of(kind), set())
        for each in msgspec.structs.fields(cls)
    }
    assert wanted - found == ONLY_ADDED


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_always_the_same_document(kind: str) -> None:
    """So that a failure can be had again; another number is mostly another document."""
    texts = [json.dumps(mutant(kind, number)) for number in range(40)]
    assert texts == [json.dumps(mutant(kind, number)) for number in range(40)]
    assert len(set(texts)) > 20
