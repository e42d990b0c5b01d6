"""Whatever guards, telemetry, scope, connections and ways out one can build can be written, read back and planned."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings

from components.api import decode, encode
from components.experiments.plan import plan
from components.manifests import documents
from components.model import Mesh
from components.model.document import decode as decode_mesh
from components.model.document import encode as encode_mesh
from tests.experiments.meshes import ENTRANCES
from tests.model.connection_strategies import connected_meshes
from tests.model.rule_strategies import guarded_meshes

DECLARED = guarded_meshes() | connected_meshes()

BOUNDED = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@BOUNDED
@given(DECLARED)
def test_every_document_is_read_back_as_it_was(mesh: Mesh) -> None:
    """Decoding is strict: a field that Istio does not have, or one of another type, would be an error."""
    for document in documents(mesh):
        assert encode(decode(encode(document))) == encode(document)


@BOUNDED
@given(DECLARED)
def test_no_two_documents_are_one_object(mesh: Mesh) -> None:
    """Two of one kind, namespace and name would overwrite each other."""
    names = [(d.kind, d.metadata.namespace, d.metadata.name) for d in documents(mesh)]
    assert len(names) == len(set(names))


@BOUNDED
@given(DECLARED)
def test_a_mesh_survives_its_form_as_plain_data(mesh: Mesh) -> None:
    """What a stack exports is what its experiments read."""
    assert decode_mesh(json.loads(json.dumps(encode_mesh(mesh)))) == mesh


@BOUNDED
@given(DECLARED)
def test_every_mesh_can_be_planned(mesh: Mesh) -> None:
    """What can not be measured is a row that says so, never an error."""
    planned = plan(mesh, ENTRANCES, false_alarms=0.001)
    assert planned.experiments
