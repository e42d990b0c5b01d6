"""Certificates given as PEM: kept as Pulumi secrets, and made into the Secrets that the ingress gateway reads."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import NotRequired, TypedDict, cast

import pulumi
import pulumi_kubernetes as kubernetes

from components.manifests.names import INGRESS_NAMESPACE
from components.model import GivenCertificate, Mesh


class CertificatePEM(TypedDict):
    """One certificate with its key. All of it becomes secret in the stack's state, whatever it was before."""

    certificate: pulumi.Input[str]
    """The certificate, then those that signed it."""
    private_key: pulumi.Input[str]
    authorities: NotRequired[pulumi.Input[str]]
    """Whom the gateway trusts to sign callers' certificates, where it asks for these."""


def certificate_secrets(
    mesh: Mesh, given: Mapping[GivenCertificate, CertificatePEM], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """A Secret of type kubernetes.io/tls for each certificate of the mesh that is given. Raises as `require_given` does."""
    require_given(mesh, given)
    return [_secret(certificate, given[certificate], opts) for certificate in _wanted(mesh)]


def require_given(mesh: Mesh, given: Mapping[GivenCertificate, CertificatePEM]) -> None:
    """Raises `pulumi.RunError` for a certificate without PEM, and for PEM that no gateway uses."""
    wanted = _wanted(mesh)
    for certificate in wanted:
        if certificate not in given:
            raise pulumi.RunError(
                f"certificate {certificate.name!r} of a gateway has no PEM; give certificates one for it, "
                "or use a SecretCertificate"
            )
    for certificate in given:
        if certificate not in wanted:
            raise pulumi.RunError(
                f"certificates has PEM for {certificate.name!r}, which no gateway of the mesh uses; "
                f"used are {', '.join(known.name for known in wanted) or 'none'}"
            )


def _wanted(mesh: Mesh) -> list[GivenCertificate]:
    return [certificate for certificate in mesh.certificates if isinstance(certificate, GivenCertificate)]


def secret_name(certificate: GivenCertificate) -> str:
    """As any object is named: `Kind/namespace/name`."""
    return f"Secret/{INGRESS_NAMESPACE}/{certificate.secret}"


def _secret(certificate: GivenCertificate, pem: CertificatePEM, opts: pulumi.ResourceOptions) -> pulumi.Resource:
    # The API server takes the type only with these two keys; istiod reads ca.crt from beside them.
    data = {"tls.crt": _encoded(pem["certificate"]), "tls.key": _encoded(pem["private_key"])}
    if "authorities" in pem:
        data["ca.crt"] = _encoded(pem["authorities"])
    return cast(
        "pulumi.Resource",
        kubernetes.core.v1.Secret(
            secret_name(certificate),
            metadata={"name": certificate.secret, "namespace": INGRESS_NAMESPACE},
            type="kubernetes.io/tls",
            data=data,
            opts=opts,
        ),
    )


def _encoded(pem: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.secret(pem).apply(lambda text: base64.b64encode(text.encode()).decode())
