"""Cross-origin requests that an HTTP route lets browsers make.

May live here: the rules of CorsPolicy. May not live here: what a browser makes of it.
"""

from __future__ import annotations

from components.api.duration import format_duration, nanoseconds_of
from components.api.networking.virtual_service import CorsPolicy
from components.api.validation.formats import duration_flaw, header_name_flaw, string_match_regex_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_cors"]

CODES = {
    "V1044": "an entry of allowOrigins is empty",
    "V1045": "an entry of allowOrigins has a regular expression that is none",
    "V1046": "an entry of allowMethods is no HTTP method",
    "V1047": "an entry of allowHeaders is no name of a header",
    "V1048": "an entry of exposeHeaders is no name of a header",
    "V1049": "maxAge is below 1ms or finer than 1ms",
    "V1050": "maxAge is finer than a second",
}

SECOND = 10**9  # nanoseconds
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*")


def check_cors(policy: CorsPolicy, path: str, report: Report) -> None:
    """`path` is that of the policy, such as spec.http[0].corsPolicy."""
    for index, origin in enumerate(policy.allow_origins):
        where = f"{path}.allowOrigins[{index}]"
        if not (origin.exact or origin.prefix or origin.regex):
            report.refuse("V1044", where, "an empty condition", "Give exact, prefix or regex.")
        elif (flaw := string_match_regex_flaw(origin)) is not None:
            report.refuse("V1045", f"{where}.regex", *flaw)
    for index, method in enumerate(policy.allow_methods):
        if method not in METHODS:
            message = f"{method!r} is no method"
            report.refuse("V1046", f"{path}.allowMethods[{index}]", message, f"Allowed: {', '.join(METHODS)}.")
    for index, name in enumerate(policy.allow_headers):
        if name != "*":
            report.refuse_if("V1047", f"{path}.allowHeaders[{index}]", header_name_flaw(name))
    for index, name in enumerate(policy.expose_headers):
        if name != "*":
            report.refuse_if("V1048", f"{path}.exposeHeaders[{index}]", header_name_flaw(name))
    if policy.max_age is not None:
        report.refuse_if("V1049", f"{path}.maxAge", duration_flaw(policy.max_age))
        length = nanoseconds_of(policy.max_age)
        if length > 0 and length % SECOND:
            message = f"{format_duration(policy.max_age)} is finer than a second"
            report.refuse("V1050", f"{path}.maxAge", message, "Give whole seconds.")
