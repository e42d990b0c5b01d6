"""no-wildcard-host-on-public-gateway: what is open to the outside names its hosts."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated

from msgspec import Meta

from components.api.gateway_api.gateway import GatewaySpec
from components.api.networking.gateway import Gateway
from policy.declaration import Level, Policy, Scope, Settings
from policy.paths import ANY, Path, written
from policy.stack_documents import Read, StackDocuments
from policy.violation import Outcome, Violation, not_known, unreadable

__all__ = ["POLICY", "WildcardSettings"]

NAMELESS = ("TCP", "MONGO", "UDP")
"""Protocols whose connections name no host, so that `*` is all there is."""
INTERNAL_CLASSES = ("istio-waypoint", "istio-east-west")
SERVICE_TYPE = "networking.istio.io/service-type"
NEEDED: tuple[Path, ...] = (("spec", "servers", ANY, "hosts"), ("spec", "listeners", ANY, "hostname"))
REMEDY = (
    "Name the hosts that are served, so that a route for another can not be opened by mistake; a wildcard that is meant "
    "goes into the policy's `allowed`"
)


class WildcardSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What no-wildcard-host-on-public-gateway may be told."""

    allowed: Annotated[
        tuple[str, ...],
        Meta(description='Wildcard hosts that may be served, as they are written: "*.apps.example.com".'),
    ] = ()
    internal: Annotated[
        tuple[str, ...],
        Meta(description="Patterns of label=value; a Gateway whose selector has one of them is not public."),
    ] = ("istio=egress*", "istio=eastwest*")


def check(stack: StackDocuments, settings: WildcardSettings) -> Iterator[Outcome]:
    """A violation for each host with a `*`, of Istio's Gateways and of the Gateway API's."""
    yield from unreadable(stack, "Gateway")
    for read, spec in stack.of(Gateway):
        if not _is_internal(spec, settings):
            yield from _servers(read, spec, settings)
            yield from not_known(read, *NEEDED)
    for read, routed in stack.of(GatewaySpec):
        public = read.declared.annotations.get(SERVICE_TYPE) != "ClusterIP"
        if public and routed.gateway_class_name not in INTERNAL_CLASSES:
            yield from _listeners(read, routed, settings)
            yield from not_known(read, *NEEDED)


def _servers(read: Read, spec: Gateway, settings: WildcardSettings) -> Iterator[Violation]:
    for place, server in enumerate(spec.servers):
        if server.port is not None and (server.port.protocol or "").upper() in NAMELESS:
            continue
        for position, given in enumerate(server.hosts):
            host = given.rpartition("/")[2]
            if host.startswith("*") and host not in settings.allowed:
                yield _violation(read, f"spec.servers[{place}].hosts[{position}]", f"{given!r}", settings)


def _listeners(read: Read, spec: GatewaySpec, settings: WildcardSettings) -> Iterator[Violation]:
    missing = list(read.missing(("spec", "listeners", ANY, "hostname")))
    for place, listener in enumerate(spec.listeners):
        if (listener.protocol or "").upper() in NAMELESS:
            continue
        host, at = listener.hostname or "*", ("spec", "listeners", place, "hostname")
        if host.startswith("*") and host not in settings.allowed and at not in missing:
            said = f"{host!r}" if listener.hostname else "no hostname, which is every one,"
            yield _violation(read, written(at), said, settings)


def _violation(read: Read, field: str, given: str, settings: WildcardSettings) -> Violation:
    allowed = f" ({', '.join(settings.allowed)} now)" if settings.allowed else ""
    return Violation(read.subject, field, f"{given} is a wildcard on a gateway to the outside", f"{REMEDY}{allowed}.")


def _is_internal(spec: Gateway, settings: WildcardSettings) -> bool:
    pairs = [f"{label}={value}" for label, value in spec.selector.items()]
    return any(fnmatchcase(pair, pattern) for pair in pairs for pattern in settings.internal)


POLICY = Policy(
    name="no-wildcard-host-on-public-gateway",
    description="A gateway to the outside names the hosts that it serves.",
    level=Level.MANDATORY,
    scope=Scope.OBJECT,
    settings=WildcardSettings(),
    check=check,
)
