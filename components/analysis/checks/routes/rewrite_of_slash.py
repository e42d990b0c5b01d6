"""A prefix is rewritten so that paths get two slashes, or the path without its slash is left out."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import VirtualService

CHECK = Check(
    code="M0242",
    title="a rewrite and its prefix do not agree on the slash",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Prefix "/x" rewritten to "/": "/x/y" becomes "//y". Prefix "/x/" rewritten: "/x" itself is not matched. Source:
    HTTPRewrite.uri in virtual_service.proto: only the prefix is replaced; istio/istio#26828, #8076.
    """
    for service in snapshot.virtual_services:
        asked = _asked(service.spec)
        for index, rule in enumerate(service.spec.http):
            target = rule.rewrite.uri if rule.rewrite is not None else None
            for number, match in enumerate(rule.match):
                prefix = match.uri.prefix if match.uri is not None else None
                if not target or not prefix or prefix == "/":
                    continue
                field = f"spec.http[{index}].match[{number}].uri.prefix"
                if not prefix.endswith("/") and target.endswith("/") and f"{prefix}/" not in asked:
                    yield CHECK.found(
                        service,
                        field,
                        f"the prefix {prefix!r} becomes {target!r}, so that {prefix}/a is sent as {target}/a, with two"
                        " slashes",
                        f"Add a match for prefix {prefix + '/'!r} before this one, or rewrite without a slash at the"
                        " end.",
                    )
                elif prefix.endswith("/") and not any(prefix[:-1].startswith(each) for each in asked):
                    yield CHECK.found(
                        service,
                        field,
                        f"the prefix {prefix!r} does not match {prefix[:-1]!r} itself, and no other rule does",
                        f"Add a match for exact {prefix[:-1]!r} to the rule.",
                        severity=Severity.INFO,
                    )


def _asked(service: VirtualService) -> frozenset[str]:
    """The paths and prefixes that rules ask for; "" for a rule that takes any."""
    found: set[str] = set()
    for rule in service.http:
        if not rule.match:
            found.add("")
        for match in rule.match:
            if match.uri is None or match.uri.regex:
                found.add("")
            else:
                found.add(match.uri.prefix or match.uri.exact or "")
    return frozenset(found)
