"""What the lab adds to a stack's configuration: images that exist here, and requests that fit a small machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

PROJECT = "servicex-mesh"

SMALL_POD = {"requests": {"cpu": "10m", "memory": "64Mi"}}

PLAIN_ENVOY = {"PILOT_ENABLE_METADATA_EXCHANGE": "false", "PILOT_ENABLE_ALPN_FILTER": "false"}
"""The lab's Envoy is Envoy's own build, which lacks the filters that Istio adds to its own."""

REQUEST_COUNTERS = {"inclusionPrefixes": ["http.inbound", "http.outbound", "cluster.inbound", "cluster.outbound"]}
"""Envoy's own counters of requests, which Istio leaves out of every proxy: there is no istio_requests_total beside them."""


def lab_settings(
    *, hub: str, tag: str, address: str, charts: Path, images: Mapping[str, str], addons: Sequence[str] = ()
) -> dict[str, Any]:
    """Settings that make the program's Istio and image come from the lab and its gateway answer at `address`."""
    proxy = {"resources": SMALL_POD, "readinessPeriodSeconds": 1, "readinessInitialDelaySeconds": 0}
    shared = {"hub": hub, "tag": tag, "proxy": proxy, "proxy_init": {"resources": SMALL_POD}}
    istiod: dict[str, Any] = {
        "global": shared,
        "telemetry": {"enabled": False},
        "autoscaleEnabled": False,
        "env": PLAIN_ENVOY,
        "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}},
    }
    if "prometheus" in addons:
        istiod["meshConfig"] = {"defaultConfig": {"proxyStatsMatcher": REQUEST_COUNTERS}}
    proxies = {
        "autoscaling": {"enabled": False},
        "resources": {**SMALL_POD, "limits": {"cpu": "2000m", "memory": "512Mi"}},
    }
    gateway = {**proxies, "service": {"type": "ClusterIP", "externalIPs": [address]}}
    return {
        "registry": images["registry"],
        "builderImage": images["builder"],
        "loadClientImage": images["load-client"],
        "istioCharts": str(charts),
        "istioProfile": "node-port",
        "istioValues": {"istiod": istiod, "gateway": gateway, "egress": proxies},
    }


def addon_settings(*, addons: Sequence[str], manifests: Path, images: Mapping[str, str]) -> dict[str, Any]:
    """Settings that make the addons come from the lab; `images` by container."""
    return {"addons": list(addons), "addonManifests": str(manifests), "addonImages": dict(images)}


def write_stack_file(
    stack_file: Path | None,
    target: Path,
    *,
    settings: Mapping[str, Any],
    extra: Mapping[str, Any],
    project: str = PROJECT,
) -> None:
    """The stack's own file with `settings` laid over it, as a file of its own; the one in the project is never written.

    `stack_file` None is a project that has none.

    `extra` are keys with a namespace of their own, such as `kubernetes:enablePatchForce`. What Pulumi itself wrote into
    the target before (the salt of its encryption) stays, or its secrets could not be read any more.
    """
    content = (yaml.safe_load(stack_file.read_text()) if stack_file else None) or {}
    before = yaml.safe_load(target.read_text()) if target.exists() else {}
    config = {
        **(content.get("config") or {}),
        **{f"{project}:{key}": value for key, value in settings.items()},
        **extra,
    }
    kept = {key: before[key] for key in ("encryptionsalt", "secretsprovider", "encryptedkey") if key in before}
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(yaml.safe_dump({**kept, **content, "config": config}, sort_keys=False))
    fresh.replace(target)
