# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's networking/v1beta1/proxy_config.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping

from components.api.message import Message
from components.api.type.selector import WorkloadSelector

__all__ = ["ProxyConfig", "ProxyImage"]


class ProxyConfig(Message, frozen=True, kw_only=True):
    """Proxy config."""

    selector: WorkloadSelector | None = None
    """Selector: WorkloadSelector."""
    concurrency: int | None = None
    """Concurrency: a whole number. At least 0."""
    environment_variables: Mapping[str, str] = {}
    """Environment variables: text by name."""
    image: ProxyImage | None = None
    """Image: ProxyImage."""


class ProxyImage(Message, frozen=True, kw_only=True):
    """Proxy image."""

    image_type: str | None = None
    """Image type: text."""
