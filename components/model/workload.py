"""Workloads and their versions: what runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from types import MappingProxyType

from components.model.identity import Identity
from components.model.names import require_label
from components.model.protocols import Protocol


@dataclass(frozen=True, slots=True)
class Resources:
    """What one container asks of its node and may use at most, in Kubernetes' quantities (`100m`, `64Mi`)."""

    _: KW_ONLY
    cpu_request: str = "10m"
    cpu_limit: str = "500m"
    memory_request: str = "16Mi"
    memory_limit: str = "64Mi"


@dataclass(frozen=True, slots=True)
class Workload:
    """One program in one or more versions, behind one Kubernetes Service.

    `name` is the label `app` and the first part of every object's name; `service` the Service's name (default: `name`);
    `port` the port the container listens on; `service_port` the one callers use; `protocol` what is spoken there;
    `health_path` what the kubelet asks to know whether a pod lives and may get requests (None: `/healthz` where HTTP is
    spoken; elsewhere, that the port takes a connection).

    Raises `ValueError` for a name or port that Kubernetes would refuse.
    """

    name: str
    _: KW_ONLY
    namespace: str
    port: int
    service: str = ""
    service_port: int = 80
    protocol: Protocol = Protocol.HTTP
    health_path: str | None = None

    def __post_init__(self) -> None:
        if not self.service:
            object.__setattr__(self, "service", self.name)
        if self.health_path is None and self.protocol is Protocol.HTTP:
            object.__setattr__(self, "health_path", "/healthz")
        require_label("the workload's name", self.name)
        require_label(f"the namespace of workload {self.name!r}", self.namespace)
        require_label(f"the service of workload {self.name!r}", self.service)
        for what, port in (("port", self.port), ("service_port", self.service_port)):
            if not 1 <= port <= 65535:
                raise ValueError(f"the {what} of workload {self.name!r} is {port}; a port is from 1 to 65535")
        if self.health_path is not None and not self.health_path.startswith("/"):
            raise ValueError(
                f"the health_path of workload {self.name!r} is {self.health_path!r}; a path starts with '/'"
            )

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> Identity:
        """Who its pods prove to be when they call others: what access rules tell callers apart by."""
        return Identity(self)

    def version(
        self,
        name: str,
        *,
        replicas: int = 1,
        min_available: int | None = None,
        env: Mapping[str, str] | None = None,
        resources: Resources | None = None,
    ) -> Version:
        """One version of this workload; see `Version` for what the arguments mean."""
        return Version(
            name,
            workload=self,
            replicas=replicas,
            min_available=min_available,
            env=env or {},
            resources=resources or Resources(),
        )


@dataclass(frozen=True, slots=True)
class Version:
    """The pods of a workload that carry one value of the label `version`; made by `Workload.version`.

    `replicas` pods run; `min_available` of them survive a drained node (a PodDisruptionBudget; None means no budget);
    `env` is the container's environment.

    Raises `ValueError` for a name that is no DNS label, no replica, or a budget that would forbid every eviction.
    """

    name: str
    _: KW_ONLY
    workload: Workload
    replicas: int = 1
    min_available: int | None = None
    env: Mapping[str, str] = field(default_factory=dict, hash=False)
    resources: Resources = Resources()

    def __post_init__(self) -> None:
        object.__setattr__(self, "env", MappingProxyType(dict(self.env)))
        what = f"the version of workload {self.workload.name!r}"
        require_label(what, self.name)
        require_label(f"{what}, with the workload's name before it,", f"{self.workload.name}-{self.name}")
        if self.replicas < 1:
            raise ValueError(f"{what} {self.name!r} has {self.replicas} replicas; give 1 or more, or leave it out")
        if self.min_available is not None and not 1 <= self.min_available < self.replicas:
            raise ValueError(
                f"{what} {self.name!r} keeps {self.min_available} of {self.replicas} pods available; a budget must leave "
                f"at least one to evict, so it is from 1 to {self.replicas - 1}. Add replicas or lower min_available"
            )

    def __str__(self) -> str:
        return f"{self.workload.name} {self.name}"
