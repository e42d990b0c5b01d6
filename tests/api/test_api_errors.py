"""What is said of documents that are wrong: where, what was given, what is allowed, what to do; and all of it at once."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.api import DecodeError, Resource, UnknownKind, decode, decode_value, encode, encode_value, examine
from components.api.networking.virtual_service import HTTPMatchRequest, HTTPRoute, VirtualService
from components.api.registry import Kind, kinds
from components.api.tidying import element_type
from tests.api.strategies import JSON, values_of


def objects(value: Any, path: str, wanted: Any) -> Iterator[tuple[str, dict[str, Any], type[msgspec.Struct]]]:
    """Every message in an encoded value, with its path and class; what is in maps is left out."""
    wanted = element_type(wanted)
    if typing.get_origin(wanted) is tuple:
        for index, each in enumerate(value):
            yield from objects(each, f"{path}[{index}]", typing.get_args(wanted)[0])
    elif isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        yield path, value, wanted
        for field in msgspec.structs.fields(wanted):
            if field.encode_name in value:
                yield from objects(value[field.encode_name], f"{path}.{field.encode_name}", field.type)


def document(spec: Any, kind: str = "VirtualService", group: str = "networking.istio.io/v1") -> dict[str, Any]:
    """A document of that spec."""
    return {"apiVersion": group, "kind": kind, "metadata": {"name": "x", "namespace": "shop"}, "spec": spec}


def mtls(settings: Any) -> dict[str, Any]:
    """A peer authentication of that spec."""
    return document(settings, "PeerAuthentication", "security.istio.io/v1")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        pytest.param(
            document({"http": [{"route": [{}, {"weigth": 10}]}]}),
            "VirtualService shop/x: spec.http[0].route[1].weigth: HTTPRouteDestination has no such field."
            " Did you mean weight? Allowed: destination, weight, headers.",
            id="misspelt field",
        ),
        pytest.param(
            document({"http": [{"direct_response": {"status": 200}}]}),
            "VirtualService shop/x: spec.http[0].direct_response: HTTPRoute has no such field."
            " Did you mean directResponse? Allowed: name, match, route, redirect, directResponse, delegate, rewrite,"
            " timeout, retries, fault, mirror, mirrors, mirrorPercent, mirrorPercentage, corsPolicy, headers.",
            id="Python's spelling",
        ),
        pytest.param(
            mtls({"mtls": {"mode": "strict"}}),
            "PeerAuthentication shop/x: spec.mtls.mode: 'strict' is no PeerAuthentication.MutualTLS.Mode."
            " Did you mean STRICT? Allowed: UNSET, DISABLE, PERMISSIVE, STRICT.",
            id="enum in lower case",
        ),
        pytest.param(
            mtls({"mtls": {"mode": 3}}),
            "PeerAuthentication shop/x: spec.mtls.mode: 3 is no PeerAuthentication.MutualTLS.Mode."
            " Allowed: UNSET, DISABLE, PERMISSIVE, STRICT.",
            id="enum as number",
        ),
        pytest.param(
            mtls({"portLevelMtls": {"http": {}}}),
            "PeerAuthentication shop/x: spec.portLevelMtls.http: the key must be a whole number, got 'http'."
            " Give a number, such as 8080.",
            id="key that is no port",
        ),
        pytest.param(
            mtls({"portLevelMtls": {8080: {"mod": "STRICT"}}}),
            'PeerAuthentication shop/x: spec.portLevelMtls["8080"].mod: PeerAuthentication.MutualTLS has no such field.'
            " Did you mean mode? Allowed: mode.",
            id="path through a map",
        ),
        pytest.param(
            document({"hosts": "a.mesh.test"}),
            "VirtualService shop/x: spec.hosts: expected a list, got 'a.mesh.test'."
            " Give a list, or leave the field out.",
            id="text for a list",
        ),
        pytest.param(
            document({"hosts": [None]}),
            "VirtualService shop/x: spec.hosts[0]: expected text, got null. Give text, or leave the field out.",
            id="null for text in a list",
        ),
        pytest.param(
            document(None, "ServiceEntry"),
            "ServiceEntry shop/x: spec: ServiceEntry has none. Give it one.",
            id="null for a spec that is required",
        ),
        pytest.param(
            document({"http": [{"route": [{"weight": "90"}]}]}),
            "VirtualService shop/x: spec.http[0].route[0].weight: expected a whole number, got '90'."
            " Give a whole number, or leave the field out.",
            id="number in quotes",
        ),
        pytest.param(
            document({"http": [{"route": [{"weight": True}]}]}),
            "VirtualService shop/x: spec.http[0].route[0].weight: expected a whole number, got True."
            " Give a whole number, or leave the field out.",
            id="truth for a number",
        ),
        pytest.param(
            document({"http": [{"match": [{"sourceLabels": {"version": 2}}]}]}),
            "VirtualService shop/x: spec.http[0].match[0].sourceLabels.version: expected text, got 2."
            ' Write it in quotes: "2".',
            id="label that YAML reads as a number",
        ),
        pytest.param(
            document({"http": [{"timeout": 5}]}),
            "VirtualService shop/x: spec.http[0].timeout: expected a duration, got 5."
            ' Give a number and a unit, such as "5s", "0.5s" or "1h10m".',
            id="duration without unit",
        ),
        pytest.param(
            document({}) | {"metadata": {"name": "x", "lables": {}}},
            "VirtualService x: metadata.lables: ObjectMeta has no such field. Did you mean labels? Allowed: name,"
            " generateName, namespace, labels, annotations, finalizers, ownerReferences, uid, resourceVersion,"
            " generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, selfLink, managedFields.",
            id="misspelt metadata",
        ),
        pytest.param(
            document({}) | {"sepc": {}},
            "VirtualService shop/x: sepc: no such field. Did you mean spec?"
            " Allowed: apiVersion, kind, metadata, spec, status.",
            id="misspelt root",
        ),
        pytest.param(
            document({}) | {"status": "fine"},
            "VirtualService shop/x: status: expected an object, got 'fine'. Leave it out; servers write it.",
            id="status that is text",
        ),
        pytest.param(
            {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "x"}},
            "ServiceEntry x: spec: ServiceEntry has none. Give it one.",
            id="no spec where one is required",
        ),
        pytest.param(
            document({}, group="networking.istio.io/v2"),
            "VirtualService shop/x: apiVersion: VirtualService has no version 'v2'."
            " Allowed: networking.istio.io/v1, networking.istio.io/v1beta1, networking.istio.io/v1alpha3.",
            id="version that does not exist",
        ),
        pytest.param(
            {"metadata": {"name": "x"}, "kind": 3},
            "x: apiVersion: expected text, got None. Say which apiVersion the document is of."
            " kind: expected text, got 3. Say which kind the document is of.",
            id="no kind",
        ),
        pytest.param(["x"], "expected an object, got ['x']. Give one document at a time.", id="no object"),
    ],
)  # fmt: skip
def test_the_error_says_where_what_and_what_instead(wrong: Any, expected: str) -> None:
    """One paragraph that is enough to correct the document."""
    with pytest.raises(DecodeError) as error:
        decode(wrong)
    assert str(error.value) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        pytest.param(document({}, kind="VirtualServise"), "'VirtualServise' here. Did you mean VirtualService?", id="kind"),
        pytest.param(
            document({}, group="network.istio.io/v1"), "of no group known here. Did you mean networking.istio.io?", id="group"
        ),
        pytest.param(document({}, kind="Widget", group="v1"), "the core group has no 'Widget' here.", id="core group"),
    ],
)  # fmt: skip
def test_kinds_that_are_not_typed_are_told_apart(wrong: Any, expected: str) -> None:
    """A document of another kind may be a good one, so it is an error of its own that a reader can pass over."""
    with pytest.raises(UnknownKind) as error:
        decode(wrong)
    assert expected in str(error.value)


def test_all_problems_are_gathered() -> None:
    """Everything that is wrong is said at once, in the order of the document."""
    with pytest.raises(DecodeError) as error:
        decode(document({"hosts": 1, "http": [{"timeout": "x", "rout": []}], "tcp": {}}))
    assert [problem.path for problem in error.value.problems] == [
        "spec.hosts", "spec.http[0].timeout", "spec.http[0].rout", "spec.tcp"
    ]  # fmt: skip
    assert error.value.path == "spec.hosts"


def test_unknown_fields_need_not_end_it() -> None:
    """For checks that go on: unknown fields are reported and left out, the rest is decoded."""
    found, problems = examine(document({"hosts": ["a"], "host": "b", "http": [{"name": "c", "nmae": "d"}]}))
    assert isinstance(found, Resource)
    assert found.spec == VirtualService(hosts=("a",), http=(HTTPRoute(name="c"),))
    assert [problem.path for problem in problems] == ["spec.host", "spec.http[0].nmae"]


def test_wrong_types_do_end_it() -> None:
    """A field of the wrong type has no meaning that a check could go on with."""
    found, problems = examine(document({"hosts": "a", "host": "b"}))
    assert found is None
    assert [problem.path for problem in problems] == ["spec.hosts", "spec.host"]


def test_a_part_can_be_decoded_under_its_own_path() -> None:
    """The path of what is wrong starts where the caller says."""
    with pytest.raises(DecodeError, match=r"^http\[3\]\.retires: HTTPRoute has no such field\. Did you mean retries\?"):
        decode_value({"retires": {}}, HTTPRoute, "http[3]")


def test_keys_that_yaml_reads_as_numbers_are_text() -> None:
    """YAML reads `8080:` and `on:` as no text; Kubernetes turns them into text, and so does decoding."""
    found = decode(document({"http": [{"match": [{"headers": {8080: {"exact": "x"}, True: {}}}]}]}))
    assert isinstance(found, Resource)
    assert set(found.spec.http[0].match[0].headers) == {"8080", "true"}


def test_null_is_not_set() -> None:
    """As in protobuf's JSON: null is a field that is not set, and in a list of messages an empty message."""
    found = decode(document({"hosts": None, "http": [{"match": [None], "timeout": None}]}))
    assert isinstance(found, Resource)
    assert found.spec == VirtualService(http=(HTTPRoute(match=(HTTPMatchRequest(),)),))
    assert decode(document(None)) == decode(document({}))


def test_an_entry_of_null_is_not_there() -> None:
    """The API server leaves it out of a map, be it of texts or of messages."""
    made = {"selector": {"matchLabels": {"app": "a", "version": None}}, "portLevelMtls": {"80": None, "81": {}}}
    kept = {"selector": {"matchLabels": {"app": "a"}}, "portLevelMtls": {"81": {}}}
    read, wanted = (decode(document(spec, "PeerAuthentication", "security.istio.io/v1")) for spec in (made, kept))
    assert read == wanted


def test_old_names_of_fields_are_read() -> None:
    """The CRDs have a second name for two fields; it is read as the first, which is what is written."""
    found = decode(document({"http": [{"mirror_percent": 5}]}))
    assert encode(found)["spec"] == {"http": [{"mirrorPercent": 5}]}


def test_timestamps_that_yaml_reads_as_dates_are_text() -> None:
    """YAML has a type for dates, Kubernetes has not."""
    text = "metadata: {creationTimestamp: 2026-01-02T03:04:05Z, labels: {since: 2026-01-02}}"
    found = decode(document({}) | yaml.safe_load(text))
    assert found.metadata.creation_timestamp == "2026-01-02T03:04:05Z"
    assert found.metadata.labels == {"since": "2026-01-02"}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"{kind.group} {kind.name}") for kind in kinds()])
@given(rest=st.fixed_dictionaries({}, optional=dict.fromkeys(("metadata", "spec", "status", "data"), JSON)))
@settings(max_examples=25, deadline=None)
def test_nothing_but_a_decode_error_comes_of_what_is_wrong(kind: Kind, rest: dict[str, Any]) -> None:
    """Whatever a document has in its places, it decodes and can be encoded, or it is said what is wrong with it."""
    found, problems = examine({"apiVersion": kind.api_version, "kind": kind.name} | rest)
    assert all(problem.message and problem.remedy for problem in problems)
    if found is None:
        assert problems
    else:
        assert decode(encode(found)) == found


@given(value=values_of(HTTPRoute), data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_said_of_a_spoilt_part_is_where_it_was_spoilt(value: HTTPRoute, data: st.DataObject) -> None:
    """A part of the wrong type anywhere in a route is found at exactly that place, and nothing else is found."""
    plain = encode_value(value)
    places = list(objects(plain, "http", HTTPRoute))
    path, spoilt, cls = data.draw(st.sampled_from(places))
    key = data.draw(st.sampled_from(cls.__struct_encode_fields__))
    spoilt[key] = object()
    with pytest.raises(DecodeError) as error:
        decode_value(plain, HTTPRoute, "http")
    assert [problem.path for problem in error.value.problems] == [f"{path}.{key}"]


def test_any_json_keeps_its_nulls() -> None:
    """In a patch of Envoy's configuration null may mean something."""
    patch = {"operation": "MERGE", "value": {"typed_config": None, "list": [None]}}
    filtered = document({"configPatches": [None, {"patch": patch}]}, "EnvoyFilter", "networking.istio.io/v1alpha3")
    assert encode(decode(filtered))["spec"] == {"configPatches": [{}, {"patch": patch}]}
