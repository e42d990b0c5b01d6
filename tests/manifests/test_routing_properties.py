"""Whatever the words of routing let one build can be written, read strictly, and kept as plain data."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from components.api import decode, encode
from components.experiments.experiment import Unmeasured
from components.experiments.plan import Entrances, plan
from components.experiments.route import RouteExperiment
from components.manifests import documents
from components.model.document import decode as read
from components.model.document import encode as data_of
from tests.model.routing_strategies import mesh_of

SEEDS = st.integers(0, 2**32)
ENTRANCES = Entrances(gateway="http://gateway.test:80", service_host=lambda workload: workload.service)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_what_can_be_declared_can_be_written_and_read(seed: int) -> None:
    """Every document decodes strictly and encodes to what it was, and the mesh survives as plain data."""
    mesh = mesh_of(seed)
    for document in documents(mesh):
        assert encode(decode(encode(document))) == encode(document)
    assert read(json.loads(json.dumps(data_of(mesh)))) == mesh


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_every_route_has_a_row(seed: int) -> None:
    """The plan measures each route or says why it can not; it never fails over one."""
    mesh = mesh_of(seed)
    rows = plan(mesh, ENTRANCES, false_alarms=0.001).experiments
    told = {row.what for row in rows if isinstance(row, Unmeasured)}
    told |= {row.route.name for row in rows if isinstance(row, RouteExperiment)}
    assert {route.name for service in mesh.virtual_services for route in service.routes} <= told
