"""What the checks say of a mesh stops a program, or stands beside the resources it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
import pytest

from components.analysis import Suppression
from components.api import Duration, ObjectMeta, Resource
from components.api.networking.virtual_service import (
    Destination,
    HTTPFaultInjection,
    HTTPRoute,
    HTTPRouteDestination,
    Percent,
    VirtualService,
)
from components.model import Mesh, Workload
from components.resources.findings import require_sound
from components.resources.mesh import MeshResources, MeshResourcesArgs
from tests.resources.conftest import Recorded

WORKLOAD = Workload("servicex", namespace="shop", port=8000)
MESH = Mesh(versions=[WORKLOAD.version("v1")])
HOST = "servicex.shop.svc.cluster.local"


def routed(name: str, host: str = HOST, **fields: Any) -> Resource[VirtualService]:
    """A VirtualService of one rule."""
    rule = HTTPRoute(route=(HTTPRouteDestination(destination=Destination(host=HOST)),), **fields)
    return Resource(metadata=ObjectMeta(name=name, namespace="shop"), spec=VirtualService(hosts=(host,), http=(rule,)))


DELAY = HTTPFaultInjection.Delay(fixed_delay=Duration(seconds=5), percentage=Percent(value=50))
SURPRISING = routed("surprising", timeout=Duration(seconds=2), fault=HTTPFaultInjection(delay=DELAY))
REFUSED = routed("refused", "elsewhere.example.com", timeout=Duration(microseconds=10))


def made(extra: list[Resource[VirtualService]]) -> None:
    images = dict.fromkeys(MESH.workloads, "image")
    MeshResources("mesh", MeshResourcesArgs(mesh=MESH, images=images, extra=extra))


def test_an_error_stops_the_program_with_all_findings_before_anything_is_registered(recorded: Recorded) -> None:
    """In one report, the worst first; nothing is registered."""
    with pytest.raises(pulumi.RunError) as refused:
        made([SURPRISING, REFUSED])
    first, *lines = str(refused.value).splitlines()
    assert first == "the mesh can not be used; nothing was touched."
    refusals = [line for line in lines if line.startswith("- error V")]
    assert any("VirtualService shop/refused spec.http[0].timeout" in line for line in refusals)
    assert [line.split()[1] for line in lines] == sorted(line.split()[1] for line in lines)
    assert any(line.startswith("- warning M0301 VirtualService shop/surprising") for line in lines)
    assert not recorded.inputs


def test_a_warning_stands_at_its_resource(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the preview, which shows it beside the resource."""
    said: list[tuple[str, str]] = []

    def warn(message: str, resource: pulumi.Resource, **_: Mapping[str, Any]) -> None:
        said.append((message, resource._name))

    monkeypatch.setattr(pulumi.log, "warn", warn)

    @pulumi.runtime.test
    def program() -> None:
        made([SURPRISING])

    program()
    ((message, name),) = [(message, name) for message, name in said if message.startswith("M0301")]
    assert message.startswith("M0301 spec.http[0].timeout: the timeout of 2s does not cut the delay of 5s short")
    assert name == "VirtualService/shop/surprising"


def test_what_a_stack_suppresses_is_not_said() -> None:
    """By its code and its object."""
    kept = Suppression(code="M0301", object="VirtualService shop/*", reason="the delay is what we test")
    resource = pulumi.Resource.__new__(pulumi.Resource)
    with pytest.MonkeyPatch.context() as patched:
        said: list[str] = []
        patched.setattr(pulumi.log, "warn", lambda message, resource: said.append(message))
        require_sound([SURPRISING], suppressions=[kept]).say(SURPRISING, resource)
        assert not [message for message in said if message.startswith("M0301")]
        require_sound([SURPRISING]).say(SURPRISING, resource)
        assert [message for message in said if message.startswith("M0301")]
