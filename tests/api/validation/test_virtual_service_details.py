"""Where the rules of a virtual service depend on more than one field."""

from __future__ import annotations

from typing import Any

import pytest

from components.api.validation import Severity, Violation
from tests.api.validation.rows import changed, violations
from tests.api.validation.virtual_service_specs import DELEGATE, FORWARD, PASSED, REDIRECT, SEVERAL

CLAIM = {"headers": {"@request.auth.claims.group": {"exact": "a"}}}
HERE = {"destination": {"host": "reviews"}}


def said(spec: dict[str, Any], **metadata: Any) -> list[tuple[str, str]]:
    """Codes and severities."""
    return [(each.code, each.severity.value) for each in violations("VirtualService", spec, **metadata)]


@pytest.mark.parametrize(
    ("gateways", "codes"),
    [
        pytest.param(["edge/public"], [], id="at a gateway"),
        pytest.param([], [("V1009", "error")], id="at sidecars, which is the default"),
        pytest.param(["edge/public", "mesh"], [("V1009", "error")], id="at both"),
    ],
)
def test_claims_are_known_to_gateways_only(gateways: list[str], codes: list[tuple[str, str]]) -> None:
    """A sidecar does not look into tokens for routing."""
    assert (
        said(
            changed(REDIRECT, {"gateways": gateways, "http.0.match": [CLAIM]})
            | {"http": [{"match": [CLAIM], "route": [HERE]}]}
        )
        == codes
    )


@pytest.mark.parametrize(
    ("gateways", "said_of_them"),
    [
        pytest.param(["edge/a.b", "mesh"], [("V1006", "error")], id="before mesh"),
        pytest.param(["mesh", "edge/a.b"], [("V1006", "warning")], id="behind mesh"),
        pytest.param(["public", "edge/a.b"], [("V1006", "warning")], id="behind a name without slash"),
        pytest.param(["mesh"], [], id="mesh alone"),
    ],
)
def test_istiod_looks_at_no_gateway_behind_one_without_slash(
    gateways: list[str], said_of_them: list[tuple[str, str]]
) -> None:
    """A wrong name there is accepted, so it is no error, but nothing has that name."""
    spec = changed(DELEGATE, {"hosts": ["www.example.com"], "gateways": gateways})
    assert said(spec) == said_of_them


def test_an_address_is_a_host() -> None:
    """Of either family."""
    assert said(changed(DELEGATE, {"hosts": ["10.0.0.1", "2001:db8::1"]})) == []


def test_names_of_clusters_are_hosts_of_gateways_that_pass_tls_through() -> None:
    """But not of others."""
    name = "outbound_.80_._.reviews.shop.svc.cluster.local"
    passed = changed(PASSED, {"hosts": [name], "tls.0.match.0.sniHosts": [name]})
    assert said(passed) == []
    assert said(changed(passed, {"gateways": ["mesh"]})) == [("V1011", "error"), ("V1101", "error")]
    assert said(changed(passed, {"hosts": ["outbound_.x_._.1"]}))[0] == ("V1011", "error")


def test_hosts_overlap_only_below_a_wildcard() -> None:
    """A wildcard does not cover the name it is made of."""
    assert said(changed(DELEGATE, {"hosts": ["*.example.com", "example.com"]})) == []
    assert said(changed(DELEGATE, {"hosts": ["*.shop.example.com", "*.example.com"]})) == [("V1013", "error")]


def test_an_empty_prefix_of_a_uri_is_allowed() -> None:
    """It matches every path; istiod takes it for the uri only."""
    assert said(changed(FORWARD, {"http.0.match.0.uri": {"prefix": ""}})) == []


def test_pseudo_headers_and_claims_are_names_of_headers() -> None:
    """In conditions, at a gateway."""
    headers = {":method": {"exact": "GET"}, "@request.auth.claims[a][b]": {"exact": "c"}}
    spec = changed(SEVERAL, {"gateways": ["edge/public"], "http.0.match.0.headers": headers})
    assert said(spec) == []
    spec = changed(spec, {"http.0.match.0.headers": {"@request.auth.claims.": {}}})
    assert said(spec) == [("V1029", "error")]


def test_the_authority_may_be_set_once() -> None:
    """By a header of the route, of the destination, or by the rewrite."""
    once = changed(DELEGATE, {"http.0.headers": {"request": {"set": {":authority": "a"}}}})
    assert said(once) == []
    assert said(changed(once, {"http.0.headers.request.add": {"HOST": "b"}})) == [("V1088", "error")]


def test_bytes_of_a_body_count_as_they_are_sent() -> None:
    """Base64 is longer by a third."""
    answer = {"hosts": ["a"], "http": [{"directResponse": {"status": 200, "body": {"bytes": "YWFh" * 40_000}}}]}
    assert said(answer) == [("V1077", "warning")]
    assert "120000 bytes" in violations("VirtualService", answer)[0].message


@pytest.mark.parametrize("status", ["200", "+503", "511"])
def test_statuses_are_conditions_of_retries(status: str) -> None:
    """Those that HTTP has a text for."""
    assert said(changed(FORWARD, {"http.0.retries.retryOn": status})) == []


@pytest.mark.parametrize("status", ["299", "306", "", "5XX"])
def test_other_numbers_and_words_are_not(status: str) -> None:
    """Even when they look like statuses; nothing between two commas is one of them."""
    assert said(changed(FORWARD, {"http.0.retries.retryOn": f"reset,{status}"})) == [("V1082", "error")]


def test_what_istiod_made_of_a_gateway_api_route_is_not_looked_into() -> None:
    """Its destinations may be of another form; its annotation says so."""
    spec = changed(REDIRECT, {"gateways": ["edge/a~b"]})
    annotations = {"internal.istio.io/route-semantics": "gateway"}
    assert said(spec) == [("V1006", "error")]
    assert said(spec, annotations=annotations) == []
    no_host = changed(DELEGATE, {"http.0.route.0.destination": {"host": "*"}})
    assert said(no_host) == [("V1092", "error")]
    assert said(no_host, annotations=annotations) == []


class TestReach:
    """Rules and conditions that no request gets to."""

    @staticmethod
    def noted(*matches: Any) -> list[Violation]:
        rules = [{"match": match, "route": [HERE]} if match else {"route": [HERE]} for match in matches]
        return violations("VirtualService", {"hosts": ["reviews"], "http": rules})

    def test_codes_of_istioctl_go_along(self) -> None:
        """A rule is IST0130 and a warning, a condition IST0131 and an info."""
        one = [{"uri": {"exact": "/a"}, "port": 0}]
        again = [{"uri": {"exact": "/a"}, "name": "again"}]
        assert [(each.code, each.istio, each.severity, each.path) for each in self.noted(one, again)] == [
            ("V1117", "IST0131", Severity.INFO, "spec.http[1].match[0]"),
            ("V1116", "IST0130", Severity.WARNING, "spec.http[1]"),
        ]

    def test_each_condition_behind_a_catch_all_is_told(self) -> None:
        """As istiod does, with the names of the rules."""
        found = self.noted(None, [{"uri": {"exact": "/a"}}, {"uri": {"exact": "/b"}}], None)
        assert [(each.code, each.path) for each in found] == [
            ("V1115", "spec.http[1].match[0]"),
            ("V1115", "spec.http[1].match[1]"),
            ("V1114", "spec.http[2]"),
        ]
        assert "#0 takes all before it" in found[0].message

    @pytest.mark.parametrize(
        ("later", "covered"),
        [
            pytest.param({}, True, id="the same otherwise"),
            pytest.param({"method": {"exact": "GET"}}, True, id="GET, which is what no method is taken for"),
            pytest.param({"method": {"exact": "POST"}}, False, id="another method"),
            pytest.param({"port": 80}, False, id="another port"),
            pytest.param({"authority": {"exact": "a"}}, False, id="another authority"),
            pytest.param({"headers": {"a": {"exact": "b"}}}, False, id="more headers"),
            pytest.param({"queryParams": {"a": {"exact": "b"}}}, False, id="more parameters"),
            pytest.param({"withoutHeaders": {"a": {"exact": "b"}}}, False, id="more excluded headers"),
        ],
    )
    def test_a_prefix_covers_those_below_it(self, later: dict[str, Any], covered: bool) -> None:
        """When the rest of both conditions is compatible in istiod's eyes."""
        found = self.noted([{"uri": {"prefix": "/a"}}], [{"uri": {"prefix": "/a/b"}, **later}])
        assert [each.code for each in found] == (["V1118"] if covered else [])

    def test_the_same_prefix_twice_is_not_covered_by_itself(self) -> None:
        """Two conditions on one prefix differ in something else, or are told as duplicates."""
        assert self.noted([{"uri": {"prefix": "/a"}}], [{"uri": {"prefix": "/a"}, "port": 80}]) == []

    def test_the_order_is_that_of_the_covering_rule(self) -> None:
        """As istiod tells them."""
        found = self.noted(*([{"uri": {"prefix": prefix}}] for prefix in ("/a", "/a/b", "/a/b/c")))
        assert [each.path for each in found] == [f"spec.http[{rule}].match[0]" for rule in (1, 2, 2)]

    def test_tls_and_tcp_are_looked_at_too(self) -> None:
        """Each protocol by itself."""
        rule = {"match": [{"port": 80}], "route": [HERE]}
        found = violations("VirtualService", {"hosts": ["a"], "tcp": [rule, rule], "http": [{"route": [HERE]}]})
        assert [each.path for each in found] == ["spec.tcp[1].match[0]", "spec.tcp[1]"]
