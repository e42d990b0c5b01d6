"""A CUSTOM policy names a provider that the mesh does not have."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.providers import authorization_providers
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0610",
    title="a CUSTOM policy names a provider that the mesh does not have",
    severity=Severity.ERROR,
    reads=("AuthorizationPolicy",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """CUSTOM policies whose provider is not in extensionProviders. Source: istio.io, External Authorization; pilot
    denies all where it finds none.
    """
    known = authorization_providers(snapshot)
    for policy in snapshot.authorization_policies:
        provider = policy.spec.provider
        name = provider.name if provider is not None else None
        if policy.spec.action is not AuthorizationPolicy.Action.CUSTOM or not name or name in known:
            continue
        sure = snapshot.mesh_config.given
        doubt = (
            "" if sure else "; but no mesh configuration is among these documents, so this could not be told for sure"
        )
        allowed = f"Allowed: {', '.join(sorted(known))}. " if known else ""
        yield CHECK.found(
            policy,
            "spec.provider.name",
            f"the mesh has no provider of authorization named {name}, so all these requests are denied{doubt}",
            f"{allowed}Add it to extensionProviders, as envoyExtAuthzHttp or envoyExtAuthzGrpc.",
            severity=None if sure else Severity.INFO,
        )
