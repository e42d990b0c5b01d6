"""A rule of a delegate asks for what the rule that delegates to it excludes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import HTTPMatchRequest, StringMatch

CHECK = Check(
    code="M0238",
    title="a delegate's match is outside of the match that leads to it",
    severity=Severity.WARNING,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Rules of delegates none of whose matches fits a match of the root. Source: the note of HTTPRoute.delegate: the
    delegate's match must be a part of the root's, or the rule is not used; pilot, mergeHTTPRoute.
    """
    known = {(each.namespace, each.name): each for each in snapshot.virtual_services if not each.spec.hosts}
    for service in snapshot.virtual_services:
        for rule in service.spec.http:
            if rule.delegate is None or not rule.match:
                continue
            leaf = known.get((rule.delegate.namespace or service.namespace, rule.delegate.name or ""))
            if leaf is None:
                continue
            for index, part in enumerate(leaf.spec.http):
                for number, match in enumerate(part.match):
                    if all(_conflict(root, match) for root in rule.match):
                        yield CHECK.found(
                            leaf,
                            f"spec.http[{index}].match[{number}]",
                            f"the match is no part of the one that VirtualService {service} delegates with, so it is not"
                            " used",
                            "Make it narrower than the match of the root: a prefix below its prefix, the same exact"
                            " value, no regex where the root has a condition.",
                        )


def _conflict(root: HTTPMatchRequest, leaf: HTTPMatchRequest) -> bool:
    pairs = [(root.uri, leaf.uri), (root.scheme, leaf.scheme), (root.method, leaf.method)]
    pairs.append((root.authority, leaf.authority))
    for wide, narrow in (
        (root.headers, leaf.headers),
        (root.without_headers, leaf.without_headers),
        (root.query_params, leaf.query_params),
    ):
        pairs += _common(wide, narrow)
    if any(_differ(one, other) for one, other in pairs):
        return True
    if bool(root.ignore_uri_case) != bool(leaf.ignore_uri_case):
        return True
    if root.port and leaf.port and root.port != leaf.port:
        return True
    if root.source_namespace and leaf.source_namespace != root.source_namespace:
        return True
    if any(root.source_labels.get(key, value) != value for key, value in leaf.source_labels.items()):
        return True
    return bool(root.gateways and leaf.gateways) and not set(leaf.gateways) <= set(root.gateways)


def _common(
    wide: Mapping[str, StringMatch], narrow: Mapping[str, StringMatch]
) -> list[tuple[StringMatch | None, StringMatch | None]]:
    return [(wide.get(key), value) for key, value in narrow.items()]


def _differ(root: StringMatch | None, leaf: StringMatch | None) -> bool:
    """Whether a leaf's condition is no part of the root's, as istiod compares them."""
    if root is None or leaf is None:
        return False
    if root.regex or leaf.regex:
        return True
    if root.exact:
        return leaf.exact != root.exact
    if root.prefix:
        return not (leaf.prefix or leaf.exact or "").startswith(root.prefix)
    return True
