"""Service accounts: the identities that pods have."""

from __future__ import annotations

from components.analysis.snapshot import Snapshot

__all__ = ["Accounts"]


class Accounts:
    """The service accounts of a set of documents, declared or used by pods: Kubernetes makes no pod without."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._complete = snapshot.complete
        self._declared_namespaces = frozenset(snapshot.namespaces)
        self._declared = {(each.namespace, each.name) for each in snapshot.of("ServiceAccount")}
        self._used = {
            (each.namespace, each.spec.service_account_name)
            for each in snapshot.workloads.all
            if each.spec is not None and each.spec.service_account_name
        }
        self._listed = {namespace for namespace, _ in self._declared}

    def has(self, namespace: str, name: str) -> bool:
        """Whether an account is there."""
        return name == "default" or (namespace, name) in self._declared or (namespace, name) in self._used

    def are_known_of(self, namespace: str) -> bool:
        """Whether one that is not there does not exist, as far as one can tell: accounts of the namespace are among
        the documents, or these are complete and have it.
        """
        return namespace in self._listed or (self._complete and namespace in self._declared_namespaces)
