"""Webhooks of a control plane that runs elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot
from components.api.kubernetes.webhook import MutatingWebhookConfiguration, ValidatingWebhookConfiguration

__all__ = ["ExternalHook", "external_hooks", "host_of"]

VALIDATING = "istio-validator"
DEFAULT_VALIDATING = "istiod-default-validator"
MUTATING = "istio-sidecar-injector"


class ExternalHook(NamedTuple):
    """A webhook of Istio's own configurations, and where it is asked."""

    declared: Declared[Any]
    place: int
    name: str
    url: str | None
    has_service: bool


def external_hooks(snapshot: Snapshot) -> Iterator[ExternalHook]:
    """The webhooks of the configurations that Istio's charts make, by their names."""
    for each in (*snapshot.of("ValidatingWebhookConfiguration"), *snapshot.of("MutatingWebhookConfiguration")):
        document = each.document
        if isinstance(document, ValidatingWebhookConfiguration):
            of_istio = each.name == DEFAULT_VALIDATING or each.name.startswith(VALIDATING)
        elif isinstance(document, MutatingWebhookConfiguration):
            of_istio = each.name.startswith(MUTATING)
        else:
            continue
        for index, webhook in enumerate(document.webhooks if of_istio else ()):
            client = webhook.client_config
            url = client.url if client is not None else None
            service = client is not None and client.service is not None
            yield ExternalHook(each, index, webhook.name or "", url, service)


def host_of(url: str) -> str | None:
    """The host of a URL, without port and brackets; None when it is no URL."""
    if ILLEGAL.search(url) or url.startswith(":"):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
        host = parts.hostname or ""
    except ValueError:
        return None
    return None if re.search(r"\s", host) else host


ILLEGAL = re.compile(r"[\x00-\x1f\x7f]|%(?![0-9a-fA-F]{2})")
