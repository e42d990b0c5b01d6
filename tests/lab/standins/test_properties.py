"""Property values on the wire."""

import pytest
from google.protobuf import json_format, struct_pb2

from lab.standins.json_values import show
from lab.standins.properties import SECRET, SIGNATURE, UNKNOWN, decode, encode


def test_whole_numbers_come_back_as_integers() -> None:
    """A port travels as a double, and the Kubernetes API would refuse 80.0."""
    values = decode(encode({"port": 80, "share": 0.5})).values
    assert (values["port"], type(values["port"])) == (80, int)
    assert values["share"] == 0.5


def test_a_secret_keeps_its_mark_and_its_value() -> None:
    """What is marked secret is wrapped on the wire and found again at its path."""
    struct = encode({"data": {"a": "x"}, "plain": [1]}, [("data", "a")])
    assert struct.fields["data"].struct_value.fields["a"].struct_value.fields[SIGNATURE].string_value == SECRET
    found = decode(struct)
    assert found.values == {"data": {"a": "x"}, "plain": [1]}
    assert found.secrets == {("data", "a")}


def test_a_secret_inside_a_secret_is_wrapped_once() -> None:
    """The engine would show a doubly wrapped value as an object."""
    found = decode(encode({"data": {"a": "x"}}, [("data",), ("data", "a")]))
    assert found.secrets == {("data",)}


def test_an_unknown_value_is_found() -> None:
    """A preview may hold values nobody knows yet, at any depth."""
    found = decode(encode({"spec": {"host": UNKNOWN}, "known": "x"}))
    assert found.unknowns == {("spec", "host")}
    assert not found.known


@pytest.mark.parametrize("value", [{}, [], "", None, False, 0], ids=["map", "list", "text", "null", "false", "zero"])
def test_an_empty_value_survives(value: object) -> None:
    """Nothing and empty are different things to Kubernetes."""
    struct = struct_pb2.Struct()
    json_format.ParseDict({"field": value}, struct)
    found = decode(struct).values
    assert found == {"field": value}
    assert decode(encode(found)).values == found


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("spec", "containers", 0, "image"), "spec.containers[0].image"),
        (("metadata", "annotations", "a.b/c"), 'metadata.annotations["a.b/c"]'),
    ],
    ids=["index", "quoted key"],
)
def test_a_path_is_written_as_pulumi_writes_it(path: tuple[str | int, ...], shown: str) -> None:
    """The engine finds the changed property by this text."""
    assert show(path) == shown
