"""An AuthorizationPolicy names a trust domain that the mesh does not know."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import local_trust_domains, principals_of, read_principal, sources_of
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0620",
    title="an AuthorizationPolicy names a trust domain that the mesh does not know",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0108",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Trust domains of principals and trustDomains that are none of this mesh. Source: KIA0108."""
    known = local_trust_domains(snapshot)
    for policy in snapshot.authorization_policies:
        for field, domain in _named(policy.spec):
            if domain in known or "*" in domain:
                continue
            sure = snapshot.mesh_config.given
            doubt = (
                ""
                if sure
                else "; but no mesh configuration is among these documents, so this could not be told for sure"
            )
            yield CHECK.found(
                policy,
                field,
                f"the trust domain {domain} is neither this mesh's own nor one of its aliases{doubt}",
                f"Known: {', '.join(sorted(known))}. Name one of them, or add it to trustDomainAliases.",
                severity=None if sure else Severity.INFO,
            )


def _named(spec: AuthorizationPolicy) -> Iterator[tuple[str, str]]:
    for field, value in principals_of(spec):
        principal = read_principal(value)
        if principal is not None:
            yield field, principal.trust_domain
    for path, source in sources_of(spec):
        for key, domains in (("trustDomains", source.trust_domains), ("notTrustDomains", source.not_trust_domains)):
            for index, domain in enumerate(domains):
                yield f"{path}.{key}[{index}]", domain
