"""A whole mesh, declared as the document that a stack exports."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict, cast

import pulumi

from components import model, resources
from components.api import DecodeError, Document, decode
from components.model.document import DocumentError
from components.model.document import decode as decode_mesh
from plugin.plain import plain


class CertificatePEM(TypedDict):
    """One certificate with its key. All of it becomes secret in the stack's state, whatever it was before."""

    certificate: pulumi.Input[str]
    """The certificate, then those that signed it, as PEM."""
    private_key: pulumi.Input[str]
    """The certificate's key, as PEM."""
    authorities: NotRequired[pulumi.Input[str]]
    """Whom the gateway trusts to sign callers' certificates, where it asks for these, as PEM."""


class MeshArgs(TypedDict):
    """What is declared, and what it runs."""

    document: Mapping[str, Any]
    """The mesh as plain data, in the form that a stack exports; plugin/mesh.schema.json describes it."""
    images: Mapping[str, pulumi.Input[str]]
    """The image of every workload, by its name (namespace/name where two share one); best by digest."""
    extra: NotRequired[Sequence[Mapping[str, Any]]]
    """Manifests of other objects, made last: any kind of Istio's, of the Gateway API, and the core kinds that a mesh has."""
    certificates: NotRequired[Mapping[str, CertificatePEM]]
    """The PEM of every GivenCertificate of the mesh's gateways, by its name."""
    protect: NotRequired[bool]
    """Keep the workloads' namespaces from being deleted."""


class Mesh(resources.MeshResources):
    """All that a mesh declares, in the order in which it is right; Istio must be there before it, so depend on it."""

    hosts: pulumi.Output[list[str]]
    """The hosts that the mesh's gateways route."""
    service_hosts: pulumi.Output[dict[str, str]]
    """Under which name workloads are called inside the mesh, by workload."""
    objects: pulumi.Output[list[str]]
    """All that was made in the cluster, as Kind/namespace/name."""

    def __init__(self, name: str, args: MeshArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        mesh = _mesh(args["document"])
        super().__init__(
            name,
            resources.MeshResourcesArgs(
                mesh=mesh,
                images=_images(mesh, args["images"]),
                extra=[_manifest(given, place) for place, given in enumerate(args.get("extra", ()))],
                certificates=_certificates(mesh, args.get("certificates", {})),
                protect=args.get("protect", False),
            ),
            opts,
        )


def _mesh(document: object) -> model.Mesh:
    try:
        return decode_mesh(plain(document, "document"))
    except DocumentError as error:
        raise pulumi.RunError(f"document: {error}") from None


def _images(mesh: model.Mesh, given: Mapping[str, pulumi.Input[str]]) -> dict[model.Workload, pulumi.Input[str]]:
    named = resources.workloads_by_name(mesh)
    for name in given:
        if name not in named:
            raise pulumi.RunError(
                f"images: the mesh runs no workload {name!r}; it runs {', '.join(named)}. Correct the name, or leave it out"
            )
    return {named[name]: image for name, image in given.items()}


def _manifest(given: object, place: int) -> Document:
    try:
        return decode(cast("Mapping[str, Any]", plain(given, f"extra[{place}]")))
    except DecodeError as error:
        raise pulumi.RunError(f"extra[{place}]: {error}") from None


def _certificates(
    mesh: model.Mesh, given: Mapping[str, CertificatePEM]
) -> dict[model.GivenCertificate, resources.CertificatePEM]:
    named = {each.name: each for each in mesh.certificates if isinstance(each, model.GivenCertificate)}
    for name in given:
        if name not in named:
            raise pulumi.RunError(
                f"certificates: no gateway of the mesh has a GivenCertificate {name!r}; "
                f"it has {', '.join(named) or 'none'}. Correct the name, or leave it out"
            )
    return {named[name]: pem for name, pem in given.items()}
