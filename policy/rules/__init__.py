"""The policies, one file each; this table is all of them, in the order of docs/policy.md."""

from __future__ import annotations

from typing import Any

from policy.declaration import Policy
from policy.rules import (
    breaker_on_every_workload,
    images_by_digest,
    mesh_findings,
    mesh_warnings,
    no_fault_in_prod,
    no_wildcard_host_on_public_gateway,
    strict_mtls,
    timeout_on_every_workload,
)

__all__ = ["POLICIES"]

POLICIES: tuple[Policy[Any], ...] = (
    no_fault_in_prod.POLICY,
    strict_mtls.POLICY,
    no_wildcard_host_on_public_gateway.POLICY,
    images_by_digest.POLICY,
    breaker_on_every_workload.POLICY,
    timeout_on_every_workload.POLICY,
    mesh_findings.POLICY,
    mesh_warnings.POLICY,
)
