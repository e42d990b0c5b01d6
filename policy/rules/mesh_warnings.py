"""mesh-warnings: what components.analysis warns of. A policy of its own, because a policy has one level for all it says."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis import Severity
from policy.declaration import Level, Policy, Scope
from policy.rules.mesh_findings import FindingSettings, outcomes
from policy.stack_documents import StackDocuments
from policy.violation import Outcome

__all__ = ["POLICY"]


def check(stack: StackDocuments, settings: FindingSettings) -> Iterator[Outcome]:
    """A violation for each finding of severity warning or info."""
    return outcomes(stack, settings, Severity.WARNING, Severity.INFO)


POLICY = Policy(
    name="mesh-warnings",
    description="Nothing in the stack's documents is a surprise by the checks of components.analysis.",
    level=Level.ADVISORY,
    scope=Scope.STACK,
    settings=FindingSettings(),
    check=check,
)
