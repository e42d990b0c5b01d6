"""Conditions on HTTP requests.

May live here: the rules of one HTTPMatchRequest. May not live here: conditions that make others useless, which are those of
unreachable_routes.
"""

from __future__ import annotations

from collections.abc import Mapping

from components.api.networking.virtual_service import HTTPMatchRequest, StringMatch
from components.api.validation.formats import (
    dns_label_flaw,
    header_name_flaw,
    labels_flaw,
    port_flaw,
    string_match_flaw,
    string_match_regex_flaw,
)
from components.api.validation.gateway_names import check_gateway_names
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check_claims", "check_http_match"]

CODES = {
    "V1009": "a claim of a token is matched on where it is not known: not only at a gateway",
    "V1010": "a claim of a token is excluded where it is not known: not only at a gateway",
    "V1029": "a header is matched on whose name is none",
    "V1030": "the condition on a header is empty, or its regular expression is none",
    "V1031": "a header is excluded whose name is none",
    "V1032": "the condition on an excluded header is empty, or its regular expression is none",
    "V1033": "the regular expression for a uri is none",
    "V1034": "the condition on the scheme is empty, or its regular expression is none",
    "V1035": "the condition on the method is empty, or its regular expression is none",
    "V1036": "the condition on the authority is empty, or its regular expression is none",
    "V1037": "the condition on a query parameter is empty, or its regular expression is none",
    "V1038": "the port of a condition is out of range",
    "V1039": "a label of sourceLabels is none",
    "V1040": "the gateways of a condition have a name that is none",
    "V1041": "sourceNamespace is no DNS label",
}

PSEUDO_HEADERS = frozenset((":method", ":scheme", ":authority", ":path", ":status"))
CLAIM = "@request.auth.claims"


def check_http_match(match: HTTPMatchRequest, path: str, report: Report) -> None:
    """`path` is that of the condition, such as spec.http[0].match[1]."""
    if match.headers:
        _check_names(match.headers, f"{path}.headers", "V1029", report)
        _check_texts(match.headers, f"{path}.headers", "V1030", report)
    if match.without_headers:
        # "*" is no regular expression; istiod takes it for "is there".
        others = {name: text for name, text in match.without_headers.items() if text.regex != "*"}
        _check_names(match.without_headers, f"{path}.withoutHeaders", "V1031", report)
        _check_texts(others, f"{path}.withoutHeaders", "V1032", report)
    if match.uri is not None and match.uri.regex is not None:  # an empty prefix is allowed here
        report.refuse_if("V1033", f"{path}.uri.regex", string_match_regex_flaw(match.uri))
    if match.scheme is not None:
        _check_text(match.scheme, f"{path}.scheme", "V1034", report)
    if match.method is not None:
        _check_text(match.method, f"{path}.method", "V1035", report)
    if match.authority is not None:
        _check_text(match.authority, f"{path}.authority", "V1036", report)
    if match.query_params:
        _check_texts(match.query_params, f"{path}.queryParams", "V1037", report)
    if match.port:
        report.refuse_if("V1038", f"{path}.port", port_flaw(match.port))
    if match.source_labels:
        report.refuse_if("V1039", f"{path}.sourceLabels", labels_flaw(match.source_labels))
    if match.gateways:
        check_gateway_names(match.gateways, f"{path}.gateways", report, code="V1040")
    if match.source_namespace:
        report.refuse_if("V1041", f"{path}.sourceNamespace", dns_label_flaw(match.source_namespace))


def check_claims(match: HTTPMatchRequest, path: str, report: Report) -> None:
    """No claim of a token is matched on, which only a gateway can."""
    for word, headers, code in (
        ("headers", match.headers, "V1009"),
        ("withoutHeaders", match.without_headers, "V1010"),
    ):
        for name in headers:
            if _is_claim(name):
                message = f"{name!r} asks for a claim of a token, but these routes are for sidecars as well"
                remedy = 'Give gateways without "mesh"; only a gateway knows claims.'
                report.refuse(code, entry_path(f"{path}.{word}", name), message, remedy)


def _check_names(headers: Mapping[str, StringMatch], path: str, code: str, report: Report) -> None:
    for name in headers:
        if name not in PSEUDO_HEADERS and not _is_claim(name) and (flaw := header_name_flaw(name)) is not None:
            report.refuse(code, entry_path(path, name), *flaw)


def _check_texts(texts: Mapping[str, StringMatch], path: str, code: str, report: Report) -> None:
    for name, text in texts.items():
        if (flaw := string_match_flaw(text)) is not None:
            report.refuse(code, _field(text, entry_path(path, name)), *flaw)


def _check_text(text: StringMatch, path: str, code: str, report: Report) -> None:
    if (flaw := string_match_flaw(text)) is not None:
        report.refuse(code, _field(text, path), *flaw)


def _field(text: StringMatch, path: str) -> str:
    return f"{path}.prefix" if text.prefix == "" else f"{path}.regex"


def _is_claim(name: str) -> bool:
    """Whether a header stands for a claim: @request.auth.claims.NAME or @request.auth.claims[NAME]."""
    if not name.startswith("@") or not name.lower().startswith(CLAIM):
        return False
    rest = name[len(CLAIM) :]
    return (rest.startswith(".") and len(rest) > 1) or (rest.startswith("[") and rest.endswith("]") and len(rest) > 2)
