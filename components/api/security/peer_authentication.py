# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's security/v1beta1/peer_authentication.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.message import Message
from components.api.type.selector import WorkloadSelector

__all__ = ["PeerAuthentication"]


class PeerAuthentication(Message, frozen=True, kw_only=True):
    """Whether workloads take plain traffic, mutual TLS or both."""

    class MutualTLS(Message, frozen=True, kw_only=True):
        """Whether mutual TLS is taken, or asked for."""

        class Mode(Enum):
            """Mode of MutualTLS."""

            UNSET = "UNSET"
            DISABLE = "DISABLE"
            PERMISSIVE = "PERMISSIVE"
            STRICT = "STRICT"

        mode: PeerAuthentication.MutualTLS.Mode | None = None
        """STRICT: mutual TLS only; PERMISSIVE: both; DISABLE: plain only; UNSET: as the parent says."""

    selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; in the root namespace, all of the mesh."""
    mtls: PeerAuthentication.MutualTLS | None = None
    """What holds for all ports. Not set: as the namespace, then the mesh, says."""
    port_level_mtls: Mapping[int, PeerAuthentication.MutualTLS] = {}
    """What holds for single ports of the workload (not of the service). At least 1 entries."""
