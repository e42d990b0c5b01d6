"""breaker-on-every-workload: a workload that fails is let go, or what waits for it is limited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from components.analysis.hosts import fqdn
from components.api.networking.destination_rule import (
    ConnectionPoolSettings,
    DestinationRule,
    OutlierDetection,
    TrafficPolicy,
)
from policy.declaration import Level, Policy, Scope, Settings
from policy.hosts import NAMESPACE, WorkloadService, stands_for, unknown_services, workload_services
from policy.paths import ANY, Path, written
from policy.stack_documents import Read, StackDocuments
from policy.violation import Outcome, Unknown, Violation, unreadable

__all__ = ["POLICY", "BreakerSettings"]

Part = TrafficPolicy | TrafficPolicy.PortTrafficPolicy
NEEDED: tuple[Path, ...] = (
    NAMESPACE,
    ("spec", "host"),
    ("spec", "trafficPolicy", "outlierDetection"),
    ("spec", "trafficPolicy", "connectionPool"),
    ("spec", "trafficPolicy", "portLevelSettings"),
    ("spec", "subsets", ANY, "trafficPolicy"),
)
REMEDY = (
    "Give it spec.trafficPolicy.outlierDetection (which endpoint is let go, and when) or connectionPool (how much may wait "
    "or be open): a `CircuitBreaker` or a `ConnectionPool` in the workload's `TrafficPolicy`."
)


class BreakerSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What breaker-on-every-workload may be told."""

    root_namespace: Annotated[
        str, Meta(description="Where a DestinationRule holds for callers everywhere (MeshConfig's rootNamespace).")
    ] = "istio-system"


def check(stack: StackDocuments, settings: BreakerSettings) -> Iterator[Outcome]:
    """A violation for each Service before workloads whose host no DestinationRule guards."""
    yield from unreadable(stack, "DestinationRule")
    yield from unknown_services(stack)
    for service in workload_services(stack, root_namespace=settings.root_namespace):
        rules = list(_rules_for(service, stack, settings))
        if any(_guarded(spec, service) for _, spec in rules):
            continue
        unknown = [(read, path) for read, _ in _candidates(stack, service, settings) for path in read.missing(*NEEDED)]
        if unknown:
            read, path = unknown[0]
            yield Unknown(read.subject, written(path), f"it may guard {service.host}, and is known only at the update")
        elif rules:
            read, _ = rules[0]
            yield Violation(
                read.subject,
                "spec.trafficPolicy",
                f"host {service.host} has neither an outlierDetection that ejects nor a limit of a connectionPool",
                REMEDY,
            )
        else:
            yield Violation(
                service.read.subject,
                "metadata.name",
                f"no DestinationRule for callers everywhere has host {service.host}, so nothing limits what waits for it",
                f"Declare one in namespace {service.read.subject.namespace}. {REMEDY}",
            )


def _candidates(
    stack: StackDocuments, service: WorkloadService, settings: BreakerSettings
) -> Iterator[tuple[Read, DestinationRule]]:
    """Rules that callers everywhere may use: one elsewhere holds for callers of its own namespace only."""
    for read, spec in stack.of(DestinationRule):
        known = not any(read.missing(NAMESPACE))
        if not known or read.subject.namespace in (service.read.subject.namespace, settings.root_namespace):
            yield read, spec


def _rules_for(
    service: WorkloadService, stack: StackDocuments, settings: BreakerSettings
) -> Iterator[tuple[Read, DestinationRule]]:
    for read, spec in _candidates(stack, service, settings):
        host = fqdn(spec.host or "", read.subject.namespace)
        known = not any(read.missing(NAMESPACE))
        if known and spec.workload_selector is None and spec.host and stands_for(host, service.host):
            yield read, spec


def _guarded(rule: DestinationRule, service: WorkloadService) -> bool:
    """The host itself, each of its ports, or each of its subsets is."""
    policy = rule.traffic_policy
    if policy is not None:
        if _limits(policy):
            return True
        guarded = {each.port.number for each in policy.port_level_settings if each.port and _limits(each)}
        if guarded and {port.port for port in service.spec.ports} <= guarded:
            return True
    parts = [subset.traffic_policy for subset in rule.subsets]
    return bool(parts) and all(part is not None and _limits(part) for part in parts)


def _limits(part: Part) -> bool:
    return _ejects(part.outlier_detection) or _has_limit(part.connection_pool)


def _ejects(given: OutlierDetection | None) -> bool:
    """Not with 5xx errors switched off and nothing in their place: then it never does.

    Failures to connect eject by Envoy's default once they are counted apart (pilot's applyOutlierDetection).
    """
    if given is None:
        return False
    others = given.consecutive_gateway_errors or given.split_external_local_origin_errors
    return given.consecutive_5xx_errors != 0 or bool(others)


def _has_limit(given: ConnectionPoolSettings | None) -> bool:
    if given is None:
        return False
    tcp, http = given.tcp, given.http
    limits = [tcp.max_connections] if tcp else []
    if http:
        limits += [
            http.http1_max_pending_requests,
            http.http2_max_requests,
            http.max_retries,
            http.max_concurrent_streams,
        ]
    return any(limit is not None for limit in limits)


POLICY = Policy(
    name="breaker-on-every-workload",
    description="Every workload's host has a circuit breaker: outlier detection or limits of a connection pool.",
    level=Level.ADVISORY,
    scope=Scope.STACK,
    settings=BreakerSettings(),
    check=check,
)
