"""strict-mtls: every workload takes mutual TLS only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from components.api.security.peer_authentication import PeerAuthentication
from policy.declaration import Level, Policy, Scope, Settings
from policy.hosts import NAMESPACE
from policy.paths import ANY, Path
from policy.pods import injected, pods
from policy.stack_documents import Read, StackDocuments, Subject
from policy.violation import Outcome, Violation, not_known, unreadable

__all__ = ["POLICY", "StrictMTLSSettings"]

Mode = PeerAuthentication.MutualTLS.Mode
NEEDED: tuple[Path, ...] = (
    ("spec", "mtls", "mode"),
    ("spec", "portLevelMtls", ANY, "mode"),
    ("spec", "selector"),
    NAMESPACE,
)
REMEDY = "STRICT is allowed, or UNSET below a STRICT one: set STRICT"


class StrictMTLSSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What strict-mtls may be told."""

    root_namespace: Annotated[
        str, Meta(description="Where a PeerAuthentication holds for the whole mesh (MeshConfig's rootNamespace).")
    ] = "istio-system"


@dataclass(frozen=True, kw_only=True)
class _Wide:
    """What PeerAuthentications without a selector say of a namespace; None where none says anything."""

    mode: Mode | None = None
    unknown: bool = False


def check(stack: StackDocuments, settings: StrictMTLSSettings) -> Iterator[Outcome]:
    """A violation for each mode that takes plain text, and for each namespace of workloads that no STRICT one covers."""
    yield from unreadable(stack, "PeerAuthentication")
    for read, spec in stack.of(PeerAuthentication):
        yield from _lax_modes(read, spec)
        yield from not_known(read, *NEEDED)
    for each in pods(stack):
        yield from not_known(each.of, NAMESPACE)
    mesh = _wide(stack, settings.root_namespace)
    for subject in _namespaces(stack, settings):
        own = _wide(stack, subject.name)
        if own.mode is None and mesh.mode is None and not own.unknown and not mesh.unknown:
            yield Violation(
                subject,
                "metadata.name",
                f"its workloads take plain text: no PeerAuthentication without selector, in it or in "
                f"{settings.root_namespace}, says STRICT, and Istio's default is PERMISSIVE",
                f"Declare STRICT for the mesh (a PeerAuthentication without selector in {settings.root_namespace}) or for "
                "the namespace.",
            )


def _lax_modes(read: Read, spec: PeerAuthentication) -> Iterator[Violation]:
    fields = [("spec.mtls.mode", spec.mtls)]
    fields += [(f"spec.portLevelMtls[{port}].mode", given) for port, given in spec.port_level_mtls.items()]
    for field, given in fields:
        if given is not None and given.mode in (Mode.PERMISSIVE, Mode.DISABLE):
            accepted = "plain text too" if given.mode is Mode.PERMISSIVE else "plain text only"
            yield Violation(
                read.subject,
                field,
                f"{given.mode.value} takes {accepted}",
                f"{REMEDY} once every caller has a sidecar.",
            )


def _wide(stack: StackDocuments, namespace: str) -> _Wide:
    unknown = False
    for read, spec in stack.of(PeerAuthentication):
        if any(read.missing(NAMESPACE)):
            unknown = True
            continue
        if read.subject.namespace != namespace or (spec.selector and spec.selector.match_labels):
            continue
        unknown = unknown or any(read.missing(*NEEDED))
        if spec.mtls is not None and spec.mtls.mode not in (None, Mode.UNSET):
            return _Wide(mode=spec.mtls.mode)
    return _Wide(unknown=unknown)


def _namespaces(stack: StackDocuments, settings: StrictMTLSSettings) -> Iterator[Subject]:
    """Those with workloads of the mesh; gateways take what comes from outside, and are no workloads of it."""
    urns = {read.subject.name: read.subject.urn for read in stack if read.subject.kind == "Namespace"}
    found = {
        each.of.subject.namespace for each in pods(stack) if not each.is_gateway and not any(each.of.missing(NAMESPACE))
    }
    for name in sorted(found):
        if injected(stack, name, settings.root_namespace):
            yield Subject(kind="Namespace", name=name, urn=urns.get(name, ""))


POLICY = Policy(
    name="strict-mtls",
    description="Every workload of the mesh takes mutual TLS only.",
    level=Level.MANDATORY,
    scope=Scope.STACK,
    settings=StrictMTLSSettings(stacks=("prod",)),
    check=check,
)
