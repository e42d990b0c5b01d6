"""A dash too many makes two rules of what was meant as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.security.authorization_policy import Rule

CHECK = Check(
    code="M0609",
    title="two rules that look like one split by a dash",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
)

FOR_ALL = re.compile(
    r"/?\*?/?.*(health|ready|live|status|metrics|ping|version|public|well-known|favicon)", re.IGNORECASE
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Policies of one rule with from alone and one with to alone. Source: istio.io, Security Problems."""
    for policy in snapshot.authorization_policies:
        if len(policy.spec.rules) != 2:
            continue
        first, second = policy.spec.rules
        if first.from_ and not first.to and not first.when and second.to and not second.from_ and not second.when:
            yield CHECK.found(
                policy,
                "spec.rules[1]",
                "one rule has only from and the next only to: each is met by itself, so the second is met whoever"
                " sends, and the first whatever is sent",
                "Write from and to under one dash when both are meant together.",
                severity=Severity.INFO if _is_for_all(second) else None,
            )


def _is_for_all(rule: Rule) -> bool:
    operations = [each.operation for each in rule.to if each.operation is not None]
    return bool(operations) and all(each.paths and all(map(FOR_ALL.match, each.paths)) for each in operations)
