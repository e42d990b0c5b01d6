"""What istiod's webhook asks of a RequestAuthentication.

May live here: the rules of that kind. May not live here: those of selectors and targets, which are shared. V6106 and
V6110 are not used: an entry that is null is an empty one here.
"""

from __future__ import annotations

from typing import cast

from components.api.resource import Resource
from components.api.security.request_authentication import JWTRule, RequestAuthentication
from components.api.validation.formats import duration_flaw
from components.api.validation.headers import strict_header_name_flaw
from components.api.validation.jwks import JwksError, parse_jwks
from components.api.validation.selectors import check_selector, check_target_refs
from components.api.validation.urls import UrlError, parse_url
from components.api.validation.violation import Flaw, Report

__all__ = ["CODES", "check"]

CODES = {
    "V6102": "an audience is empty",
    "V6103": "a rule has neither issuer nor jwksUri",
    "V6104": "jwksUri is no URL of http or https",
    "V6105": "jwks is no set of keys",
    "V6107": "a header that has the token has no name",
    "V6108": "a parameter that has the token has no name",
    "V6109": "a cookie that has the token has no name",
    "V6111": "a claim that is passed on has no name, or its header has none",
    "V6112": "a header that a claim is passed on in has a character that is not allowed",
    "V6113": "timeout is below 1ms or finer than 1ms",
    "V6114": "jwks has a private or symmetric key",
}

LARGEST_INT64 = 2**63 - 1


def check(resource: Resource[object], report: Report) -> None:
    """A RequestAuthentication."""
    spec = cast("RequestAuthentication", resource.spec)
    check_target_refs(spec, "spec", report)
    check_selector(spec.selector, "spec.selector", report)
    for index, rule in enumerate(spec.jwt_rules):
        _check_rule(rule, f"spec.jwtRules[{index}]", report)


def _check_rule(rule: JWTRule, path: str, report: Report) -> None:
    for index, audience in enumerate(rule.audiences):
        _check_given("V6102", audience, f"{path}.audiences[{index}]", "audience", report)
    if not rule.issuer and not rule.jwks_uri:
        report.refuse("V6103", path, "neither issuer nor jwksUri is given", "Give the issuer of the tokens.")
    if rule.jwks_uri:
        report.refuse_if("V6104", f"{path}.jwksUri", _keys_address_flaw(rule.jwks_uri))
    if rule.jwks:
        _check_keys(rule.jwks, f"{path}.jwks", report)
    _check_places(rule, path, report)
    _check_claims(rule, path, report)
    if rule.timeout is not None:
        report.refuse_if("V6113", f"{path}.timeout", duration_flaw(rule.timeout))


def _check_keys(text: str, path: str, report: Report) -> None:
    try:
        keys = parse_jwks(text)
    except JwksError as error:
        remedy = 'Give a JSON object with a list of public keys: {"keys": [...]}, as in RFC 7517.'
        report.refuse("V6105", path, f"{_shortened(text)} is no set of keys: {error}", remedy)
        return
    for index, key in enumerate(keys):
        if key.is_secret:
            word = "symmetric" if key.kind == "oct" else "private"
            message = f"key {index} is a {word} key of the kind {key.kind}"
            report.warn("V6114", path, message, "Give public keys only; who reads this one can make tokens.")


def _check_places(rule: JWTRule, path: str, report: Report) -> None:
    for index, header in enumerate(rule.from_headers):
        _check_given("V6107", header.name, f"{path}.fromHeaders[{index}].name", "header", report)
    for index, name in enumerate(rule.from_params):
        _check_given("V6108", name, f"{path}.fromParams[{index}]", "query parameter", report)
    for index, name in enumerate(rule.from_cookies):
        _check_given("V6109", name, f"{path}.fromCookies[{index}]", "cookie", report)


def _check_claims(rule: JWTRule, path: str, report: Report) -> None:
    for index, each in enumerate(rule.output_claim_to_headers):
        inner = f"{path}.outputClaimToHeaders[{index}]"
        if not each.claim or not each.header:
            _check_given("V6111", each.claim, f"{inner}.claim", "claim", report)
            _check_given("V6111", each.header, f"{inner}.header", "header", report)
        else:
            report.refuse_if("V6112", f"{inner}.header", strict_header_name_flaw(each.header))


def _check_given(code: str, value: str | None, path: str, what: str, report: Report) -> None:
    if not value:
        given = "is empty" if value == "" else "is not set"
        report.refuse(code, path, f"the name of the {what} {given}", f"Give the name of the {what}.")


def _keys_address_flaw(value: str) -> Flaw | None:
    remedy = "Give a URL that begins with https:// or http://."
    try:
        url = parse_url(value)
    except UrlError as error:
        return Flaw(f"{value!r} is no URL: {error}", remedy)
    if url.scheme not in ("http", "https"):
        return Flaw(f"{value!r} has the scheme {url.scheme!r}", remedy)
    if url.port and int(url.port) > LARGEST_INT64:
        return Flaw(f"{value!r} has the port {url.port}", "Give a port from 1 to 65535.")
    return None


def _shortened(text: str) -> str:
    return repr(text) if len(text) <= 60 else f"{text[:57]!r}..."
