"""Certificates that cert-manager gets: one Certificate a declared one, beside the pods that read its Secret."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.cert_manager.certificate import CertificateSpec, IssuerReference
from components.manifests.names import INGRESS_NAMESPACE
from components.model import IssuedCertificate


def certificate(declared: IssuedCertificate) -> Resource[CertificateSpec]:
    return Resource(
        metadata=ObjectMeta(name=declared.name, namespace=INGRESS_NAMESPACE),
        spec=CertificateSpec(
            secret_name=declared.secret,
            dns_names=tuple(declared.hosts),
            issuer_ref=IssuerReference(
                name=declared.cluster_issuer or declared.issuer,
                kind="ClusterIssuer" if declared.cluster_issuer else "Issuer",
                group="cert-manager.io",
            ),
        ),
    )
