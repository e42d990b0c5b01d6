"""M0233: a route by claims has no RequestAuthentication."""

from __future__ import annotations

from components.analysis.checks.routes import claims_without_authentication
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

GATEWAY = written("Gateway", "public", spec={"selector": {"app": "edge"}})
POD = written("Pod", "edge", "edge", labels={"app": "edge"})


def routed(header: str = "@request.auth.claims.group", words: str = "headers") -> str:
    rules = [{"match": [{words: {header: {"exact": "x"}}}]}]
    return written("VirtualService", "a", spec={"hosts": ["a.test"], "gateways": ["public", "mesh"], "http": rules})


def authentication(namespace: str, **labels: str) -> str:
    return written("RequestAuthentication", "jwt", namespace, {"selector": {"matchLabels": labels}} if labels else {})


def test_a_pod_of_the_gateway_without_authentication_is_an_error() -> None:
    for header in ("@request.auth.claims.group", "@request.auth.claims[group]"):
        for words in ("headers", "withoutHeaders"):
            (found,) = findings_of(claims_without_authentication, many(GATEWAY, POD, routed(header, words)))
            assert (found.istio, found.severity) == ("IST0149", Severity.ERROR)
            assert found.field == f'spec.http[0].match[0].{words}["{header}"]'


def test_one_in_the_pods_or_the_root_namespace_is_enough() -> None:
    for given in (authentication("edge"), authentication("istio-system"), authentication("edge", app="edge")):
        assert not findings_of(claims_without_authentication, many(GATEWAY, POD, given, routed()))
    for given in (authentication("shop"), authentication("edge", app="other")):
        assert findings_of(claims_without_authentication, many(GATEWAY, POD, given, routed()))


def test_other_headers_are_no_claims() -> None:
    for header in ("x-user", "@request.auth.claims", "@request.auth.claims."):
        assert not findings_of(claims_without_authentication, many(GATEWAY, POD, routed(header)))


def test_of_the_assumed_gateway_it_is_not_told_for_sure() -> None:
    assumed = written("Gateway", "public", spec={"selector": {"istio": "ingressgateway"}})
    assert [each.severity for each in findings_of(claims_without_authentication, many(assumed, routed()))] == [
        Severity.INFO
    ]
