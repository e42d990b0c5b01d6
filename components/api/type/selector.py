# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's type/v1beta1/selector.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.message import Message

__all__ = ["PolicyTargetReference", "PortSelector", "WorkloadMode", "WorkloadSelector"]


class WorkloadMode(Enum):
    """Workload mode."""

    UNDEFINED = "UNDEFINED"
    CLIENT = "CLIENT"
    SERVER = "SERVER"
    CLIENT_AND_SERVER = "CLIENT_AND_SERVER"


class WorkloadSelector(Message, frozen=True, kw_only=True):
    """Workloads by their labels."""

    match_labels: Mapping[str, str] = {}
    """Labels that a workload's pods must all have; empty: every workload. At most 4096 entries."""


class PortSelector(Message, frozen=True, kw_only=True):
    """Port selector."""

    number: int | None = None
    """Number: a whole number. Required. 1 to 65535."""


class PolicyTargetReference(Message, frozen=True, kw_only=True):
    """A gateway, service or the like that a policy is attached to."""

    group: str | None = None
    """Its API group; empty for the core group. At most 253 characters."""
    kind: str | None = None
    """Its kind, such as Gateway or Service. Required. 1 to 63 characters."""
    name: str | None = None
    """Its name. Required. 1 to 253 characters."""
    namespace: str | None = None
    """Must not be set: only objects of the same namespace."""
