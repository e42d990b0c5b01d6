"""The two ends of a stack: its configuration in, its outputs out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.runtime import config as runtime_config

from components.manifests import documents
from components.manifests.extension_providers import mesh_config, undeclared_providers
from components.manifests.istio import laid_over
from components.manifests.names import ingress_host
from components.model import GivenCertificate, Mesh
from components.model.document import encode
from components.resources.addons import Addons, AddonsArgs
from components.resources.certificates import CertificatePEM
from components.resources.findings import require_sound
from components.resources.image import Image, ImageArgs
from components.resources.istio import Istio, IstioArgs
from components.resources.mesh import MeshResources, MeshResourcesArgs
from components.settings import IstioProfile, Settings, SettingsError
from components.settings.settings import SECRETS, Value

STRUCTURED = frozenset({"addonImages", "addons", "istioValues", "suppress"})
"""Keys whose values Pulumi hands over as JSON."""

GATEWAY_SERVICE = {IstioProfile.LOAD_BALANCER: "LoadBalancer", IstioProfile.NODE_PORT: "NodePort"}


def stack_settings() -> Settings:
    """The stack's configuration. Raises `pulumi.RunError`, with every problem, before anything is registered."""
    prefix = f"{pulumi.get_project()}:"
    given = {
        key.removeprefix(prefix): value for key, value in runtime_config.CONFIG.get().items() if key.startswith(prefix)
    }
    values: dict[str, Value] = {
        key: json.loads(value) if key in STRUCTURED else value for key, value in given.items() if key not in SECRETS
    }
    try:
        return Settings.parse(values)
    except SettingsError as error:
        raise pulumi.RunError(
            f"the configuration of stack {pulumi.get_stack()!r} can not be used; nothing was touched.\n{error}\n"
            f"Edit Pulumi.{pulumi.get_stack()}.yaml, or use `pulumi config set`; Pulumi.yaml says what each key means."
        ) from None


def deploy(
    mesh: Mesh, settings: Settings, *, certificates: Mapping[GivenCertificate, CertificatePEM] | None = None
) -> None:
    """The image, Istio and its addons, then the mesh; and the stack's outputs, which the experiments read.

    `certificates` has the PEM of every `GivenCertificate` of the mesh. Raises `pulumi.RunError`, before anything is
    registered, for a provider of the mesh that Istio's mesh configuration will not have, and with all findings when one
    of them is an error.
    """
    config = _mesh_config(settings)
    _require_providers(mesh, config)
    findings = require_sound(
        tuple(documents(mesh)),
        mesh_config=config,
        istio_values=settings.istio_values,
        suppressions=settings.suppress,
    )
    image = Image("servicex", _image_args(settings))
    istio = Istio("istio", _istio_args(settings, mesh))
    if settings.addons:
        Addons("addons", _addons_args(settings), opts=pulumi.ResourceOptions(depends_on=[istio.system]))
    images = dict.fromkeys(mesh.workloads, image.reference)
    MeshResources(
        "mesh",
        MeshResourcesArgs(
            mesh=mesh,
            images=images,
            protect=settings.production,
            certificates=certificates or {},
            findings=findings,
        ),
        opts=pulumi.ResourceOptions(depends_on=istio.ready),
    )
    export_mesh(
        mesh,
        image=image.reference,
        load_client_image=settings.load_client_image,
        production=settings.production,
    )


def export_mesh(mesh: Mesh, *, image: pulumi.Input[str], load_client_image: str = "", production: bool = False) -> None:
    """The stack's outputs, which `python -m components.experiments` reads: what is declared, and who may ask for it."""
    pulumi.export("mesh", encode(mesh))
    pulumi.export("gateway", {"host": ingress_host(), "port": mesh.gateways[0].port if mesh.gateways else 80})
    pulumi.export("image", image)
    pulumi.export("loadClientImage", load_client_image)
    pulumi.export("production", production)


def _image_args(settings: Settings) -> ImageArgs:
    args = ImageArgs(context="servicex", repository=f"{settings.registry}/servicex", builder=settings.builder_image)
    password = pulumi.Config().get_secret("registryPassword")
    if settings.registry_username and password is not None:
        args["username"], args["password"] = settings.registry_username, password
    return args


def _istio_args(settings: Settings, mesh: Mesh) -> IstioArgs:
    return IstioArgs(
        version=settings.istio_version,
        charts=settings.istio_charts,
        gateway_service=GATEWAY_SERVICE[settings.istio_profile],
        egress_gateway=mesh.egress_gateway is not None,
        values=settings.istio_values,
        mesh_config=mesh_config(settings.addons),
        protect=settings.production,
    )


def _addons_args(settings: Settings) -> AddonsArgs:
    return AddonsArgs(
        addons=settings.addons,
        version=settings.istio_version,
        folder=settings.addon_manifests,
        images=settings.addon_images,
    )


def _mesh_config(settings: Settings) -> Mapping[str, Any]:
    given = settings.istio_values.get("istiod", {}).get("meshConfig", {})
    return laid_over(mesh_config(settings.addons), given if isinstance(given, Mapping) else {})


def _require_providers(mesh: Mesh, config: Mapping[str, Any]) -> None:
    if missing := undeclared_providers(mesh, config):
        raise pulumi.RunError("the mesh can not be used; nothing was touched.\n" + "\n".join(f"- {m}" for m in missing))
