"""A mesh survives its form as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.model import Mesh, Workload
from components.model.document import DocumentError, decode, encode
from components.model.document_schema import schema
from tests.example_guarded_mesh import guarded_mesh
from tests.example_mesh import mesh_with_everything
from tests.example_policies import balancing_mesh, gateways_mesh, resilience_mesh
from tests.example_routing import mesh_with_every_route

VALIDATE = fastjsonschema.compile(schema())

BEYOND_SHAPE = (
    "a ref to nowhere",
    "a time without end",
    "what the model refuses",
    "what the model refuses of the whole",
)
"""What only the reader sees to be wrong."""

WORDS = (
    "ref",
    "kind",
    "enum",
    "value",
    "seconds",
    "map",
    "versions/0",
    "Route",
    "RoundRobin",
    "MutualTLS",
    "STRICT",
    "a",
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS))
PLAIN = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(WORDS), part, max_size=3)
)


@pytest.fixture(name="mesh")
def _mesh() -> Mesh:
    return mesh_with_everything()


def test_what_is_decoded_equals_what_was_encoded(mesh: Mesh) -> None:
    """Encoded, written as JSON, read and decoded, it is the same mesh."""
    assert decode(json.loads(json.dumps(encode(mesh)))) == mesh


def test_shared_objects_stand_once(mesh: Mesh) -> None:
    """One workload and two versions, however often they are referred to."""
    document = encode(mesh)
    assert isinstance(document["workloads"], list)
    assert isinstance(document["versions"], list)
    assert (len(document["workloads"]), len(document["versions"])) == (1, 2)


def test_another_format_is_refused(mesh: Mesh) -> None:
    """A document of a program with another format names both formats and the way out."""
    with pytest.raises(DocumentError, match=r"has the format 99, and this program reads 1; run `pulumi up`"):
        decode({**encode(mesh), "format": 99})


def test_what_has_a_default_may_be_left_out_and_so_may_an_empty_table() -> None:
    """A document written by hand says what matters, and the model's defaults hold."""
    document = {
        "format": 1,
        "workloads": [{"name": "shop", "namespace": "shop", "port": 8000.0}],
        "versions": [{"name": "v1", "workload": {"ref": "workloads/0"}}],
        "mesh": {"versions": [{"ref": "versions/0"}]},
    }
    shop = Workload("shop", namespace="shop", port=8000)
    assert decode(document) == Mesh(versions=[shop.version("v1")])


REFUSED: dict[str, tuple[list[str | int], object, str]] = {
    "no object": ([], "a", "the mesh document: expected an object with format, workloads, versions, gateways"),
    "an unknown part": (["gateway"], [], "has no part 'gateway'. Did you mean gateways? Allowed: format, workloads"),
    "a table that is no list": (["versions"], {}, "versions: expected a list, got {}"),
    "an unknown field": (["workloads", 0, "prot"], 1, "workloads[0]: Workload has no field 'prot'. Did you mean port?"),
    "a missing field": (
        ["workloads", 0],
        {"name": "a"},
        "workloads[0]: Workload has no namespace; give it, it needs name,",
    ),
    "text for a number": (
        ["versions", 0, "replicas"],
        "two",
        "versions[0].replicas: expected a whole number, got 'two'",
    ),
    "a fraction for a whole number": (["versions", 0, "replicas"], 1.5, "expected a whole number, got 1.5"),
    "true for a number": (["versions", 0, "replicas"], True, "expected a whole number, got True"),
    "a number for text": (["versions", 0, "name"], 200, "versions[0].name: expected text, got 200"),
    "null for what is needed": (["versions", 0, "name"], None, "versions[0].name: expected text, got None"),
    "a ref to nowhere": (
        ["mesh", "versions", 0],
        {"ref": "versions/2"},
        "mesh.versions[0]: the ref 'versions/2' leads nowhere from here. Allowed: versions/0, versions/1,",
    ),
    "a ref to another table": (["mesh", "versions", 0], {"ref": "workloads/0"}, "Allowed: versions/0, versions/1,"),
    "a ref that is no text": (["mesh", "versions", 0], {"ref": [0]}, "the ref [0] leads nowhere from here"),
    "an unknown kind": (
        ["mesh", "policies", 0, "load_balancer"],
        {"kind": "RoundRobbin"},
        "mesh.policies[0].load_balancer: the kind 'RoundRobbin' is none that can stand here. Did you mean RoundRobin?",
    ),
    "a kind that is elsewhere": (
        ["mesh", "virtual_services", 0, "host"],
        {"kind": "Route"},
        "the kind 'Route' is none that can stand here. Allowed: GatewayHost, GatewayPort.",
    ),
    "an object that does not say what it is": (
        ["mesh", "virtual_services", 0, "routes", 0, "abort"],
        {"http_status": 500},
        """routes[0].abort: expected {"kind": "Abort", ...} or null, got {'http_status': 500}""",
    ),
    "an unknown value of an enum": (
        ["mesh", "mutual_tls"],
        {"enum": "MutualTLS", "value": "STRIKT"},
        "mesh.mutual_tls: MutualTLS has no value 'STRIKT'. Did you mean STRICT? Allowed: STRICT, PERMISSIVE, DISABLE, UNSET.",
    ),
    "an unknown enum": (
        ["mesh", "mutual_tls"],
        {"enum": "TLS", "value": "STRICT"},
        "mesh.mutual_tls: the enum 'TLS' is none that can stand here. Allowed: MutualTLS.",
    ),
    "an enum without its value": (["mesh", "mutual_tls"], {"enum": "MutualTLS"}, "has enum, value and nothing else"),
    "text for a time": (
        ["mesh", "virtual_services", 0, "routes", 2, "timeout"],
        {"seconds": "2s"},
        "routes[2].timeout: expected {\"seconds\": N} or null, got {'seconds': '2s'}",
    ),
    "a time without end": (
        ["mesh", "virtual_services", 0, "routes", 2, "timeout"],
        {"seconds": 1e300},
        "1e+300 seconds is no time; give a number of seconds, such as 0.5",
    ),
    "an object for a map": (["versions", 0, "env"], {"a": "b"}, 'versions[0].env: expected {"map": {...}}, got'),
    "a map of other values": (["versions", 0, "env"], {"map": {"a": 1}}, "versions[0].env.a: expected text, got 1"),
    "a pair that is none": (
        ["mesh", "virtual_services", 0, "routes", 3, "to", "weights", 0],
        [{"ref": "versions/0"}],
        "routes[3].to.weights[0]: expected a list of 2, got [{'ref': 'versions/0'}]",
    ),
    "what the model refuses": (
        ["workloads", 0, "port"],
        0,
        "workloads[0]: the port of workload 'shop' is 0; a port is from 1 to 65535",
    ),
    "what the model refuses of the whole": (
        ["mesh", "versions"],
        [{"ref": "versions/0"}, {"ref": "versions/0"}],
        "mesh: the version 'shop old' is declared twice",
    ),
}


@pytest.mark.parametrize(("place", "value", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_with_its_path_the_value_and_what_is_allowed(
    mesh: Mesh, place: list[str | int], value: object, message: str
) -> None:
    """In one line that a person can act on."""
    with pytest.raises(DocumentError) as refused:
        decode(changed(encode(mesh), place, value))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("lost", ["mesh", "versions"])
def test_a_part_that_is_missing_is_said(mesh: Mesh, lost: str) -> None:
    """Even where what remains is fine by itself."""
    with pytest.raises(DocumentError, match=r"has no mesh; give it one|mesh.versions\[0\]: the ref 'versions/0' leads"):
        decode({key: part for key, part in encode(mesh).items() if key != lost})


EXAMPLES = {
    "everything": mesh_with_everything,
    "routing": mesh_with_every_route,
    "resilience": resilience_mesh,
    "balancing": balancing_mesh,
    "gateways": gateways_mesh,
    "rules": guarded_mesh,
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_fits_the_schema_and_is_read_back(example: Callable[[], Mesh]) -> None:
    """The schema that editors use allows what the program writes."""
    document = json.loads(json.dumps(encode(example())))
    assert VALIDATE(document) == document
    assert decode(document) == example()


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in BEYOND_SHAPE])
def test_the_schema_refuses_what_the_reader_refuses_for_its_shape(mesh: Mesh, name: str) -> None:
    """All but refs to places that are not there, and the model's own rules."""
    place, value, _ = REFUSED[name]
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        VALIDATE(changed(encode(mesh), place, value))


@given(data=st.data(), example=st.sampled_from(list(EXAMPLES.values())))
@settings(max_examples=200, deadline=None)
def test_no_document_however_damaged_ends_in_anything_but_a_document_error(
    data: st.DataObject, example: Callable[[], Mesh]
) -> None:
    """Any part of a good document, replaced by any plain value: it is a mesh, or it is refused in words."""
    document = json.loads(json.dumps(encode(example())))
    place = data.draw(st.sampled_from(list(places(document))))
    damaged = changed(document, place, data.draw(PLAIN))
    try:
        read: object = decode(damaged)
    except DocumentError as error:
        read = str(error)
    assert isinstance(read, Mesh) or read


def changed(document: object, place: Sequence[str | int], value: object) -> object:
    """The document with another value at that place."""
    if not place:
        return value
    whole: Any = json.loads(json.dumps(document))
    part = whole
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return whole


def places(value: object, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every part, the whole first."""
    yield before
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*before, key))
