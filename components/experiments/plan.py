"""From the declared mesh to its experiments. Pure: what is declared is all that decides what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

from components.experiments.answers import load_balancer_of, told_apart
from components.experiments.breaker import BreakerExperiment
from components.experiments.entrance import PlainText, UndeclaredHost
from components.experiments.experiment import Experiment, Unmeasured
from components.experiments.guarded import of_guards, unless_guarded
from components.experiments.matching import NoRequest, request_for
from components.experiments.replicas import Replicas
from components.experiments.route import RouteExperiment
from components.experiments.traffic import Client, Request
from components.experiments.unmeasured import (
    LOCAL_ORIGIN,
    NOT_YET,
    breaker_of,
    of_connections,
    of_external_services,
    of_policy,
    why_unjudged,
    why_unreachable,
    why_unspoken,
)
from components.model import (
    ConsistentHash,
    Destination,
    GatewayHost,
    HeaderOperations,
    Mesh,
    MutualTLS,
    Retry,
    Route,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
)


@dataclass(frozen=True, slots=True)
class Entrances:
    """Where requests enter: the ingress gateway's origin (`http://host:port`; None without one), each workload's host."""

    _: KW_ONLY
    gateway: str | None
    service_host: Callable[[Workload], str]

    def of(self, workload: Workload) -> str:
        return f"http://{self.service_host(workload)}:{workload.service_port}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Chains of experiments. Chains run side by side; in a chain one experiment follows the other.

    What leaves from the member's sidecar is one chain, the breakers first: a proxy that has called nobody has ejected
    nobody. The gateway's routes need no such order, as their verdicts allow for ejected endpoints.
    """

    chains: tuple[tuple[Experiment, ...], ...]

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        return tuple(experiment for chain in self.chains for experiment in chain)

    @property
    def tests(self) -> int:
        return sum(experiment.tests for experiment in self.experiments)


def plan(mesh: Mesh, entrances: Entrances, *, false_alarms: float) -> Plan:
    """The experiments of everything that the mesh declares, in the order of the report."""
    gateway = [service for service in mesh.virtual_services if isinstance(service.host, GatewayHost)]
    inside = [service for service in mesh.virtual_services if isinstance(service.host, Workload)]
    others = [service for service in mesh.virtual_services if not isinstance(service.host, (GatewayHost, Workload))]
    undeclared = [UndeclaredHost(origin=entrances.gateway)] if gateway and entrances.gateway else []
    breakers = [
        experiment for policy in mesh.policies for experiment in _breakers(mesh, policy, entrances, false_alarms)
    ]
    plain = [_plain_text(mesh, workload, entrances) for workload in mesh.workloads if why_unspoken(workload) is None]
    chains: tuple[tuple[Experiment, ...], ...] = (
        *((experiment,) for service in gateway for experiment in _routes(mesh, service, entrances)),
        *((experiment,) for experiment in undeclared),
        (*breakers, *(experiment for service in inside for experiment in _routes(mesh, service, entrances))),
        *((experiment,) for experiment in plain),
        tuple(_replicas(mesh)),
        (
            *(row for policy in mesh.policies for row in of_policy(policy)),
            *(row for service in others for row in _routes(mesh, service, entrances)),
            *(row for service in mesh.virtual_services for row in of_connections(service)),
            *of_external_services(mesh),
            *of_guards(mesh),
        ),
    )
    return Plan(tuple(tuple(unless_guarded(mesh, experiment) for experiment in chain) for chain in chains))


def _plain_text(mesh: Mesh, workload: Workload, entrances: Entrances) -> Experiment:
    mode = mesh.mutual_tls_of(workload)
    if mode is MutualTLS.UNSET:
        why = "the mesh leaves it to the cluster whether plain text is taken"
        return Unmeasured(str(workload), "plain text from outside", declared=mode.value, why=why)
    return PlainText(workload=workload, mutual_tls=mode, request=Request(origin=entrances.of(workload)))


def _routes(mesh: Mesh, service: VirtualService, entrances: Entrances) -> Iterator[Experiment]:
    host = service.host
    inside = not isinstance(host, GatewayHost)
    origin = entrances.of(host) if isinstance(host, Workload) else entrances.gateway
    for route in service.routes:
        unmeasured = why_unreachable(mesh, host) or why_unjudged(route)
        if unmeasured is not None or origin is None:
            why = unmeasured or "the stack names no ingress gateway to send requests to"
            yield Unmeasured(str(host), route.name, declared=str(route), why=why)
            continue
        if route.to is None:
            yield Unmeasured(str(host), route.name, declared=str(route), why=NOT_YET)
            continue
        try:
            request = request_for(service, route, origin)
        except NoRequest as reason:
            yield Unmeasured(str(host), route.name, declared=str(route), why=str(reason))
            continue
        client = Client.MEMBER if inside else Client.OUTSIDE
        yield RouteExperiment(mesh=mesh, service=service, route=route, request=request, client=client)
        yield from _beyond(mesh, service, route)


def _beyond(mesh: Mesh, service: VirtualService, route: Route) -> Iterator[Unmeasured]:
    subject = str(service.host)
    if sum(weight > 0 for _, weight in route.split.weights) > 1 and not told_apart(mesh, route.split):
        why = "two destinations have one version, and answers tell the version only"
        yield Unmeasured(subject, f"{route.name}: shares", declared=str(route), why=why)
    if isinstance(route.retry, Retry):
        yield Unmeasured(subject, f"{route.name}: retries", declared=str(route.retry), why=NOT_YET)
    if route.timeout is not None:
        declared = f"{route.timeout.total_seconds():g} s"
        yield Unmeasured(subject, f"{route.name}: timeout", declared=declared, why=NOT_YET)
    for what, part in (
        ("rewrite", route.rewrite),
        ("request headers", route.request_headers or _in_words(route.split.request_headers)),
        ("response headers", route.response_headers or _in_words(route.split.response_headers)),
        ("cross-origin requests", route.cors),
        *(("mirror", mirror) for mirror in route.mirror),
    ):
        if part:
            yield Unmeasured(subject, f"{route.name}: {what}", declared=str(part), why=NOT_YET)
    for destination, _ in route.split.weights:
        if isinstance(destination, Subset) and destination.circuit_breaker is not None:
            what = f"{route.name}: circuit breaker of {destination.name}"
            yield Unmeasured(subject, what, declared="its own", why=NOT_YET)


def _in_words(headers: Sequence[tuple[Destination, HeaderOperations]]) -> str:
    return "; ".join(f"{destination}: {operations}" for destination, operations in headers)


def _breakers(mesh: Mesh, policy: TrafficPolicy, entrances: Entrances, false_alarms: float) -> Iterator[Experiment]:
    workload = policy.of
    if not isinstance(workload, Workload):
        return
    pool, outliers = breaker_of(policy)
    unspoken = why_unspoken(workload)
    if unspoken is not None:
        if pool or outliers:
            yield Unmeasured(str(workload), "circuit breaker", declared="declared", why=unspoken)
        return
    if outliers is not None and not (outliers.consecutive_gateway_errors or outliers.consecutive_5xx_errors):
        yield Unmeasured(str(workload), "circuit breaker", declared="failures to connect", why=LOCAL_ORIGIN)
    elif outliers is not None:
        origin = entrances.of(workload)
        try:
            yield BreakerExperiment(
                mesh=mesh,
                workload=workload,
                outlier_detection=outliers,
                plain=Request(origin=origin),
                member=_to_all_endpoints(mesh, workload, origin),
                false_alarms=false_alarms,
            )
        except NoRequest as reason:
            yield Unmeasured(str(workload), "circuit breaker", declared="outlier detection", why=str(reason))
    if pool is not None:
        yield Unmeasured(str(workload), "connection pool limits", declared="declared", why=NOT_YET)


def _to_all_endpoints(mesh: Mesh, workload: Workload, origin: str) -> Request:
    """A request that the member's proxy sends to any of the workload's endpoints, with nothing injected or retried."""
    service = next((service for service in mesh.virtual_services if service.host == workload), None)
    if service is None:
        return Request(origin=origin)
    for route in service.routes:
        if (
            route.to
            and route.to.reached == (workload,)
            and not (route.abort or route.delay or route.timeout or isinstance(route.retry, Retry))
        ):
            return request_for(service, route, origin)
    raise NoRequest("inside the mesh no route without fault, retry and timeout reaches all of its endpoints")


def _replicas(mesh: Mesh) -> Iterator[Experiment]:
    for version in mesh.versions:
        balancer = load_balancer_of(mesh, version)
        unspoken = why_unspoken(version.workload)
        if unspoken is not None:
            what = f"pods of version {version.name}"
            yield Unmeasured(str(version.workload), what, declared=str(version.replicas), why=unspoken)
        elif isinstance(balancer, ConsistentHash) and balancer.source_ip:
            why = "callers are hashed by address, so one client meets one pod"
            what = f"pods of version {version.name}"
            yield Unmeasured(str(version.workload), what, declared=str(version.replicas), why=why)
        else:
            yield Replicas(version=version)
