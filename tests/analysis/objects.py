"""Documents as text from their values, one a line, for tests that need several of several kinds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["many", "written"]

API = {
    "Pod": "v1",
    "Namespace": "v1",
    "Node": "v1",
    "Secret": "v1",
    "Service": "v1",
    "Deployment": "apps/v1",
    "RequestAuthentication": "security.istio.io/v1",
    "EnvoyFilter": "networking.istio.io/v1alpha3",
    "WorkloadEntry": "networking.istio.io/v1",
}


def written(
    kind: str,
    name: str,
    namespace: str | None = "shop",
    spec: Mapping[str, Any] | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    annotations: Mapping[str, str] | None = None,
    api: str | None = None,
    **others: Any,
) -> str:
    """One document in one line of JSON, which is YAML, too; `others` stand beside metadata."""
    metadata: dict[str, Any] = {"name": name}
    given = {"namespace": namespace, "labels": labels, "annotations": annotations}
    metadata |= {key: value for key, value in given.items() if value is not None}
    api_version = api or API.get(kind, "networking.istio.io/v1")
    document: dict[str, Any] = {"apiVersion": api_version, "kind": kind, "metadata": metadata}
    if spec is not None:
        document["spec"] = spec
    return json.dumps(document | others) + "\n"


def many(*documents: str) -> str:
    """Several documents as one text."""
    return "---\n".join(documents)
