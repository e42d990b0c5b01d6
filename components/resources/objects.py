"""One document as one Pulumi resource of the right class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from components.api import Document, encode

CLASSES: Mapping[str, Any] = {
    "Deployment": lambda: kubernetes.apps.v1.Deployment,
    "Namespace": lambda: kubernetes.core.v1.Namespace,
    "PodDisruptionBudget": lambda: kubernetes.policy.v1.PodDisruptionBudget,
    "Service": lambda: kubernetes.core.v1.Service,
    "ServiceAccount": lambda: kubernetes.core.v1.ServiceAccount,
}
"""Core kinds by name, looked up late: the SDK loads a module only when it is touched. All others are custom resources."""


def register(
    document: Document, opts: pulumi.ResourceOptions, image: pulumi.Input[str] | None = None
) -> pulumi.Resource:
    """The document as a resource named `Kind/namespace/name`; `image` goes into a Deployment's only container."""
    encoded = encode(document)
    if image is not None:
        encoded["spec"]["template"]["spec"]["containers"][0]["image"] = image
    name, api_version, kind = object_name(document), encoded.pop("apiVersion"), encoded.pop("kind")
    if kind in CLASSES:
        resource: pulumi.Resource = CLASSES[kind]()(
            name, **{_snake(key): part for key, part in encoded.items()}, opts=opts
        )
        return resource
    custom: pulumi.Resource = kubernetes.apiextensions.CustomResource(
        name, api_version=api_version, kind=kind, **encoded, opts=opts
    )
    return custom


def object_name(document: Document) -> str:
    """`Kind/namespace/name`, without the namespace where there is none."""
    meta = document.metadata
    return "/".join(part for part in (document.kind, meta.namespace, meta.name) if part)


def _snake(key: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
