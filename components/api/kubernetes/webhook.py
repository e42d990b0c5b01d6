"""Admission webhooks: whom the API server asks before it takes an object."""

from __future__ import annotations

from components.api.kubernetes.deployment import LabelSelector
from components.api.message import KubernetesMessage
from components.api.resource import Document

__all__ = [
    "MutatingWebhookConfiguration",
    "ServiceReference",
    "ValidatingWebhookConfiguration",
    "Webhook",
    "WebhookClientConfig",
]


class ServiceReference(KubernetesMessage, frozen=True, kw_only=True):
    """A Service that answers for a webhook."""

    name: str | None = None
    namespace: str | None = None
    path: str | None = None
    port: int | None = None
    """443 when not set."""


class WebhookClientConfig(KubernetesMessage, frozen=True, kw_only=True):
    """Where the webhook is asked; set one of url and service."""

    url: str | None = None
    service: ServiceReference | None = None


class Webhook(KubernetesMessage, frozen=True, kw_only=True):
    """One webhook: which objects, and who is asked."""

    name: str | None = None
    client_config: WebhookClientConfig | None = None
    namespace_selector: LabelSelector | None = None
    """Labels of the namespace; not set, all."""
    object_selector: LabelSelector | None = None
    """Labels of the object; not set, all."""
    failure_policy: str | None = None
    """Fail (when not set) or Ignore."""


class MutatingWebhookConfiguration(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Webhooks that may change objects, such as the one that injects proxies."""

    webhooks: tuple[Webhook, ...] = ()


class ValidatingWebhookConfiguration(Document, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Webhooks that may refuse objects, such as the one that checks Istio's."""

    webhooks: tuple[Webhook, ...] = ()
