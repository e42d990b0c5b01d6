"""One document as one Pulumi resource of the right class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from components.api import Document, encode

CLASSES: Mapping[str, Any] = {
    "ClusterRole": lambda: kubernetes.rbac.v1.ClusterRole,
    "ClusterRoleBinding": lambda: kubernetes.rbac.v1.ClusterRoleBinding,
    "ConfigMap": lambda: kubernetes.core.v1.ConfigMap,
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
    return register_plain(encoded, opts)


def register_plain(encoded: Mapping[str, Any], opts: pulumi.ResourceOptions) -> pulumi.Resource:
    """An object as Kubernetes writes it, as a resource named `Kind/namespace/name`."""
    api_version, kind, metadata = encoded["apiVersion"], encoded["kind"], encoded["metadata"]
    name = _name(kind, metadata.get("namespace"), metadata["name"])
    rest = {key: part for key, part in encoded.items() if key not in ("apiVersion", "kind")}
    if kind in CLASSES:
        resource: pulumi.Resource = CLASSES[kind]()(
            name, **{_snake(key): part for key, part in rest.items()}, opts=opts
        )
        return resource
    custom: pulumi.Resource = kubernetes.apiextensions.CustomResource(
        name, api_version=api_version, kind=kind, **rest, opts=opts
    )
    return custom


def object_name(document: Document) -> str:
    """`Kind/namespace/name`, without the namespace where there is none."""
    return _name(document.kind, document.metadata.namespace, document.metadata.name)


def _name(*parts: str | None) -> str:
    return "/".join(part for part in parts if part)


def _snake(key: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
