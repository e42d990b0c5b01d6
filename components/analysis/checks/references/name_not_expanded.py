"""A host of the form servicex.shop is not completed."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.snapshot import Snapshot, destinations_of

CHECK = Check(
    code="M0108",
    title="a name with a dot is not completed to a Service's",
    severity=Severity.ERROR,
    reads=("VirtualService", "DestinationRule"),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts such as servicex.shop or servicex.shop.svc. Istio completes only names without a dot (pilot,
    ResolveShortnameToFQDN), so that they match no Service.
    """
    for service in snapshot.virtual_services:
        for path, destination in destinations_of(service.spec):
            yield from _of(snapshot, service, f"{path}.host", destination.host, "IST0101", Severity.ERROR)
        for index, host in enumerate(service.spec.hosts):
            yield from _of(snapshot, service, f"spec.hosts[{index}]", host, None, Severity.WARNING)
    for rule in snapshot.destination_rules:
        yield from _of(snapshot, rule, "spec.host", rule.spec.host, "IST0174", Severity.WARNING)


def _of(
    snapshot: Snapshot,
    subject: Declared[object],
    field: str,
    host: str | None,
    istio: str | None,
    severity: Severity,
) -> Iterator[Finding]:
    if not host or "." not in host:
        return
    found = snapshot.host_lookup.find(host, subject.namespace)
    if found.verdict is Verdict.NOT_EXPANDED:
        whole = f"{host.removesuffix('.svc')}.svc.cluster.local"
        yield CHECK.found(
            subject,
            field,
            f"the host {host!r} is taken as it stands and is not the Service {whole}: it has a dot",
            f"Write {whole}; only a name without a dot is completed, with the namespace of the rule.",
            severity=severity,
            istio=istio,
        )
