"""cert-manager.io/v1 Certificate: a key pair that an issuer signs, kept in a Secret and renewed."""

from __future__ import annotations

from components.api.message import KubernetesMessage

__all__ = ["CertificateSpec", "IssuerReference"]


class IssuerReference(KubernetesMessage, frozen=True, kw_only=True):
    """Who signs."""

    name: str | None = None
    kind: str | None = None
    """Issuer, of the certificate's own namespace, or ClusterIssuer."""
    group: str | None = None


class CertificateSpec(KubernetesMessage, frozen=True, kw_only=True):
    """What is asked for, and where it is kept."""

    secret_name: str | None = None
    """Secret of type kubernetes.io/tls, in the certificate's namespace."""
    dns_names: tuple[str, ...] = ()
    issuer_ref: IssuerReference | None = None
