"""What a proxy asks of who connects to it: the mode of mutual TLS that PeerAuthentications leave in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from components.analysis.declared import Declared
from components.api.security.peer_authentication import PeerAuthentication

__all__ = ["InForce", "Mode", "MutualTLS", "mode_of"]

Mode = PeerAuthentication.MutualTLS.Mode
Policy = Declared[PeerAuthentication]


class InForce(NamedTuple):
    """A mode, and who says so."""

    mode: Mode
    policy: Policy | None
    """None when no PeerAuthentication speaks of it: Istio's default, PERMISSIVE."""


class MutualTLS:
    """PeerAuthentications of a set of documents, by the scope they have.

    Of several of one scope the oldest is in force; documents without a time count in their order. One with a selector
    in the root namespace is in force nowhere. Source: pilot's ComposePeerAuthentication.
    """

    def __init__(self, policies: Iterable[Policy], root_namespace: str) -> None:
        self._mesh: list[Policy] = []
        self._namespaces: dict[str, list[Policy]] = defaultdict(list)
        self._workloads: dict[str, list[Policy]] = defaultdict(list)
        for each in sorted(policies, key=lambda policy: policy.metadata.creation_timestamp or ""):
            selective = each.spec.selector is not None and bool(each.spec.selector.match_labels)
            if each.namespace == root_namespace:
                if not selective:
                    self._mesh.append(each)
            elif selective:
                self._workloads[each.namespace].append(each)
            else:
                self._namespaces[each.namespace].append(each)

    @property
    def mesh(self) -> InForce:
        """What holds for a workload of which nothing narrower speaks."""
        return _first(self._mesh, InForce(Mode.PERMISSIVE, None))

    def namespace(self, name: str) -> InForce:
        """What holds for a namespace."""
        return _first(self._namespaces.get(name, ()), self.mesh)

    def workload(self, namespace: str, labels: Mapping[str, str], port: int | None = None) -> InForce:
        """What holds for pods with these labels; with `port`, a port of the pods, for what it listens on."""
        inherited = self.namespace(namespace)
        for policy in self._workloads.get(namespace, ()):
            assert policy.spec.selector is not None
            if policy.spec.selector.match_labels.items() <= labels.items():
                of_all = _in_force(mode_of(policy.spec.mtls), policy, inherited)
                on_port = policy.spec.port_level_mtls.get(port) if port is not None else None
                return _in_force(mode_of(on_port), policy, of_all)
        return inherited

    def said_of(self, namespace: str, labels: Mapping[str, str]) -> tuple[Mode, ...]:
        """Every mode that holds for pods with these labels on some port of theirs."""
        found = [self.workload(namespace, labels).mode]
        for policy in self._workloads.get(namespace, ()):
            assert policy.spec.selector is not None
            if policy.spec.selector.match_labels.items() <= labels.items():
                found += [mode for each in policy.spec.port_level_mtls.values() if (mode := mode_of(each)) is not None]
                break
        return tuple(found)


def mode_of(setting: PeerAuthentication.MutualTLS | None) -> Mode | None:
    """The mode that is said; None when it is left to what is wider."""
    if setting is None or setting.mode in (None, Mode.UNSET):
        return None
    return setting.mode


def _in_force(mode: Mode | None, policy: Policy, otherwise: InForce) -> InForce:
    return otherwise if mode is None else InForce(mode, policy)


def _first(policies: Iterable[Policy], otherwise: InForce) -> InForce:
    for policy in policies:
        return _in_force(mode_of(policy.spec.mtls), policy, otherwise)
    return otherwise
