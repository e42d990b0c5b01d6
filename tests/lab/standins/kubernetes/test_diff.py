"""Which changes are real, and which need a new object."""

import pytest

from lab.standins.json_values import JsonObject
from lab.standins.kubernetes.configuration import Configuration
from lab.standins.kubernetes.diff import Change, Difference, differences, real
from lab.standins.kubernetes.replace import delete_first, replacing
from lab.standins.properties import UNKNOWN


@pytest.mark.parametrize(
    ("old", "new", "path", "change"),
    [
        ({"a": 1}, {"a": 2}, ("a",), Change.UPDATE),
        ({"a": 1}, {"a": 1, "b": 2}, ("b",), Change.ADD),
        ({"a": 1, "b": 2}, {"a": 1}, ("b",), Change.DELETE),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, ("a", 0, "b"), Change.UPDATE),
        ({"a": [1]}, {"a": [1, 2]}, ("a", 1), Change.ADD),
        ({"a": 1}, {"a": True}, ("a",), Change.UPDATE),
        ({"a": UNKNOWN}, {"a": UNKNOWN}, ("a",), Change.UPDATE),
    ],
    ids=["value", "added", "removed", "inside a list", "longer list", "true is not one", "unknown"],
)
def test_the_smallest_changed_path_is_named(
    old: JsonObject, new: JsonObject, path: tuple[str | int, ...], change: Change
) -> None:
    """A difference names one path and what happens there."""
    assert differences(old, new) == (Difference(path=path, change=change),)


def test_equal_inputs_have_no_difference() -> None:
    """The order of keys is no difference."""
    assert differences({"a": 1, "b": [{}]}, {"b": [{}], "a": 1}) == ()


def test_a_quantity_written_another_way_is_no_change() -> None:
    """The server's dry run has the value the object has: nothing would happen."""
    found = differences({"spec": {"cpu": "1"}}, {"spec": {"cpu": "1000m"}})
    live: JsonObject = {"spec": {"cpu": "1"}, "status": {"seen": 1}}
    assert real(found, state=live, dry_run={"spec": {"cpu": "1"}, "status": {"seen": 2}}) == ()


def test_write_only_data_is_a_change_when_the_object_changes() -> None:
    """A Secret's stringData is in no answer of the server, but its data is."""
    found = differences({"stringData": {"a": "1"}}, {"stringData": {"a": "2"}})
    assert real(found, state={"data": {"a": "MQ=="}}, dry_run={"data": {"a": "Mg=="}}) == found


@pytest.mark.parametrize(
    ("api_version", "kind", "path", "replaced"),
    [
        ("v1", "ConfigMap", ("data", "key"), True),
        ("v1", "Secret", ("stringData", "key"), True),
        ("apps/v1", "Deployment", ("spec", "selector", "matchLabels", "app"), True),
        ("apps/v1", "Deployment", ("spec", "replicas"), False),
        ("rbac.authorization.k8s.io/v1", "RoleBinding", ("roleRef", "name"), True),
        ("batch/v1", "Job", ("spec", "template", "spec"), True),
        ("v1", "Service", ("spec", "clusterIP"), True),
        ("v1", "Service", ("spec", "ports", 0, "port"), False),
        ("networking.istio.io/v1", "Gateway", ("metadata", "name"), True),
        ("networking.istio.io/v1", "Gateway", ("metadata", "labels", "a"), False),
    ],
    ids=[
        "config map data", "secret data", "selector", "replicas", "role", "job template", "cluster address", "port",
        "name", "label",
    ],
)  # fmt: skip
def test_what_cannot_be_updated_is_replaced(
    api_version: str, kind: str, path: tuple[str | int, ...], replaced: bool
) -> None:
    """The replace table holds for its kinds, name and namespace for all."""
    found = (Difference(path=path, change=Change.UPDATE),)
    declared: JsonObject = {"apiVersion": api_version, "kind": kind}
    assert bool(replacing(found, declared=declared, configuration=Configuration())) is replaced


def test_a_mutable_config_map_is_updated() -> None:
    """The provider option enableConfigMapMutable takes data out of the table."""
    found = (Difference(path=("data", "key"), change=Change.UPDATE),)
    declared: JsonObject = {"apiVersion": "v1", "kind": "ConfigMap"}
    assert not replacing(found, declared=declared, configuration=Configuration(config_map_mutable=True))


@pytest.mark.parametrize(
    ("new", "first"),
    [
        ({"name": "a"}, True),
        ({"name": "b"}, False),
        ({"name": "a", "annotations": {"pulumi.com/autonamed": "true"}}, False),
    ],
    ids=["same name", "new name", "automatic name"],
)
def test_the_old_object_goes_first_only_where_both_would_have_one_name(new: JsonObject, first: bool) -> None:
    """Two objects cannot have one name; otherwise the new one is made before the old one goes."""
    assert delete_first(old={"metadata": {"name": "a"}}, new={"metadata": new}) is first
