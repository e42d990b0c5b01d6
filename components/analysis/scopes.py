"""Whether two policies of different kinds can hold for one workload, without a look at every pair of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from components.analysis.declared import Declared
from components.analysis.policies import labels_of

__all__ = ["Scopes"]

ATTACHED = "attached to"
"""Stands for a label's key: what a policy is attached to is compared as a label would be."""


class Scopes:
    """Where policies of one kind hold, asked by a policy of another."""

    def __init__(self, policies: Iterable[Declared[Any]], root_namespace: str) -> None:
        self._root = root_namespace
        self._whole: set[str] = set()
        self._items: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._keys: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._namespaces: set[str] = set()
        for policy in policies:
            self._namespaces.add(policy.namespace)
            items = _items(policy)
            if not items:
                self._whole.add(policy.namespace)
            self._items[policy.namespace] |= items
            self._keys[policy.namespace].add(frozenset(key for key, _ in items))

    def meet(self, policy: Declared[Any]) -> bool:
        """Whether one of them can hold where `policy` does: for the same namespace, or one is of the root namespace;
        and selectors have a label in common, or none with the same key.
        """
        items = _items(policy)
        keys = frozenset(key for key, _ in items)
        everywhere = policy.namespace == self._root
        for namespace in self._namespaces if everywhere else {policy.namespace, self._root}:
            if namespace in self._whole or (not items and namespace in self._namespaces):
                return True
            found = self._items.get(namespace, set())
            if items & found or any(each.isdisjoint(keys) for each in self._keys.get(namespace, ())):
                return True
        return False

    def are_known_of(self, namespace: str) -> bool:
        """Whether any of them is of that namespace or of the root namespace."""
        return namespace in self._namespaces or self._root in self._namespaces


def _items(policy: Declared[Any]) -> frozenset[tuple[str, str]]:
    spec = policy.spec
    references = (*((spec.target_ref,) if spec.target_ref is not None else ()), *spec.target_refs)
    if references:
        return frozenset((ATTACHED, f"{each.kind}/{each.name}") for each in references)
    return frozenset(labels_of(spec).items())
