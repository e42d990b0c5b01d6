"""A transport over a simulated mesh: proxies that route, inject, balance and eject as Envoy does, in simulated time."""

from __future__ import annotations

import heapq
import random
import zlib
from collections import defaultdict
from collections.abc import Mapping

from components.experiments.answers import load_balancer_of, versions_in
from components.experiments.matching import routed
from components.experiments.traffic import Batch, Client, Request, Sample, Samples
from components.model import (
    ConsistentHash,
    Destination,
    GatewayHost,
    Mesh,
    MutualTLS,
    RoundRobin,
    VirtualService,
    Workload,
)

from .meshes import ENTRANCES

Endpoint = tuple[str, str]
"""Version and pod."""


class SimulatedMesh:
    """What `mesh` does. `fails` names the versions that wait so many seconds and then answer 504."""

    def __init__(self, mesh: Mesh, *, seed: int, fails: Mapping[str, float] | None = None) -> None:
        self._mesh = mesh
        self._fails = {"504": 0.5} if fails is None else fails
        self._random = random.Random(seed)
        self._turns: defaultdict[tuple[Client, str], int] = defaultdict(int)
        self._errors: defaultdict[tuple[Client, str, str], int] = defaultdict(int)
        self._out_until: dict[tuple[Client, str, str], float] = {}
        self._now = 0.0

    async def send(self, batch: Batch) -> Samples:
        assert batch.rate is not None
        start, samples = self._now, []
        arriving: list[tuple[float, tuple[Client, str, str], bool]] = []
        for number in range(batch.count):
            at = start + number / batch.rate
            while arriving and arriving[0][0] <= at:
                self._count(*heapq.heappop(arriving))
            request = batch.requests[number % len(batch.requests)]
            sample, watched = self._answer(batch, request, at)
            if watched is not None:
                heapq.heappush(arriving, (at + sample.latency, watched, sample.gateway_error))
            samples.append(sample)
        while arriving:
            self._count(*heapq.heappop(arriving))
        self._now = max(sample.at + sample.latency for sample in samples)
        return tuple(samples)

    def _answer(self, batch: Batch, request: Request, at: float) -> tuple[Sample, tuple[Client, str, str] | None]:
        host = request.header("host")
        if host is None and batch.client is Client.OUTSIDE:
            return self._plain(request, at), None
        service = self._service(host)
        if service is None:
            return self._sample(request, at, status=404), None
        route = routed(service, request)
        assert route is not None
        held = 0.0
        if route.delay and self._random.random() < route.delay.on.share:
            held = route.delay.of.total_seconds() + self._random.uniform(0, 0.003)
        if route.abort and self._random.random() < route.abort.on.share:
            aborted = self._sample(request, at, status=route.abort.http_status, held=held, body="fault filter abort")
            return aborted, None
        destinations = [destination for destination, _ in route.to.weights]
        chosen = self._random.choices(destinations, [weight for _, weight in route.to.weights])[0]
        return self._from_cluster(batch.client, chosen, request, at, held)

    def _from_cluster(
        self, client: Client, destination: Destination, request: Request, at: float, held: float
    ) -> tuple[Sample, tuple[Client, str, str] | None]:
        cluster = f"{type(destination).__name__} {destination}"
        endpoints = [e for e in self._endpoints(destination) if self._out_until.get((client, cluster, e[1]), 0) <= at]
        if not endpoints:
            return self._sample(request, at, status=503, held=held, body="no healthy upstream"), None
        endpoint = self._pick(client, cluster, destination, endpoints, request)
        return self._served(request, at, endpoint, held), (client, cluster, endpoint[1])

    def _pick(
        self, client: Client, cluster: str, destination: Destination, endpoints: list[Endpoint], request: Request
    ) -> Endpoint:
        balancer = load_balancer_of(self._mesh, destination)
        if isinstance(balancer, ConsistentHash) and request.header(balancer.header or "") is not None:
            return endpoints[zlib.crc32(str(request.header(balancer.header or "")).encode()) % len(endpoints)]
        if isinstance(balancer, RoundRobin):
            self._turns[client, cluster] += 1
            return endpoints[self._turns[client, cluster] % len(endpoints)]
        return self._random.choice(endpoints)

    def _plain(self, request: Request, at: float) -> Sample:
        if self._mesh.mutual_tls is MutualTLS.STRICT:
            return self._sample(request, at, status=0, error=f'Get "{request.origin}": read: connection reset by peer')
        workload = next(w for w in self._mesh.workloads if ENTRANCES.of(w) == request.origin)
        return self._served(request, at, self._random.choice(self._endpoints(workload)), 0.0)

    def _served(self, request: Request, at: float, endpoint: Endpoint, held: float) -> Sample:
        version, pod = endpoint
        wait = self._fails.get(version, 0.0)
        status = 504 if version in self._fails else 200
        return self._sample(request, at, status=status, held=held, wait=wait, version=version, pod=pod)

    def _sample(
        self,
        request: Request,
        at: float,
        *,
        status: int,
        held: float = 0.0,
        wait: float = 0.0,
        version: str | None = None,
        pod: str | None = None,
        body: str = "",
        error: str = "",
    ) -> Sample:
        upstream = wait + 0.001 if version else None
        return Sample(
            request=request,
            at=at,
            latency=held + (upstream or 0) + self._random.uniform(0.001, 0.004),
            status=status,
            version=version,
            pod=pod,
            body=body,
            upstream=upstream,
            error=error,
        )

    def _endpoints(self, destination: Destination) -> list[Endpoint]:
        names = versions_in(self._mesh, destination)
        workload = destination if isinstance(destination, Workload) else destination.workload
        return [
            (version.name, f"{workload.name}-{version.name}-{number}")
            for version in self._mesh.versions_of(workload)
            if version.name in names
            for number in range(version.replicas)
        ]

    def _service(self, host: str | None) -> VirtualService | None:
        for service in self._mesh.virtual_services:
            if (str(service.host) == host) if host else not isinstance(service.host, GatewayHost):
                return service
        if host is not None:
            return None
        workload = self._mesh.workloads[0]
        from components.model import Route

        return VirtualService(workload, [Route("istio-default", to=workload)])

    def _count(self, at: float, watched: tuple[Client, str, str], failed: bool) -> None:
        policy = self._mesh.policies[0] if self._mesh.policies else None
        detection = policy.circuit_breaker.outlier_detection if policy and policy.circuit_breaker else None
        self._errors[watched] = self._errors[watched] + 1 if failed else 0
        limit = detection.consecutive_gateway_errors if detection else None
        if detection and limit and self._errors[watched] >= limit:
            self._errors[watched] = 0
            self._out_until[watched] = at + detection.base_ejection_time.total_seconds()
