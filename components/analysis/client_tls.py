"""The TLS that DestinationRules have clients speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from components.analysis.declared import Declared
from components.analysis.hosts import CLUSTER_SUFFIX
from components.api.networking.destination_rule import ClientTLSSettings, DestinationRule, TrafficPolicy

__all__ = ["ClientTLS", "TLSMode", "covered_namespace", "covers_mesh", "tls_of", "tls_of_all"]

TLSMode = ClientTLSSettings.TLSmode


class ClientTLS(NamedTuple):
    """A TLS setting of a rule."""

    field: str
    mode: TLSMode
    port: int | None
    """Of the service; None: every port of which nothing else is said."""
    labels: Mapping[str, str]
    """Of the subset it is for; empty for the host."""


def tls_of(rule: DestinationRule) -> Iterator[ClientTLS]:
    """Every TLS setting of a rule: of the host, its ports and its subsets."""
    yield from _of(rule.traffic_policy, "spec.trafficPolicy", {})
    for index, subset in enumerate(rule.subsets):
        yield from _of(subset.traffic_policy, f"spec.subsets[{index}].trafficPolicy", subset.labels)


def tls_of_all(rule: DestinationRule) -> TLSMode | None:
    """The mode for the host as a whole; None when nothing is said, which leaves it to Istio."""
    policy = rule.traffic_policy
    return _mode(policy.tls) if policy is not None and policy.tls is not None else None


def covers_mesh(rule: DestinationRule) -> bool:
    """Whether the host of a rule stands for all services of the mesh."""
    return (rule.host or "") in ("*", "*.local", "*.cluster.local", f"*{CLUSTER_SUFFIX}")


def covered_namespace(rule: Declared[DestinationRule]) -> str | None:
    """The namespace whose services the host of a rule all stands for: "*.shop.svc.cluster.local"."""
    host = rule.spec.host or ""
    if not host.startswith("*.") or not host.endswith(CLUSTER_SUFFIX) or covers_mesh(rule.spec):
        return None
    return host.removeprefix("*.").removesuffix(CLUSTER_SUFFIX) or None


def _of(policy: TrafficPolicy | None, path: str, labels: Mapping[str, str]) -> Iterator[ClientTLS]:
    if policy is None:
        return
    if policy.tls is not None:
        yield ClientTLS(f"{path}.tls.mode", _mode(policy.tls), None, labels)
    for index, each in enumerate(policy.port_level_settings):
        if each.tls is not None and each.port is not None:
            yield ClientTLS(f"{path}.portLevelSettings[{index}].tls.mode", _mode(each.tls), each.port.number, labels)


def _mode(tls: ClientTLSSettings) -> TLSMode:
    return tls.mode or TLSMode.DISABLE
