"""The policies as Pulumi's: what the policy SDK hands over becomes documents, and outcomes become its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pulumi
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from policy.declaration import Policy, Scope
from policy.properties import plain
from policy.rules import POLICIES
from policy.stack_documents import Given, StackDocuments
from policy.violation import Outcome, Unknown

__all__ = ["policies", "serve"]

NAME = "servicex-mesh"
KUBERNETES = "kubernetes:"


class CouldNotTell(UnknownValueError):  # type: ignore[misc]  # the SDK is looked at without its types
    """What the SDK reports as advice whatever the policy's level: something that nobody knows yet."""

    def __init__(self, unknown: Iterable[Unknown]) -> None:
        super().__init__(UNKNOWN_STRING_VALUE, [])
        self.message = "; ".join(map(str, unknown))


def serve() -> None:
    """Answer the engine until it is gone."""
    PolicyPack(NAME, policies())


def policies() -> list[ResourceValidationPolicy | StackValidationPolicy]:
    """Every policy of the table, as the SDK wants them."""
    return [_adapted(policy) for policy in POLICIES]


def _adapted(policy: Policy[Any]) -> ResourceValidationPolicy | StackValidationPolicy:
    validation: Callable[[Any, ReportViolation], None]
    if policy.scope is Scope.OBJECT:

        def of_object(args: ResourceValidationArgs, report: ReportViolation) -> None:
            _report(policy, [args], args.get_config(), report)

        kind, validation = ResourceValidationPolicy, of_object
    else:

        def of_stack(args: StackValidationArgs, report: ReportViolation) -> None:
            _report(policy, args.resources, args.get_config(), report)

        kind, validation = StackValidationPolicy, of_stack
    return kind(
        name=policy.name,
        description=policy.description,
        validate=validation,
        enforcement_level=EnforcementLevel(policy.level.value),
        config_schema=PolicyConfigSchema(properties=policy.schema()),
    )


def _report(policy: Policy[Any], resources: Iterable[Any], config: Mapping[str, Any], report: ReportViolation) -> None:
    documents = StackDocuments.read(pulumi.get_stack(), _given(resources))
    outcomes: tuple[Outcome, ...] = policy.judge(documents, config)
    unknown = [each for each in outcomes if isinstance(each, Unknown)]
    for each in outcomes:
        if not isinstance(each, Unknown):
            report(str(each), each.of.urn or None)
    # Last, for the SDK takes it as the end of the policy.
    if unknown:
        raise CouldNotTell(unknown)


def _given(resources: Iterable[Any]) -> Iterable[Given]:
    for resource in resources:
        if resource.resource_type.startswith(KUBERNETES):
            document, unknown = plain(resource.props, UnknownValueError)
            yield Given(document=document, urn=resource.urn, unknown=unknown)
