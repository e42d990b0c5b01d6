"""A policy that looks at HTTP is enforced by ztunnel, which does not."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import reads_http
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.injection import has_sidecar, namespace_is_ambient
from components.analysis.policies import is_attached, labels_of
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import AuthorizationPolicy

CHECK = Check(
    code="M0943",
    title="a policy looks at HTTP where ztunnel enforces it",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
    kiali="KIA0109, KIA0110, KIA1317",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies of ambient namespaces without targetRefs. ztunnel knows connections only and errs on the safe side: a rule
    of ALLOW that looks at HTTP lets nothing in, one of DENY keeps all out that the rest of it fits. Source: istio.io, Use
    Layer 4 security policy (ambient).
    """
    for policy in snapshot.authorization_policies:
        namespace = snapshot.namespaces.get(policy.namespace)
        if namespace is None or not namespace_is_ambient(namespace) or is_attached(policy.spec):
            continue
        looks = next(((index, key) for index, rule in enumerate(policy.spec.rules) if (key := reads_http(rule))), None)
        selected = snapshot.workloads.selected(labels_of(policy.spec), policy.namespace)
        if looks is None or any(has_sidecar(each, snapshot.namespaces) for each in selected):
            continue
        index, key = looks
        denies = policy.spec.action is AuthorizationPolicy.Action.DENY
        does = "keeps out all that the rest of the rule fits" if denies else "lets nothing in by this rule"
        yield CHECK.found(
            policy,
            f"spec.rules[{index}]",
            f"the rule looks at {key}; namespace {policy.namespace} is in ambient mode, where ztunnel enforces a policy"
            f" without targetRefs and knows connections only, so it {does}",
            "Give targetRefs: a Service of the namespace that has a waypoint, or the waypoint's Gateway.",
        )
