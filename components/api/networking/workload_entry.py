# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1alpha3/workload_entry.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping

from components.api.message import Message

__all__ = ["WorkloadEntry"]


class WorkloadEntry(Message, frozen=True, kw_only=True):
    """A host that is not a pod, such as a virtual machine."""

    address: str | None = None
    """IP address, DNS name, or unix:// and a socket's path. At most 256 characters."""
    ports: Mapping[str, int] = {}
    """Port of the host by name of the service's port. At most 128 entries."""
    labels: Mapping[str, str] = {}
    """Labels, as pods have. At most 256 entries."""
    network: str | None = None
    """Network that the host is in; hosts of another are reached through its gateway. At most 2048
    characters.
    """
    locality: str | None = None
    """Where the host is, as region/zone/subzone. At most 2048 characters."""
    weight: int | None = None
    """Share of requests among the hosts; more gets more."""
    service_account: str | None = None
    """Service account that the host's identity is made of. At most 253 characters."""
