"""no-fault-in-prod: a production stack injects no faults."""

from __future__ import annotations

from collections.abc import Iterator

from components.api.networking.virtual_service import HTTPFaultInjection, VirtualService
from policy.declaration import Level, Policy, Scope, Settings
from policy.paths import ANY, Path
from policy.stack_documents import StackDocuments
from policy.violation import Outcome, Violation, not_known, unreadable

__all__ = ["POLICY"]

FAULT: Path = ("spec", "http", ANY, "fault")


def check(stack: StackDocuments, settings: Settings) -> Iterator[Outcome]:
    """A violation for each rule of a VirtualService that delays or aborts requests."""
    yield from unreadable(stack, "VirtualService")
    for read, spec in stack.of(VirtualService):
        for place, rule in enumerate(spec.http):
            if rule.fault is None:
                continue
            yield Violation(
                read.subject,
                f"spec.http[{place}].fault",
                f"rule {rule.name or place} injects {_written(rule.fault)}, and stack {stack.stack!r} is a production "
                f"stack (`stacks` is {', '.join(settings.stacks)})",
                "A production stack injects no faults: leave the fault out there, as `rehearseFailures: false` does, or "
                "rehearse in a stack that the policy's `stacks` does not name.",
            )
        yield from not_known(read, FAULT)


def _written(fault: HTTPFaultInjection) -> str:
    delay, abort = fault.delay, fault.abort
    parts = []
    if delay is not None:
        parts.append(f"a delay of {delay.fixed_delay or delay.exponential_delay or 'no stated time'}")
    if abort is not None:
        answer = abort.http_status or abort.grpc_status or abort.http2_error
        parts.append(f"an abort with {answer or 'no stated status'}")
    return " and ".join(parts) or "a fault without delay and abort"


POLICY = Policy(
    name="no-fault-in-prod",
    description="A production stack injects no faults into requests.",
    level=Level.MANDATORY,
    scope=Scope.OBJECT,
    settings=Settings(stacks=("prod",)),
    check=check,
)
