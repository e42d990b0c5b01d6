"""A mesh survives its form as plain data."""

from __future__ import annotations

import json

import pytest

from components.model import Mesh
from components.model.document import DocumentError, decode, encode
from tests.example_mesh import mesh_with_everything


@pytest.fixture(name="mesh")
def _mesh() -> Mesh:
    return mesh_with_everything()


def test_what_is_decoded_equals_what_was_encoded(mesh: Mesh) -> None:
    """Encoded, written as JSON, read and decoded, it is the same mesh."""
    assert decode(json.loads(json.dumps(encode(mesh)))) == mesh


def test_shared_objects_stand_once(mesh: Mesh) -> None:
    """One workload and two versions, however often they are referred to."""
    document = encode(mesh)
    assert isinstance(document["workloads"], list)
    assert isinstance(document["versions"], list)
    assert (len(document["workloads"]), len(document["versions"])) == (1, 2)


def test_another_format_is_refused(mesh: Mesh) -> None:
    """A document of a program with another format names both formats and the way out."""
    with pytest.raises(DocumentError, match=r"has the format 99, and this program reads 1; run `pulumi up`"):
        decode({**encode(mesh), "format": 99})


def test_a_damaged_document_is_refused_in_words(mesh: Mesh) -> None:
    """A table that is missing is an error of one sentence, not a traceback of ours."""
    document = {key: part for key, part in encode(mesh).items() if key != "versions"}
    with pytest.raises(DocumentError, match="the mesh document is damaged"):
        decode(document)
