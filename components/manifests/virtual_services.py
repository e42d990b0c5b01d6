"""Which requests go where: one VirtualService a host, its routes in the order in which they were declared."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.virtual_service import (
    Destination as DestinationReference,
)
from components.api.networking.virtual_service import (
    HTTPFaultInjection,
    HTTPMatchRequest,
    HTTPRetry,
    HTTPRoute,
    HTTPRouteDestination,
    Percent,
    PortSelector,
    StringMatch,
    VirtualService,
)
from components.manifests.names import (
    MESH_GATEWAY,
    gateway_reference,
    service_host,
    subset_name,
    virtual_service_name,
)
from components.model import (
    Abort,
    Condition,
    Delay,
    Header,
    NoRetry,
    Path,
    PathPrefix,
    PathRegex,
    Retry,
    Route,
    Workload,
)
from components.model import Percent as Share
from components.model import VirtualService as DeclaredService
from components.model.routing import Destination, workload_of


def virtual_service(declared: DeclaredService) -> Resource[VirtualService]:
    host = declared.host
    # A host's routes live beside the workload that they reach, where its owner may edit them.
    namespace = host.namespace if isinstance(host, Workload) else declared.routes[-1].workload.namespace
    return Resource(
        metadata=ObjectMeta(name=virtual_service_name(host), namespace=namespace),
        spec=VirtualService(
            hosts=(service_host(host) if isinstance(host, Workload) else host.name,),
            gateways=(MESH_GATEWAY if isinstance(host, Workload) else gateway_reference(host.gateway),),
            http=tuple(_http_route(route) for route in declared.routes),
        ),
    )


def _http_route(route: Route) -> HTTPRoute:
    weighted = len(route.to.weights) > 1
    return HTTPRoute(
        name=route.name,
        match=(_match(route.when),) if route.when else (),
        route=tuple(
            HTTPRouteDestination(destination=_reference(destination), weight=weight if weighted else None)
            for destination, weight in route.to.weights
        ),
        fault=_fault(route),
        timeout=route.timeout,
        retries=_retries(route.retry),
    )


def _reference(destination: Destination) -> DestinationReference:
    workload = workload_of(destination)
    return DestinationReference(
        host=service_host(workload),
        subset=subset_name(destination),
        port=PortSelector(number=workload.service_port),
    )


def _match(when: tuple[Condition, ...]) -> HTTPMatchRequest:
    paths = [condition for condition in when if not isinstance(condition, Header)]
    headers = {condition.name: _header(condition) for condition in when if isinstance(condition, Header)}
    return HTTPMatchRequest(uri=_path(paths[0]) if paths else None, headers=headers)


def _path(path: Path | PathPrefix | PathRegex) -> StringMatch:
    if isinstance(path, Path):
        return StringMatch(exact=path.value)
    return StringMatch(prefix=path.value) if isinstance(path, PathPrefix) else StringMatch(regex=path.value)


def _header(header: Header) -> StringMatch:
    return StringMatch(exact=header.value, prefix=header.prefix, regex=header.regex)


def _fault(route: Route) -> HTTPFaultInjection | None:
    if route.delay is None and route.abort is None:
        return None
    return HTTPFaultInjection(
        delay=_delay(route.delay) if route.delay else None, abort=_abort(route.abort) if route.abort else None
    )


def _delay(delay: Delay) -> HTTPFaultInjection.Delay:
    return HTTPFaultInjection.Delay(fixed_delay=delay.of, percentage=_percent(delay.on))


def _abort(abort: Abort) -> HTTPFaultInjection.Abort:
    return HTTPFaultInjection.Abort(http_status=abort.http_status, percentage=_percent(abort.on))


def _percent(share: Share) -> Percent:
    return Percent(value=share.value)


def _retries(retry: Retry | NoRetry) -> HTTPRetry:
    if isinstance(retry, NoRetry):
        return HTTPRetry(attempts=0)
    return HTTPRetry(
        attempts=retry.attempts,
        retry_on=",".join(retry.on),
        per_try_timeout=retry.per_try_timeout,
    )
