"""A mesh survives its form as plain data."""

from __future__ import annotations

import json

import pytest

from components.model import (
    Abort,
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    Delay,
    Gateway,
    Header,
    Mesh,
    MutualTLS,
    OutlierDetection,
    Path,
    PathRegex,
    Percent,
    Retry,
    Route,
    Split,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)
from components.model.document import DocumentError, decode, encode


@pytest.fixture(name="mesh")
def _mesh() -> Mesh:
    shop = Workload("shop", namespace="shop", port=8000)
    old, new = shop.version("old", env={"a": "b"}), shop.version("new", replicas=3, min_available=1)
    public = Gateway("public", hosts=["a.mesh.test"])
    breaker = CircuitBreaker(
        connection_pool=ConnectionPool(max_connections=1, connect_timeout=seconds(1)),
        outlier_detection=OutlierDetection(consecutive_5xx_errors=3, min_health_percent=20),
    )
    sticky = Subset("sticky", of=new, load_balancer=ConsistentHash(cookie="user", cookie_ttl=seconds(60)))
    routes = [
        Route("abort", when=[Header("x", "1"), Path("/a")], to=old, abort=Abort(503, on=Percent(12.5))),
        Route("delay", when=Header("x", regex="2|3"), to=sticky, delay=Delay(milliseconds(1.5))),
        Route("again", when=PathRegex("/x+"), to=new, retry=Retry(2, on=["503"]), timeout=seconds(2)),
        Route("split", to=Split({old: 1, new: 2})),
    ]
    return Mesh(
        versions=[old, new],
        virtual_services=[
            VirtualService(public.host("a.mesh.test"), routes),
            VirtualService(shop, [Route("in", to=shop)]),
        ],
        policies=[TrafficPolicy(shop, circuit_breaker=breaker)],
        mutual_tls=MutualTLS.PERMISSIVE,
    )


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
