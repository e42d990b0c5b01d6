"""Two VirtualServices route the same host at the same gateway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.gateways import MESH, full_reference
from components.analysis.snapshot import Snapshot
from components.api.networking.virtual_service import HTTPMatchRequest, VirtualService

CHECK = Check(
    code="M0231",
    title="two VirtualServices route the same host at a gateway",
    severity=Severity.WARNING,
    reads=("VirtualService",),
    kiali="KIA1106",
)

CATCH_ALL = ("/", ".*")


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Equal hosts at one gateway. Their rules are joined in no order that can be relied on, so it matters where two of
    them have the same condition; otherwise it is told and no more. Source: istio.io, Traffic management best practices,
    Split large virtual services; istio/istio#37500.
    """
    index: dict[tuple[tuple[str, str], str], dict[str, tuple[Declared[VirtualService], int]]] = defaultdict(dict)
    for service in snapshot.virtual_services:
        for reference in service.spec.gateways:
            if reference != MESH:
                for number, host in enumerate(service.spec.hosts):
                    place = full_reference(reference, service.namespace), host.lower()
                    index[place].setdefault(str(service), (service, number))
    reported: set[str] = set()
    for (gateway, host), found in index.items():
        if len(found) < 2:
            continue
        seen: dict[str, set[str]] = defaultdict(set)
        for name, (service, _) in found.items():
            for condition in _conditions(service.spec):
                seen[condition].add(name)
        common = {name for names in seen.values() if len(names) > 1 for name in names}
        for name, (service, number) in found.items():
            if name in reported:
                continue
            reported.add(name)
            others = sorted(each for each in found if each != name)
            same = name in common
            why = "some of their rules have the same condition" if same else "the order of their rules is not defined"
            yield CHECK.found(
                service,
                f"spec.hosts[{number}]",
                f"the host {host} is routed at Gateway {'/'.join(gateway)} by VirtualService {', '.join(others[:3])} as"
                f" well, and {why}",
                "Give each condition to one of them, and keep the rule without a match in one only.",
                severity=None if same else Severity.INFO,
            )


def _conditions(service: VirtualService) -> Iterator[str]:
    """What each rule asks for, as text that is equal for equal conditions."""
    for rule in service.http:
        if not rule.match:
            yield "everything"
        for match in rule.match:
            yield _text(match)


def _text(match: HTTPMatchRequest) -> str:
    uri = match.uri
    plain = (match.headers, match.without_headers, match.query_params, match.method, match.authority, match.scheme)
    if (
        not any(plain)
        and match.port is None
        and (uri is None or CATCH_ALL[0] == uri.prefix or CATCH_ALL[1] == uri.regex)
    ):
        return "everything"
    return repr((uri, *(repr(each) for each in plain), match.port, match.ignore_uri_case))
