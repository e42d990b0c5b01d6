"""Kinds without a spec: Namespace, ServiceAccount, ConfigMap, Secret."""

from __future__ import annotations

from collections.abc import Mapping

from components.api.message import KubernetesMessage
from components.api.resource import Document

__all__ = ["ConfigMap", "LocalObjectReference", "Namespace", "Secret", "ServiceAccount"]


class LocalObjectReference(KubernetesMessage, frozen=True, kw_only=True):
    """An object of the same namespace."""

    name: str | None = None


class Namespace(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A namespace. Its labels say whether sidecars are injected."""


class ServiceAccount(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The identity of pods; with mutual TLS, what the other side sees as
    spiffe://DOMAIN/ns/NAMESPACE/sa/NAME.
    """

    automount_service_account_token: bool | None = None
    """Whether pods get a token for the Kubernetes API."""
    image_pull_secrets: tuple[LocalObjectReference, ...] = ()


class ConfigMap(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Configuration for pods."""

    data: Mapping[str, str] = {}
    binary_data: Mapping[str, str] = {}
    """Values in base64."""
    immutable: bool | None = None


class Secret(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Something confidential, such as a gateway's certificate (type kubernetes.io/tls: tls.crt, tls.key)."""

    type: str | None = None
    data: Mapping[str, str] = {}
    """Values in base64."""
    string_data: Mapping[str, str] = {}
    """Values as they are; the server merges them into data and never gives them back."""
    immutable: bool | None = None
