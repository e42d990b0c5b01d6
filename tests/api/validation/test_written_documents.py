"""What our own manifests write is valid, and no document of the right shape is too much for validation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.api import Document, ObjectMeta, Resource
from components.api.networking.virtual_service import VirtualService
from components.api.validation import Report, Severity, validate, virtual_service
from components.manifests import documents
from components.model import Mesh
from tests import example_connections, example_policies
from tests.api.strategies import values_of
from tests.example_guarded_mesh import guarded_mesh
from tests.example_mesh import mesh_with_everything
from tests.example_routing import mesh_with_every_route
from tests.model.connection_strategies import connected_meshes
from tests.model.policy_strategies import meshes
from tests.model.routing_strategies import mesh_of
from tests.model.rule_strategies import guarded_meshes

EXAMPLES: list[Callable[[], Mesh]] = [
    mesh_with_everything,
    mesh_with_every_route,
    guarded_mesh,
    *example_connections.MESHES.values(),
    *example_policies.MESHES.values(),
]
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def errors(written: Iterable[Document]) -> list[str]:
    """What is refused of them."""
    return [
        f"{document.kind} {document.metadata.name}: {each.code} {each.path}: {each.message}"
        for document in written
        for each in validate(document)
        if each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("make", [pytest.param(make, id=make.__name__) for make in EXAMPLES])
def test_written_documents_are_valid(make: Callable[[], Mesh]) -> None:
    """Those of the examples that have every word of the model between them."""
    assert errors(documents(make())) == []


@BOUNDED
@given(st.integers(0, 2**32).map(mesh_of) | guarded_meshes() | connected_meshes() | meshes())
def test_whatever_can_be_declared_is_valid(mesh: Mesh) -> None:
    """No word of the model leads to a document that istiod refuses."""
    assert errors(documents(mesh)) == []


@BOUNDED
@given(values_of(VirtualService))
def test_any_virtual_service_is_looked_at_to_its_end(spec: VirtualService) -> None:
    """Whatever its fields hold; what is found has a code of the catalogue and a path below the document."""
    report = Report()
    virtual_service.check(Resource(metadata=ObjectMeta(name="a"), spec=spec), report)
    assert {each.code for each in report.violations} <= {*virtual_service.CODES, "V0111", "V0113", "V0114", "V0115"}
    assert all(each.path == "spec" or each.path.startswith("spec.") for each in report.violations)
