"""Who a caller proves to be by mutual TLS: the identity that its service account gives it."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from components.model.names import require_label

if TYPE_CHECKING:
    from components.model.gateway import Gateway
    from components.model.workload import Workload


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """The account of a caller that this program does not declare, such as a job of another team.

    Raises `ValueError` for a name that Kubernetes would refuse.
    """

    name: str
    _: KW_ONLY
    namespace: str

    def __post_init__(self) -> None:
        require_label("the service account's name", self.name)
        require_label(f"the namespace of service account {self.name!r}", self.namespace)

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}"

    @property
    def identity(self) -> Identity:
        """What a caller who runs under this account proves to be."""
        return Identity(self)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the certificate of a caller's proxy says; taken from a workload, a gateway or a service account.

    All versions of a workload share one, and so do all gateways: the ingress gateway's Envoys serve every one of them.
    """

    of: Workload | Gateway | ServiceAccount

    def __str__(self) -> str:
        return f"the identity of {self.of}"
