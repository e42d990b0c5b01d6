"""Whether a condition accepts all that another does, against requests tried one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.analysis.matches import accepts_all_of, condition_of
from components.analysis.texts import Text, contained, disjoint, text_of
from components.api.networking.virtual_service import HTTPMatchRequest, StringMatch

GATEWAYS = ("mesh", "public", "shop/private")
PATHS = ("/", "/a", "/A", "/a/", "/a/b", "/ab", "/b", "/a.b", "/aab")
VALUES = ("", "a", "ab", "b", "A", "aa")


class Request(NamedTuple):
    """A request, and the proxy that it is made at."""

    path: str
    method: str
    headers: dict[str, str]
    parameters: dict[str, str]
    port: int
    gateway: str
    labels: dict[str, str]
    namespace: str


def envoy_takes(match: StringMatch | None, value: str | None, *, ignore_case: bool = False) -> bool:
    """As Envoy compares a text with a condition; None: there is none."""
    if value is None:
        return False
    if match is None or match.regex == "*" or (match.exact is None and match.prefix is None and match.regex is None):
        return True
    fold = str.lower if ignore_case else str
    if match.exact is not None:
        return fold(value) == fold(match.exact)
    if match.prefix is not None:
        return fold(value).startswith(fold(match.prefix))
    return re.fullmatch(match.regex or "", value) is not None


def is_presence(match: StringMatch) -> bool:
    return match.regex == "*" or match == StringMatch()


def envoy_accepts(match: HTTPMatchRequest, request: Request) -> bool:
    """As pilot and Envoy decide, condition by condition."""
    if match.gateways:
        if not any(name in (request.gateway, request.gateway.removeprefix("shop/")) for name in match.gateways):
            return False
    elif not match.source_labels.items() <= request.labels.items() or (
        match.source_namespace and match.source_namespace != request.namespace
    ):
        return False
    if match.port and match.port != request.port:
        return False
    uri = match.uri or StringMatch(prefix="/")
    if not envoy_takes(uri, request.path, ignore_case=bool(match.ignore_uri_case)):
        return False
    if not envoy_takes(match.method, request.method):
        return False
    if not all(envoy_takes(text, request.headers.get(name)) for name, text in match.headers.items()):
        return False
    if not all(envoy_takes(text, request.parameters.get(name)) for name, text in match.query_params.items()):
        return False
    for name, text in match.without_headers.items():
        value = request.headers.get(name)
        if envoy_takes(text, value if is_presence(text) else value or ""):
            return False
    return True


def texts(values: tuple[str, ...], regexes: tuple[str, ...]) -> st.SearchStrategy[StringMatch]:
    return st.one_of(
        st.sampled_from(values).map(lambda value: StringMatch(exact=value)),
        st.sampled_from(values).map(lambda value: StringMatch(prefix=value)),
        st.sampled_from(regexes).map(lambda value: StringMatch(regex=value)),
    )


URIS = texts(
    PATHS, (".*", "/.*", "/a.*", "/a+", "/a?b", "/a|/b", "/a/.*", r"/a\.b", "^/a$", "/a*", "/[ab]", "/a(/.*)?", ".+")
)
TEXTS = st.one_of(texts(VALUES, ("*", ".*", "a*", "a+", "a|b", "[ab]", "ab?", "a")), st.just(StringMatch()))
NAMED = st.dictionaries(st.sampled_from(("x", "y")), TEXTS, max_size=2)
MATCHES = st.builds(
    HTTPMatchRequest,
    uri=st.none() | URIS,
    ignore_uri_case=st.sampled_from((None, True)),
    method=st.none() | texts(("GET", "POST"), (".*", "GET|POST", "*")),
    headers=NAMED,
    without_headers=NAMED,
    query_params=st.dictionaries(st.just("q"), TEXTS, max_size=1),
    port=st.sampled_from((None, 80)),
    gateways=st.sampled_from(((), ("mesh",), ("public", "mesh"))),
    source_labels=st.sampled_from(({}, {"app": "web"})),
    source_namespace=st.sampled_from((None, "shop")),
)
SOME = st.dictionaries(st.sampled_from(("x", "y")), st.sampled_from(VALUES), max_size=2)
REQUESTS = st.builds(
    Request,
    path=st.sampled_from((*PATHS, "/a/b/c", "/aa")),
    method=st.sampled_from(("GET", "POST", "PUT")),
    headers=SOME,
    parameters=st.dictionaries(st.just("q"), st.sampled_from(VALUES), max_size=1),
    port=st.sampled_from((80, 81)),
    gateway=st.sampled_from(("mesh", "shop/public", "shop/private")),
    labels=st.sampled_from(({}, {"app": "web", "version": "1"})),
    namespace=st.sampled_from(("shop", "other")),
)


def widened(match: HTTPMatchRequest, keep: set[str]) -> HTTPMatchRequest:
    return HTTPMatchRequest(**{name: getattr(match, name) for name in keep})


FIELDS = ("uri", "method", "headers", "without_headers", "query_params", "port", "gateways", "source_labels")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(MATCHES, MATCHES, st.sets(st.sampled_from(FIELDS)), st.lists(REQUESTS, min_size=8, max_size=8))
def test_no_request_is_accepted_by_a_condition_and_not_by_one_said_to_accept_all_of_it(
    narrow: HTTPMatchRequest, other: HTTPMatchRequest, kept: set[str], requests: list[Request]
) -> None:
    for wide in (other, widened(narrow, kept), widened(other, kept)):
        if accepts_all_of(condition_of(wide, GATEWAYS, "shop"), condition_of(narrow, GATEWAYS, "shop")):
            for request in requests:
                assert not envoy_accepts(narrow, request) or envoy_accepts(wide, request), (narrow, wide, request)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(URIS | TEXTS, URIS | TEXTS, st.booleans(), st.booleans())
def test_texts_said_to_be_contained_or_disjoint_are(
    narrow: StringMatch, wide: StringMatch, narrow_case: bool, wide_case: bool
) -> None:
    inner, outer = text_of(narrow, ignore_case=narrow_case), text_of(wide, ignore_case=wide_case)
    if inner is None or outer is None:
        return
    for value in (*PATHS, *VALUES, "/aa/b", "/AA", "aab", "/a/b/c", "/a/B"):
        mine = envoy_takes(narrow, value, ignore_case=narrow_case)
        theirs = envoy_takes(wide, value, ignore_case=wide_case)
        assert not (contained(inner, outer) and mine and not theirs), value
        assert not (disjoint(inner, outer) and mine and theirs), value


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        pytest.param({"uri": StringMatch(exact="/a/b")}, {"uri": StringMatch(prefix="/a")}, id="exact-under-prefix"),
        pytest.param({"uri": StringMatch(prefix="/a/b")}, {"uri": StringMatch(prefix="/a")}, id="prefix-under-prefix"),
        pytest.param(
            {"uri": StringMatch(regex="/a/[0-9]+")}, {"uri": StringMatch(prefix="/a/")}, id="regex-under-prefix"
        ),
        pytest.param(
            {"uri": StringMatch(exact="/a/1")}, {"uri": StringMatch(regex="/a/[0-9]")}, id="exact-under-regex"
        ),
        pytest.param({"uri": StringMatch(exact="/a")}, {"uri": StringMatch(regex=".*")}, id="anything"),
        pytest.param({"uri": StringMatch(exact="/a")}, {}, id="no-condition"),
        pytest.param({}, {"uri": StringMatch(prefix="/")}, id="the-root-prefix"),
        pytest.param(
            {"uri": StringMatch(exact="/A")}, {"uri": StringMatch(prefix="/a"), "ignore_uri_case": True}, id="case"
        ),
        pytest.param({"headers": {"x": StringMatch(exact="1")}}, {"headers": {"X": StringMatch()}}, id="header-there"),
        pytest.param(
            {"headers": {"x": StringMatch(exact="1")}},
            {"without_headers": {"x": StringMatch(exact="2")}},
            id="other-value",
        ),
        pytest.param({"port": 80, "method": StringMatch(exact="GET")}, {"port": 80}, id="added-method"),
        pytest.param(
            {"query_params": {"q": StringMatch(exact="1")}},
            {"query_params": {"q": StringMatch(prefix="1")}},
            id="query",
        ),
        pytest.param({"source_labels": {"a": "1", "b": "2"}}, {"source_labels": {"a": "1"}}, id="labels"),
        pytest.param({"gateways": ("public",)}, {"gateways": ("shop/public", "mesh")}, id="gateways"),
        pytest.param({"source_namespace": "shop"}, {}, id="namespace"),
        pytest.param({"authority": StringMatch(exact="a")}, {"authority": StringMatch(regex=".*")}, id="authority"),
    ],
)
def test_what_a_condition_accepts_is_seen_to_be_among_what_the_other_does(narrow: dict, wide: dict) -> None:  # type: ignore[type-arg]
    inner, outer = (condition_of(HTTPMatchRequest(**each), GATEWAYS, "shop") for each in (narrow, wide))
    assert accepts_all_of(outer, inner)
    assert inner == outer or not accepts_all_of(inner, outer) or wide in ({"uri": StringMatch(prefix="/")},)


def test_a_regex_that_could_run_for_long_is_not_tried() -> None:
    assert not contained(Text("exact", "a" * 60 + "b"), Text("regex", "(a+)+c?"))
    assert not contained(Text("exact", "a" * 4000), Text("regex", "a*a*a*a*"))
