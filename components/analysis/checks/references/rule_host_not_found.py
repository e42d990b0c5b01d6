"""A DestinationRule is for a host that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.host_lookup import Verdict
from components.analysis.hosts import CLUSTER_SUFFIX, covers, namespace_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0106",
    title="a DestinationRule's host does not exist",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
    istio="IST0174",
    kiali="KIA0202",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Hosts of DestinationRules. One for the whole mesh (*.local) or a whole namespace stands for what may come."""
    for rule in snapshot.destination_rules:
        host = rule.spec.host
        if not host or covers(host, CLUSTER_SUFFIX):
            continue
        found = snapshot.host_lookup.find(host, rule.namespace, rule.spec.export_to)
        if found.verdict is not Verdict.UNKNOWN:
            continue
        namespace = namespace_of(found.name)
        if namespace is not None:
            certain, missing = snapshot.knows_services_of(namespace, rule), f"Services of namespace {namespace}"
        else:
            certain, missing = snapshot.knows_entry_hosts(rule), "a ServiceEntry for it"
        remedy = "Name a Service of that namespace, another one in full (name.namespace.svc.cluster.local), or a host"
        remedy += " that a ServiceEntry has."
        if certain:
            message = (
                f"the host {host!r} does not exist: no Service and no ServiceEntry has it, so the rule is not used"
            )
            yield CHECK.found(rule, "spec.host", message, remedy)
        else:
            message = (
                f"the host {host!r} is not among these documents; {missing} may be kept elsewhere, so this could not be"
                " told for sure"
            )
            yield CHECK.found(rule, "spec.host", message, remedy, severity=Severity.INFO)
