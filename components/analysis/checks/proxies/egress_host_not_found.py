"""A Sidecar imports a host that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import namespace_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0706",
    title="a Sidecar imports a host that does not exist",
    severity=Severity.WARNING,
    reads=("Sidecar",),
    kiali="KIA1004",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Egress hosts without a wildcard, in the namespace that they name. Source: IstioEgressListener.hosts in
    sidecar.proto: namespace/dnsName, with the name in full.
    """
    for sidecar in snapshot.sidecars:
        for index, listener in enumerate(sidecar.spec.egress):
            for number, host in enumerate(listener.hosts):
                scope, _, name = host.partition("/")
                if not name or name.startswith("*") or scope == "~":
                    continue
                found = snapshot.hosts.named(name)
                namespace = sidecar.namespace if scope == "." else scope
                field = f"spec.egress[{index}].hosts[{number}]"
                remedy = "Write namespace/name with the full name of a host of that namespace, or namespace/*."
                if found and not any(namespace in ("*", each.namespace) for each in found):
                    message = f"the host {name!r} is in namespace {found[0].namespace}, not in {namespace}"
                    yield CHECK.found(sidecar, field, message, remedy)
                elif not found:
                    owner = namespace_of(name)
                    if owner is not None or "." not in name:
                        certain = "." not in name or snapshot.knows_services_of(owner or "", sidecar)
                    else:
                        certain = snapshot.knows_entry_hosts(sidecar)
                    message = f"the host {name!r} does not exist: no Service and no ServiceEntry has it"
                    if certain:
                        yield CHECK.found(sidecar, field, message, remedy)
                    else:
                        message = (
                            f"the host {name!r} was not found, but nothing of namespace {owner or namespace} is among"
                            " these documents, so this could not be told for sure"
                        )
                        yield CHECK.found(sidecar, field, message, remedy, severity=Severity.INFO)
