"""Which Services call which, as far as the documents say so.

A Sidecar for some pods lists what they call; an AuthorizationPolicy that allows a service account lists who calls.
Both count only where they name one Service, not a namespace or everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from components.analysis.declared import Declared
from components.analysis.hosts import CLUSTER_SUFFIX, fqdn
from components.analysis.snapshot import Snapshot
from components.api.networking.sidecar import Sidecar
from components.api.security.authorization_policy import AuthorizationPolicy

__all__ = ["callers_of"]

Callers = Mapping[str, Mapping[str, str]]


def callers_of(snapshot: Snapshot) -> Callers:
    """By the full name of a called host, the hosts that call it, each with what says so."""
    behind = _Services(snapshot)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for sidecar in snapshot.sidecars:
        selected = sidecar.spec.workload_selector.labels if sidecar.spec.workload_selector is not None else {}
        if selected:
            for caller in behind.of_labels(sidecar.namespace, selected):
                for called in _imported(sidecar):
                    found[called].setdefault(caller, f"Sidecar {sidecar}")
    for policy in snapshot.authorization_policies:
        selected = policy.spec.selector.match_labels if policy.spec.selector is not None else {}
        if selected and policy.spec.action in (None, AuthorizationPolicy.Action.ALLOW):
            for called in behind.of_labels(policy.namespace, selected):
                for namespace, account in _accounts(policy):
                    for caller in behind.of_account(namespace, account):
                        found[called].setdefault(caller, f"AuthorizationPolicy {policy}")
    return found


class _Services:
    """Services by the pods behind them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._by_pair: dict[tuple[str, str, str], list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
        for service in snapshot.services:
            selector = service.spec.selector
            if selector:
                name, value = min(selector.items())
                host = f"{service.name}.{service.namespace}{CLUSTER_SUFFIX}"
                self._by_pair[service.namespace, name, value].append((host, selector))
        self._by_account: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
        for workload in snapshot.workloads.all:
            if workload.spec is not None:
                account = workload.spec.service_account_name or "default"
                self._by_account[workload.namespace, account].append(workload.labels)

    def of_labels(self, namespace: str, labels: Mapping[str, str]) -> Iterator[str]:
        """The Services whose selectors pods with these labels meet."""
        for pair in labels.items():
            for host, selector in self._by_pair.get((namespace, *pair), ()):
                if selector.items() <= labels.items():
                    yield host

    def of_account(self, namespace: str, account: str) -> Iterator[str]:
        """The Services in front of the pods of a service account; "default" is nobody's in particular."""
        if account != "default":
            for labels in self._by_account.get((namespace, account), ()):
                yield from self.of_labels(namespace, labels)


def _imported(sidecar: Declared[Sidecar]) -> Iterator[str]:
    for listener in sidecar.spec.egress:
        for entry in listener.hosts:
            namespace, slash, host = entry.partition("/")
            if slash and host and "*" not in host and namespace != "~":
                yield fqdn(host, sidecar.namespace if namespace in (".", "*") else namespace)


def _accounts(policy: Declared[AuthorizationPolicy]) -> Iterator[tuple[str, str]]:
    """Namespace and name of the service accounts that it allows by name."""
    for rule in policy.spec.rules:
        for each in rule.from_:
            source = each.source
            if source is None:
                continue
            for principal in source.principals:
                _, slash, rest = principal.partition("/ns/")
                namespace, middle, account = rest.partition("/sa/")
                if slash and middle and "*" not in rest:
                    yield namespace, account
            for text in source.service_accounts:
                namespace, slash, account = text.rpartition("/")
                yield (namespace if slash else policy.namespace), account
