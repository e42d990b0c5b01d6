"""What the security, telemetry and scope of a mesh must agree on; each part alone may be right and all together not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from components.model.access import Access, AccessRule, RequireJWT
from components.model.conditions import From, Port
from components.model.external_services import ExternalDestination, ExternalService
from components.model.gateway import Gateway
from components.model.identity import ServiceAccount
from components.model.mutual_tls import MutualTLS
from components.model.places import Namespace, Place, WholeMesh, covers, in_words
from components.model.requests import Requests
from components.model.split import workload_of
from components.model.workload import Workload

if TYPE_CHECKING:
    from components.model.mesh import Mesh


def require_agreement(mesh: Mesh) -> None:
    """Raise `ValueError` for the first two parts that contradict each other, or for one that names what is not there."""
    for what, place in _places(mesh):
        _require_there(mesh, what, place)
    _refuse_two("mutual TLS rule of", (in_words(rule.of) for rule in mesh.mutual_tls_rules))
    _refuse_two("telemetry of", (_pods(each.of) for each in mesh.telemetry))
    _refuse_two("dependency of", (in_words(each.of) for each in mesh.dependencies))
    _refuse_two("export of", (in_words(each.of) for each in mesh.exports))
    _refuse_two("request authentication", (f"{each.name} of {_where(each.of)}" for each in mesh.authentications))
    _refuse_two("access rule", (f"{rule.name} of {_where(rule.of)}" for rule in mesh.access))
    for rule in mesh.access:
        _require_tokens(mesh, rule)
        if isinstance(rule, Access) and rule.needs_mutual_tls:
            _require_known_callers(mesh, rule)
            _require_mutual_tls(mesh, rule)
    _require_a_way_out(mesh)
    for dependency in mesh.dependencies:
        for target in dependency.on:
            if isinstance(target, Workload):
                _require_there(mesh, f"what {in_words(dependency.of)} depends on", target)
                for reached in _led_to(mesh, target):
                    _require_exported(mesh, dependency.of, reached)
            elif isinstance(target, ExternalService) and target not in mesh.external_services:
                raise ValueError(
                    f"{in_words(dependency.of)} depends on {in_words(target)}, which this mesh does not declare; "
                    "add it to the mesh's external_services"
                )


def _require_a_way_out(mesh: Mesh) -> None:
    for external in mesh.egress_gateway.of if mesh.egress_gateway else ():
        if external not in mesh.external_services:
            raise ValueError(
                f"the egress gateway is for external service {external.name!r}, which this mesh does not declare; "
                "add it to the mesh's external_services"
            )
    for service in mesh.virtual_services:
        host = service.host
        if not isinstance(host, ExternalService) or not mesh.leaves_by_gateway(host):
            continue
        for route in service.all_routes:
            if any(isinstance(condition, (From, Port)) for condition in route.when):
                raise ValueError(
                    f"route {route.name!r} of external service {host.name!r} is told by its caller or port, and it is the "
                    "egress gateway that calls, by a port of its own; leave the condition out, or take the service off it"
                )


def _places(mesh: Mesh) -> Iterator[tuple[str, Place]]:
    yield from (("a mutual TLS rule", rule.of) for rule in mesh.mutual_tls_rules)
    yield from ((f"request authentication {each.name!r}", each.of) for each in mesh.authentications)
    yield from ((f"access rule {rule.name!r}", rule.of) for rule in mesh.access)
    yield from (("telemetry", each.of) for each in mesh.telemetry)
    yield from (("a dependency", each.of) for each in mesh.dependencies)
    yield from (("an export", each.of) for each in mesh.exports)


def _require_there(mesh: Mesh, what: str, place: Place) -> None:
    namespaces = sorted({workload.namespace for workload in mesh.workloads})
    if isinstance(place, Namespace) and place.name not in namespaces:
        raise ValueError(
            f"{what} is for {place}, in which nothing of this mesh runs; its namespaces are {', '.join(namespaces)}"
        )
    if isinstance(place, Workload) and place not in mesh.workloads:
        running = ", ".join(str(workload) for workload in mesh.workloads) or "none"
        raise ValueError(
            f"{what} is for {in_words(place)}, which does not run in this mesh; running are {running}. "
            "Add a version of it to the mesh's versions"
        )


def _where(place: Place) -> str:
    """Objects of one kind and name can not be twice in a namespace; the places in it that share one are alike here."""
    if isinstance(place, Workload):
        return f"namespace {place.namespace!r}"
    return "the gateways" if isinstance(place, Gateway) else str(place)


def _pods(place: Place) -> str:
    """All gateways have the same pods, and two telemetries for one pod are none."""
    return "the gateways" if isinstance(place, Gateway) else in_words(place)


def _refuse_two(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {what} {name} is declared twice; declare it once, or under another name")
        seen.add(name)


def _require_tokens(mesh: Mesh, rule: AccessRule) -> None:
    if isinstance(rule, RequireJWT) and rule.by not in mesh.authentications:
        raise ValueError(
            f"access rule {rule.name!r} needs request authentication {rule.by.name!r}, which is not in this mesh; "
            "add it to the mesh's authentications, or no token is ever good"
        )
    if isinstance(rule, Access) and rule.claims:
        looked_at = [each.of for each in mesh.authentications]
        inside = isinstance(rule.of, Workload) and any(covers(place, rule.of) for place in looked_at)
        if not inside and rule.of not in looked_at and WholeMesh() not in looked_at:
            raise ValueError(
                f"access rule {rule.name!r} is about the claim {rule.claims[0]}, and no token is looked at in "
                f"{in_words(rule.of)}; add a request authentication for it to the mesh's authentications"
            )


def _require_known_callers(mesh: Mesh, rule: Access) -> None:
    for callers in (rule.callers, rule.except_callers):
        for identity in callers.identities if callers else ():
            if not isinstance(identity.of, (ServiceAccount, Gateway)):
                _require_there(mesh, f"a caller in access rule {rule.name!r}", identity.of)


def _require_mutual_tls(mesh: Mesh, rule: Access) -> None:
    if isinstance(rule.of, Gateway):
        raise ValueError(
            f"access rule {rule.name!r} tells callers of {in_words(rule.of)} apart by identity or namespace, and those "
            "outside the mesh have none. Use source_ips, client_ips or claims there"
        )
    for workload in mesh.workloads:
        if covers(rule.of, workload):
            for port in _ports(rule.requests, workload):
                mode = mesh.mutual_tls_of(workload, port)
                if mode is not MutualTLS.STRICT:
                    takes = "may take" if mode is MutualTLS.UNSET else "takes"
                    raise ValueError(
                        f"access rule {rule.name!r} tells callers of {in_words(workload)} apart by identity or namespace, "
                        f"and port {port} {takes} plain text ({mode.value}), in which a caller has none. Make its mutual "
                        "TLS STRICT, or tell callers apart by source_ips or claims"
                    )


def _ports(requests: Requests | None, workload: Workload) -> tuple[int, ...]:
    return tuple(requests.ports) if requests and requests.ports else (workload.port,)


def _led_to(mesh: Mesh, target: Workload) -> tuple[Workload, ...]:
    """The workload, and those that its routes inside the mesh lead on to: whoever calls it must know them all."""
    found = {target: None}
    for service in mesh.virtual_services:
        if service.host == target:
            inside = (each for each in service.destinations if not isinstance(each, ExternalDestination))
            found.update(dict.fromkeys(workload_of(each) for each in inside))
    return tuple(found)


def _require_exported(mesh: Mesh, caller: Workload, target: Workload) -> None:
    for export in mesh.exports:
        known = {target.namespace, *(namespace.name for namespace in export.to)}
        if export.of == target and caller.namespace not in known:
            raise ValueError(
                f"{in_words(caller)} depends on {in_words(target)}, which is not exported to namespace "
                f"{caller.namespace!r}; add it to the export's namespaces"
            )
