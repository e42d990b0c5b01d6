"""The provider without an engine: what it refuses, and how it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi
import pytest

from components.model.document import encode
from plugin.provider import Provider
from tests.example_mesh import mesh_with_everything

MESH = "servicex-mesh:index:Mesh"
ISTIO = "servicex-mesh:index:Istio"
DOCUMENT: dict[str, Any] = dict(encode(mesh_with_everything()))
IMAGES = {"shop": "shop@sha256:1"}


@pytest.fixture(scope="module", name="provider")
def _provider() -> Provider:
    return Provider()


@pytest.fixture(scope="module", name="loop")
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The SDK's outputs want one, as in the process that serves the engine."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield loop
    loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop)))
    asyncio.set_event_loop(None)
    loop.close()


REFUSED: dict[str, tuple[str, Mapping[str, Any], str]] = {
    "an unknown component": ("servicex-mesh:index:Mash", {}, "has no component 'servicex-mesh:index:Mash'; it has"),
    "an unknown input": (
        ISTIO,
        {"version": "1", "protekt": True},
        "Istio has no input 'protekt'. Did you mean protect?",
    ),
    "a missing input": (MESH, {"document": DOCUMENT}, "Mesh has no images; give it, it needs document and images."),
    "an input of another type": (ISTIO, {"version": 1.31}, "version: expected text, got 1.31."),
    "a list for an object": (MESH, {"document": [], "images": {}}, "document: expected an object, got []."),
    "an unknown field of an input": (
        MESH,
        {"document": DOCUMENT, "images": IMAGES, "certificates": {"web": {"private_key": "k"}}},
        "CertificatePEM has no input 'certificates.web.private_key'. Did you mean privateKey?",
    ),
    "a wrong document": (
        MESH,
        {"document": {**DOCUMENT, "mesh": {"versions": [{"ref": "versions/9"}]}}, "images": IMAGES},
        "document: mesh.versions[0]: the ref 'versions/9' leads nowhere from here. Allowed: versions/0, versions/1,",
    ),
    "an image of nobody": (
        MESH,
        {"document": DOCUMENT, "images": {**IMAGES, "shoop": "x"}},
        "images: the mesh runs no workload 'shoop'; it runs shop.",
    ),
    "no image": (MESH, {"document": DOCUMENT, "images": {}}, "workload 'shop' has no image"),
    "a manifest of no kind": (
        MESH,
        {"document": DOCUMENT, "images": IMAGES, "extra": [{"apiVersion": "networking.istio.io/v1", "kind": "Gate"}]},
        "extra[0]: Gate: kind: networking.istio.io has no 'Gate' here. Did you mean Gateway?",
    ),
    "a field that a manifest has not": (
        MESH,
        {
            "document": DOCUMENT,
            "images": IMAGES,
            "extra": [
                {
                    "apiVersion": "networking.istio.io/v1",
                    "kind": "Gateway",
                    "metadata": {"name": "g"},
                    "spec": {"server": []},
                }
            ],
        },
        "extra[0]: Gateway g: spec.server: Gateway has no such field. Did you mean servers?",
    ),
    "a certificate of nobody": (
        MESH,
        {"document": DOCUMENT, "images": IMAGES, "certificates": {"web": {"certificate": "c", "privateKey": "k"}}},
        "certificates: no gateway of the mesh has a GivenCertificate 'web'; it has none.",
    ),
    "a chart that is none": (
        ISTIO,
        {"version": "1.31.1", "values": {"istio": {}}},
        "there is no chart 'istio'",
    ),
}


@pytest.mark.parametrize(("token", "inputs", "message"), REFUSED.values(), ids=REFUSED)
def test_what_a_user_did_wrong_is_one_paragraph(
    provider: Provider, token: str, inputs: Mapping[str, Any], message: str
) -> None:
    """With the path, the value and what is allowed; the engine shows this error without a traceback."""
    with pytest.raises(pulumi.InputPropertiesError) as refused:
        provider.construct("it", token, inputs)
    assert message in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.errors == []


@pytest.mark.usefixtures("loop")
@pytest.mark.parametrize("where", ["document", "a host"])
def test_an_output_in_a_mesh_is_refused(provider: Provider, where: str) -> None:
    """Which resources there are must be known in a preview."""
    output = pulumi.Output.from_input("a.mesh.test")
    document = output if where == "document" else {**DOCUMENT, "gateways": [{"name": "public", "hosts": [output]}]}
    path = "document" if where == "document" else r"document.gateways\[0\].hosts\[0\]"
    with pytest.raises(pulumi.InputPropertiesError, match=f"{path}: this is an output of a resource or a secret"):
        provider.construct("it", MESH, {"document": document, "images": IMAGES})


def test_an_error_of_ours_keeps_its_traceback(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a user can put right is told as such."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("plugin.mesh.decode_mesh", fail)
    with pytest.raises(Exception, match="ours") as failed:
        provider.construct("it", MESH, {"document": DOCUMENT, "images": IMAGES})
    assert not isinstance(failed.value, pulumi.InputPropertiesError)
