"""Whatever policies, gateways and services outside one can build becomes documents that are read back as they were."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings

from components.api import decode as decode_document
from components.api import encode as encode_document
from components.experiments.plan import plan
from components.manifests import documents
from components.model import Mesh
from components.model.document import decode, encode
from tests.experiments.meshes import ENTRANCES
from tests.model.policy_strategies import meshes

bounded = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@bounded
@given(meshes())
def test_a_mesh_that_can_be_built_survives_its_form_as_plain_data(mesh: Mesh) -> None:
    """Encoded, written as JSON, read and decoded, it is the same mesh."""
    assert decode(json.loads(json.dumps(encode(mesh)))) == mesh


@bounded
@given(meshes())
def test_its_documents_are_read_back_as_they_were(mesh: Mesh) -> None:
    """Decoding is strict: no field is misspelt, none is of a wrong type."""
    for document in documents(mesh):
        encoded = encode_document(document)
        assert encode_document(decode_document(encoded)) == encoded


@bounded
@given(meshes())
def test_its_experiments_are_planned(mesh: Mesh) -> None:
    """What can not be measured has a row; nothing raises."""
    assert plan(mesh, ENTRANCES, false_alarms=0.001).experiments
