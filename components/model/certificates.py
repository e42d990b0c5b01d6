"""Where a gateway's certificate comes from. An object here refers to one; no key is ever part of a declared mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TypeAlias

from components.model.names import require_host, require_label


@dataclass(frozen=True, slots=True)
class SecretCertificate:
    """A Secret that somebody else makes beside the ingress gateway, with tls.crt and tls.key (and ca.crt for clients).

    Raises `ValueError` for a name that is no DNS label.
    """

    secret: str

    def __post_init__(self) -> None:
        require_label("the certificate's secret", self.secret)


@dataclass(frozen=True, slots=True)
class GivenCertificate:
    """A certificate given as PEM to `components.resources.MeshResources`, which makes the Secret `name` of it.

    Raises `ValueError` for a name that is no DNS label.
    """

    name: str

    def __post_init__(self) -> None:
        require_label("the certificate's name", self.name)

    @property
    def secret(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate for `hosts` that cert-manager gets from an issuer and keeps in the Secret `name`.

    `cluster_issuer` serves every namespace; `issuer` is one beside the ingress gateway. cert-manager must be installed.

    Raises `ValueError` for no host, or unless exactly one issuer is given.
    """

    name: str
    _: KW_ONLY
    hosts: Sequence[str]
    cluster_issuer: str | None = None
    issuer: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "hosts", tuple(self.hosts))
        require_label("the certificate's name", self.name)
        if not self.hosts:
            raise ValueError(f"certificate {self.name!r} is for no host; give it at least one")
        for host in self.hosts:
            require_host(f"a host of certificate {self.name!r}", host)
        if (self.cluster_issuer is None) == (self.issuer is None):
            raise ValueError(
                f"certificate {self.name!r} has {'no issuer' if self.issuer is None else 'two issuers'}; "
                "give it either cluster_issuer or issuer"
            )
        require_label(f"the issuer of certificate {self.name!r}", self.cluster_issuer or self.issuer or "")

    @property
    def secret(self) -> str:
        return self.name


Certificate: TypeAlias = SecretCertificate | GivenCertificate | IssuedCertificate
