"""What an HTTP route answers by itself, and how it rewrites what it forwards: redirects, direct responses, rewrites.

May live here: the rules of HTTPRedirect, HTTPDirectResponse and HTTPRewrite. May not live here: which of them exclude each
other, which are the rules of the route.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence

from components.api.networking.virtual_service import (
    HTTPBody,
    HTTPDirectResponse,
    HTTPMatchRequest,
    HTTPRedirect,
    HTTPRewrite,
    RegexRewrite,
)
from components.api.validation.faults import check_status
from components.api.validation.formats import port_flaw, regex_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_direct_response", "check_redirect", "check_rewrite"]

CODES = {
    "V1070": "a redirect has both uri and prefixRewrite",
    "V1071": "a redirect has prefixRewrite, but not all conditions on the uri are prefixes",
    "V1072": "a redirect does not say where to",
    "V1073": "the code of a redirect is not 3xx",
    "V1074": "the scheme of a redirect is neither http nor https",
    "V1075": "the port of a redirect is out of range",
    "V1076": "the body of a direct response is over 1 MB",
    "V1077": "the body of a direct response is over 100 KB",
    "V1078": "the status of a direct response is out of range",
    "V1084": "a rewrite has both uri and uriRegexRewrite",
    "V1085": "a rewrite does not say what to",
    "V1086": "a uriRegexRewrite lacks match or rewrite",
    "V1087": "the regular expression of a uriRegexRewrite is none",
}

KB = 1024
MB = 1024 * KB


def check_redirect(redirect: HTTPRedirect, matches: Sequence[HTTPMatchRequest], path: str, report: Report) -> None:
    """`path` is that of the redirect, `matches` are the conditions of its route."""
    if redirect.uri and redirect.prefix_rewrite:
        report.refuse("V1070", path, "uri and prefixRewrite are given", "Give one of them.")
    elif redirect.prefix_rewrite:
        others = [match.uri for match in matches if match.uri is not None and match.uri.prefix is None]
        if others:
            message = f"prefixRewrite {redirect.prefix_rewrite!r} is given, but a condition on the uri is no prefix"
            remedy = "Give uri.prefix in all conditions on the uri, or uri in place of prefixRewrite."
            report.refuse("V1071", f"{path}.prefixRewrite", message, remedy)
    port_given = redirect.port is not None or redirect.derive_port is not None
    if not (redirect.uri or redirect.prefix_rewrite or redirect.authority or redirect.scheme or port_given):
        remedy = "Give uri, prefixRewrite, authority, scheme, port or derivePort."
        report.refuse("V1072", path, "nothing of the new location is given", remedy)
    if redirect.redirect_code and not 300 <= redirect.redirect_code <= 399:
        message = f"{redirect.redirect_code} is no status of a redirect"
        report.refuse("V1073", f"{path}.redirectCode", message, "Give a status from 300 to 399.")
    if redirect.scheme and redirect.scheme not in ("http", "https"):
        report.refuse("V1074", f"{path}.scheme", f"{redirect.scheme!r} is given", "Give http or https.")
    if redirect.port:
        report.refuse_if("V1075", f"{path}.port", port_flaw(redirect.port))


def check_direct_response(response: HTTPDirectResponse, path: str, report: Report) -> None:
    """`path` is that of the response, such as spec.http[0].directResponse."""
    size = _size(response.body) if response.body is not None else 0
    if size > MB:
        report.refuse("V1076", f"{path}.body", f"{size} bytes are too many", "Give at most 1 MB, better 100 KB.")
    elif size > 100 * KB:
        message = f"{size} bytes go to every proxy with each change"
        report.warn("V1077", f"{path}.body", message, "Give at most 100 KB.")
    check_status("V1078", response.status or 0, f"{path}.status", report)


def check_rewrite(rewrite: HTTPRewrite, path: str, report: Report) -> None:
    """`path` is that of the rewrite, such as spec.http[0].rewrite."""
    if rewrite.uri and rewrite.uri_regex_rewrite is not None:
        report.refuse("V1084", path, "uri and uriRegexRewrite are given", "Give one of them.")
    elif not rewrite.uri and rewrite.uri_regex_rewrite is None and not rewrite.authority:
        report.refuse("V1085", path, "nothing to rewrite is given", "Give uri, uriRegexRewrite or authority.")
    if rewrite.uri_regex_rewrite is not None:
        check_regex_rewrite(rewrite.uri_regex_rewrite, f"{path}.uriRegexRewrite", report)


def check_regex_rewrite(rewrite: RegexRewrite, path: str, report: Report) -> None:
    """A replacement in the path."""
    missing = [name for name, value in (("match", rewrite.match), ("rewrite", rewrite.rewrite)) if not value]
    if missing:
        report.refuse("V1086", path, f"{' and '.join(missing)} missing", "Give both match and rewrite.")
    elif rewrite.match and (flaw := regex_flaw(rewrite.match)) is not None:
        report.refuse("V1087", f"{path}.match", *flaw)


def _size(body: HTTPBody) -> int:
    if body.string is not None:
        return len(body.string.encode())
    if body.bytes is None:
        return 0
    try:
        return len(binascii.a2b_base64(body.bytes))
    except binascii.Error:
        return len(body.bytes) * 3 // 4
