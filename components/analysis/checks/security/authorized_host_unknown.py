"""An AuthorizationPolicy names a host of the mesh that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import operations_of
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import CLUSTER_SUFFIX
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0618",
    title="an AuthorizationPolicy names a host that does not exist",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0104",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Entries of hosts and notHosts that are names of Services and fit none. Source: KIA0104."""
    for policy in snapshot.authorization_policies:
        for path, operation in operations_of(policy.spec):
            for key, hosts in (("hosts", operation.hosts), ("notHosts", operation.not_hosts)):
                for index, host in enumerate(hosts):
                    full = _service(host, policy.namespace, snapshot)
                    if full is None or snapshot.hosts.named(full) or _is_declared(host, snapshot):
                        continue
                    namespace = full.removesuffix(CLUSTER_SUFFIX).rpartition(".")[2]
                    sure = snapshot.knows_services_of(namespace, near=policy)
                    doubt = (
                        ""
                        if sure
                        else f"; but nothing of namespace {namespace} is among these documents, so this could not be told"
                        " for sure"
                    )
                    yield CHECK.found(
                        policy,
                        f"{path}.{key}[{index}]",
                        f"the host {host} is no Service and no ServiceEntry{doubt}",
                        "Name a host that requests are for, as their Host header says it.",
                        severity=None if sure else Severity.INFO,
                    )


def _service(host: str, namespace: str, snapshot: Snapshot) -> str | None:
    """The full name of the Service that a host stands for; None when it may be anything."""
    name = host.partition(":")[0].lower()
    if not name or "*" in name:
        return None
    if name.endswith(CLUSTER_SUFFIX):
        return name
    if name.endswith(".svc"):
        return f"{name}.cluster.local"
    parts = name.split(".")
    if len(parts) == 1 and name != "localhost":
        return f"{name}.{namespace}{CLUSTER_SUFFIX}"
    if len(parts) == 2 and snapshot.hosts.has_services_of(parts[1]):
        return f"{name}{CLUSTER_SUFFIX}"
    return None


def _is_declared(host: str, snapshot: Snapshot) -> bool:
    """Whether a ServiceEntry or a VirtualService has the host as it is written: a gateway may serve short names."""
    name = host.partition(":")[0].lower()
    return bool(snapshot.hosts.named(name)) or name in snapshot.hosts_of_routes
