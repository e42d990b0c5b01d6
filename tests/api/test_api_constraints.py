"""The limits of the CRDs, as data."""

from __future__ import annotations

import msgspec
import pytest

from components.api import ObjectMeta
from components.api.constraints import limits_of
from components.api.networking.destination_rule import LoadBalancerSettings
from components.api.networking.virtual_service import CorsPolicy, Destination, HTTPRetry, HTTPRoute
from components.api.networking.workload_entry import WorkloadEntry
from components.api.registry import class_of, kinds
from components.api.security.peer_authentication import PeerAuthentication


def test_required_fields_are_known() -> None:
    """A destination without host is refused by the API server."""
    assert limits_of(Destination).required == ("host",)


def test_groups_of_which_one_may_be_set_are_known() -> None:
    """A hash has one key and one algorithm: two groups in one message."""
    assert limits_of(LoadBalancerSettings.ConsistentHashLB).one_of == (
        ("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"),
        ("ringHash", "maglev"),
    )


def test_limits_of_fields_and_of_what_is_in_them_are_known() -> None:
    """A map has limits, and so have its values; wrappers may be null."""
    ports = limits_of(WorkloadEntry).fields["ports"]
    assert ports.max_properties == 128
    assert ports.each is not None
    assert [rule.message for rule in ports.each.rules] == ["port must be between 1-65535"]
    assert limits_of(HTTPRetry).fields["retryRemoteLocalities"].nullable
    assert limits_of(CorsPolicy).fields["allowCredentials"].nullable


def test_rules_in_cel_are_known_with_their_words() -> None:
    """A rule stands where the schema has it: on the message, or on the field."""
    assert [rule.message for rule in limits_of(PeerAuthentication).rules] == ["portLevelMtls requires selector"]
    assert limits_of(HTTPRoute).fields["timeout"].rules[0].rule == "duration(self) >= duration('1ms')"


@pytest.mark.parametrize("cls", [ObjectMeta, int], ids=["Kubernetes' metadata", "no class of the API"])
def test_what_has_no_limits_has_empty_ones(cls: type[msgspec.Struct]) -> None:
    """A caller need not ask first."""
    assert limits_of(cls).fields == {}


def test_limits_name_fields_that_exist() -> None:
    """Each limit is of a field of its class, so that whoever checks finds a value for it."""
    for kind in kinds():
        cls = class_of(kind)
        names = {field.encode_name for field in msgspec.structs.fields(cls)}
        assert set(limits_of(cls).fields) | set(limits_of(cls).required) <= names
