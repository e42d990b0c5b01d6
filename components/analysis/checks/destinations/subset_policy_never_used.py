"""A subset has settings, but nothing is routed to the subset."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import fqdn
from components.analysis.rule_lookup import sites_of
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0407",
    title="a subset's settings are not in force: no rule sends to it",
    severity=Severity.WARNING,
    reads=("DestinationRule",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Subsets with a trafficPolicy that no VirtualService sends to.

    Source: istio.io, Network Issues, destination rule policy not activated.
    """
    for rule in snapshot.destination_rules:
        host = fqdn(rule.spec.host or "", rule.namespace)
        if "*" in host:
            continue
        used = snapshot.subsets_used.get(host)
        told: set[str] = set()
        for site in sites_of(rule.spec):
            if site.subset is None or (used is not None and site.subset.name in used):
                continue
            path = site.path.partition(".portLevelSettings")[0]
            if path in told:
                continue
            told.add(path)
            sure = used is not None or snapshot.complete
            doubt = (
                "" if sure else "; but none for this host is among these documents, so this could not be told for sure"
            )
            yield CHECK.found(
                rule,
                path,
                f"the settings of subset {site.subset.name} hold for no request: a subset's are used only where a"
                f" VirtualService sends to it, and none sends to this subset of {host}{doubt}",
                "Send to the subset, if by a rule with it as the only destination; or put the settings into"
                " spec.trafficPolicy.",
                severity=None if sure else Severity.INFO,
            )
