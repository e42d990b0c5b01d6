"""An AuthorizationPolicy names a method that HTTP does not have."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import operations_of
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0617",
    title="a method that HTTP does not have",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0102",
)

COMMON = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"]
REGISTERED = """
    ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF
    MKWORKSPACE MOVE ORDERPATCH PRI PROPFIND PROPPATCH PURGE QUERY REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLINK UNLOCK
    UPDATE UPDATEREDIRECTREF VERSION-CONTROL
"""
METHODS = (*COMMON, *REGISTERED.split())


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of methods and notMethods that fit none. Source: KIA0102; IANA, HTTP Method Registry."""
    for policy in snapshot.authorization_policies:
        for path, operation in operations_of(policy.spec):
            for key, methods in (("methods", operation.methods), ("notMethods", operation.not_methods)):
                for index, method in enumerate(methods):
                    if not _fits(method):
                        yield CHECK.found(
                            policy,
                            f"{path}.{key}[{index}]",
                            f"HTTP has no method {method!r}, so this never matches",
                            f"Allowed: {', '.join(COMMON)}, in capitals, and patterns such as P* or *. gRPC always uses"
                            " POST; the name of its method is the path.",
                        )


def _fits(method: str) -> bool:
    if method.startswith("*"):
        return any(each.endswith(method[1:]) for each in METHODS)
    if method.endswith("*"):
        return any(each.startswith(method[:-1]) for each in METHODS)
    return method in METHODS
