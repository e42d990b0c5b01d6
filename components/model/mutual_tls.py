"""Whether plain text is taken, for the whole mesh and where a namespace, a workload or a port differs from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from components.model.places import Namespace, in_words
from components.model.workload import Workload


class MutualTLS(Enum):
    """Whether a workload takes requests that are not mutual TLS: never, as well as mutual TLS, or nothing else."""

    STRICT = "STRICT"
    PERMISSIVE = "PERMISSIVE"
    DISABLE = "DISABLE"
    UNSET = "UNSET"
    """As the cluster has it already, for a mesh beside others: a mesh-wide mode is one object, and has one owner."""


@dataclass(frozen=True, slots=True, init=False)
class MutualTLSRule:
    """A namespace or a workload that differs from the mesh, or from its namespace, in all ports or in single ones.

    `ports` are those that the workload's container listens on, not the Service's. `mode` None leaves all other ports as
    the parent says. What callers do follows by itself; see docs/model/security.md.

    Raises `ValueError` for a rule that changes nothing, for UNSET, for ports of a namespace, or for a port that is none.
    """

    of: Namespace | Workload
    mode: MutualTLS | None
    ports: tuple[tuple[int, MutualTLS], ...]

    def __init__(
        self,
        of: Namespace | Workload,
        mode: MutualTLS | None = None,
        *,
        ports: Mapping[int, MutualTLS] | Sequence[tuple[int, MutualTLS]] = (),
    ) -> None:
        pairs = tuple(ports.items()) if isinstance(ports, Mapping) else tuple((port, each) for port, each in ports)
        for attribute, value in (("of", of), ("mode", mode), ("ports", pairs)):
            object.__setattr__(self, attribute, value)
        if mode is None and not pairs:
            raise ValueError(
                f"the mutual TLS rule of {in_words(of)} changes nothing; give it a mode, a mode for some ports, or both"
            )
        if MutualTLS.UNSET in (mode, *(each for _, each in pairs)):
            raise ValueError(
                f"the mutual TLS rule of {in_words(of)} has the mode UNSET, which is a Mesh's only; leave the mode or the "
                "port out to have what holds around it"
            )
        if pairs and isinstance(of, Namespace):
            raise ValueError(
                f"the mutual TLS rule of {in_words(of)} has a mode for port {pairs[0][0]}; Istio takes ports for a "
                "workload only. Make a rule for each workload that listens there"
            )
        numbers = [port for port, _ in pairs]
        for port in numbers:
            if not 1 <= port <= 65535:
                raise ValueError(f"the mutual TLS rule of {in_words(of)} is for port {port}; a port is from 1 to 65535")
            if numbers.count(port) > 1:
                raise ValueError(f"the mutual TLS rule of {in_words(of)} has two modes for port {port}; give it one")
        if isinstance(of, Workload) and of.service_port != of.port and of.service_port in numbers:
            raise ValueError(
                f"the mutual TLS rule of {in_words(of)} is for port {of.service_port}, which is its Service's; a "
                f"container's port is meant, which is {of.port}"
            )

    def mode_of(self, port: int) -> MutualTLS | None:
        """What the rule says of a container's port; None when it leaves it as it was."""
        return dict(self.ports).get(port, self.mode)
