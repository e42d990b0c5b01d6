"""Istio's own addon manifests: where they are, and what has to be done to them so that they neither drift nor fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from components.model import Addon

Manifest: TypeAlias = dict[str, Any]

PUBLISHED = "https://raw.githubusercontent.com/istio/istio/{version}/samples/addons/{addon}.yaml"
"""Where Istio publishes them (istio.io, Integrations, each page's "quick start")."""

WORKLOAD_KINDS = frozenset({"Deployment", "StatefulSet", "DaemonSet"})
MEANT_EMPTY = frozenset({"emptyDir"})
"""Fields whose empty map says something: without it the volume would be of no kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddonManifests:
    """The objects of some addons: those that pods read or run as, then those that run and those that lead there."""

    configuration: tuple[Manifest, ...]
    workloads: tuple[Manifest, ...]


def manifest_location(addon: Addon, *, version: str, folder: str) -> str:
    """A file below `folder` (Istio's samples/addons), or without one the address of Istio's published source."""
    if folder:
        return str(Path(folder) / f"{addon.value}.yaml")
    return PUBLISHED.format(version=version, addon=addon.value)


def addon_manifests(texts: Mapping[Addon, str], images: Mapping[str, str]) -> AddonManifests:
    """The objects in the YAML of each addon, containers with the image that `images` has under their name.

    Raises `ValueError` for YAML that is none or holds something else than objects, and for an image of a container
    that no addon has.
    """
    found = [document for addon, text in texts.items() for document in _documents(addon, text)]
    containers = [container for document in found for container in _containers(document)]
    names = sorted({str(container["name"]) for container in containers})
    for name in images:
        if name not in names:
            raise ValueError(
                f"there is an image for the container {name!r}, which no addon has; "
                f"the containers are {', '.join(names) or 'none, as no addon is asked for'}"
            )
    for container in containers:
        container["image"] = images.get(container["name"], container["image"])
    runs = [document["kind"] in WORKLOAD_KINDS or document["kind"] == "Service" for document in found]
    return AddonManifests(
        configuration=tuple(each for each, late in zip(found, runs, strict=True) if not late),
        workloads=tuple(each for each, late in zip(found, runs, strict=True) if late),
    )


def _documents(addon: Addon, text: str) -> Iterator[Manifest]:
    try:
        read = list(yaml.load_all(text, yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(
            f"the manifest of addon {addon.value!r} is no YAML: {' '.join(str(error).split())}; "
            "give samples/addons of Istio as it is"
        ) from None
    for document in (document for document in read if document is not None):
        if not isinstance(document, dict) or not {"apiVersion", "kind", "metadata"} <= document.keys():
            raise ValueError(
                f"the manifest of addon {addon.value!r} holds {str(document)[:60]!r}, which has no apiVersion, kind and "
                "metadata; give samples/addons of Istio as it is"
            )
        # What a ConfigMap holds is the addon's own: an empty text there may mean something.
        yield {key: part if key == "data" else _tidy(part) for key, part in document.items()}


def _tidy(value: Any) -> Any:
    """Without the fields that say nothing: the API server drops them, and each preview would want them back."""
    if isinstance(value, dict):
        tidied = {str(key): _tidy(part) for key, part in value.items()}
        return {key: part for key, part in tidied.items() if part not in (None, "", {}, []) or key in MEANT_EMPTY}
    if isinstance(value, list):
        return [_tidy(part) for part in value]
    return value


def _containers(document: Manifest) -> Sequence[Manifest]:
    if document["kind"] not in WORKLOAD_KINDS:
        return ()
    pod = document["spec"]["template"]["spec"]
    return [*pod.get("initContainers", ()), *pod["containers"]]
