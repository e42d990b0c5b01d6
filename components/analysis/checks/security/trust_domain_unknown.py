"""An AuthorizationPolicy names a trust domain that the mesh does not know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

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
    config = snapshot.mesh_config
    # Only in a principal does istiod read cluster.local as the mesh's own (trustdomain/bundle.go).
    as_named = frozenset({config.trust_domain or "cluster.local", *config.trust_domain_aliases})
    for policy in snapshot.authorization_policies:
        principals = ((field, domain, known) for field, domain in _of_principals(policy.spec))
        domains = ((field, domain, as_named) for field, domain in _listed(policy.spec))
        for field, domain, allowed in chain(principals, domains):
            if domain in allowed or "*" in domain:
                continue
            sure = config.given
            doubt = (
                ""
                if sure
                else "; but no mesh configuration is among these documents, so this could not be told for sure"
            )
            yield CHECK.found(
                policy,
                field,
                f"the trust domain {domain} is neither this mesh's own nor one of its aliases{doubt}",
                f"Known: {', '.join(sorted(allowed))}. Name one of them, or add it to trustDomainAliases.",
                severity=None if sure else Severity.INFO,
            )


def _of_principals(spec: AuthorizationPolicy) -> Iterator[tuple[str, str]]:
    for field, value in principals_of(spec):
        principal = read_principal(value)
        if principal is not None:
            yield field, principal.trust_domain


def _listed(spec: AuthorizationPolicy) -> Iterator[tuple[str, str]]:
    for path, source in sources_of(spec):
        for key, domains in (("trustDomains", source.trust_domains), ("notTrustDomains", source.not_trust_domains)):
            for index, domain in enumerate(domains):
                yield f"{path}.{key}[{index}]", domain
