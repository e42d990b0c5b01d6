"""Istio's own addons, from the manifests that Istio ships."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

import pulumi

from components.manifests.addons import addon_manifests, manifest_location
from components.model import Addon
from components.resources.objects import register_plain

SECONDS = 15
"""How long Istio's server may take to answer."""


class AddonsArgs(TypedDict):
    """Which addons, and whose manifests."""

    addons: Sequence[Addon]
    version: str
    """Of Istio; the manifests are those that it was released with."""
    folder: NotRequired[str]
    """A folder with the manifests (samples/addons), used instead of the version."""
    images: NotRequired[Mapping[str, str]]
    """Images by the name of their container, where not those of the manifests."""


class Addons(pulumi.ComponentResource):
    """The addons in istio-system: what their pods read, then the pods and the Services that lead to them.

    Without a folder the manifests are read from Istio's published source, at every preview and update, for nothing else
    knows what there is to show.

    Raises `pulumi.RunError` when they can not be read, or when an image is of no container of theirs.
    """

    def __init__(self, name: str, args: AddonsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("servicex-mesh:index:Addons", name, {}, opts)
        texts = {addon: _read(addon, args) for addon in args["addons"]}
        try:
            manifests = addon_manifests(texts, args.get("images", {}))
        except ValueError as error:
            raise pulumi.RunError(str(error)) from None
        read = [register_plain(each, pulumi.ResourceOptions(parent=self)) for each in manifests.configuration]
        for each in manifests.workloads:
            register_plain(each, pulumi.ResourceOptions(parent=self, depends_on=read))
        self.register_outputs({})


def _read(addon: Addon, args: AddonsArgs) -> str:
    location = manifest_location(addon, version=args["version"], folder=args.get("folder", ""))
    try:
        if location.startswith("https://"):
            with urllib.request.urlopen(location, timeout=SECONDS) as answer:
                return str(answer.read().decode())
        return Path(location).read_text()
    except OSError as error:
        raise pulumi.RunError(
            f"the manifest of addon {addon.value!r} can not be read from {location}: {error}. Give addonManifests a folder "
            f"with Istio's samples/addons, which needs no network, or take {addon.value} out of addons"
        ) from None
