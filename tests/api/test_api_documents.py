"""Whole documents: kind and version derived from the spec, presence kept, both directions."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.api import Document, Duration, ObjectMeta, Resource, decode, decode_as, encode
from components.api.gateway_api.gateway import FromNamespaces, GatewaySpec, RouteNamespaces
from components.api.kubernetes.core import ConfigMap, Namespace, Secret, ServiceAccount
from components.api.kubernetes.deployment import DeploymentSpec, PodTemplateSpec
from components.api.kubernetes.pod import Container, PodSpec
from components.api.kubernetes.service import ServicePort, ServiceSpec
from components.api.networking.destination_rule import DestinationRule, OutlierDetection, TrafficPolicy
from components.api.networking.virtual_service import (
    Destination,
    HTTPMatchRequest,
    HTTPRoute,
    HTTPRouteDestination,
    VirtualService,
)
from components.api.registry import Kind, class_of, kinds
from components.api.security.authorization_policy import AuthorizationPolicy, Rule
from components.api.security.peer_authentication import PeerAuthentication
from tests.api.strategies import values_of

NAMED = ObjectMeta(name="servicex", namespace="shop")
HTTPS = PeerAuthentication.MutualTLS(mode=PeerAuthentication.MutualTLS.Mode.STRICT)


def virtual_service(**route: Any) -> Resource[VirtualService]:
    """A virtual service of one HTTP route."""
    return Resource(metadata=NAMED, spec=VirtualService(hosts=("a.mesh.test",), http=(HTTPRoute(**route),)))


def test_kind_and_version_come_from_the_spec() -> None:
    """Nobody writes apiVersion or kind: they follow from the class of the spec, at the newest version served."""
    document = virtual_service(
        route=(HTTPRouteDestination(destination=Destination(host="servicex", subset="stable"), weight=90),)
    )
    assert encode(document) == {
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": {"name": "servicex", "namespace": "shop"},
        "spec": {
            "hosts": ["a.mesh.test"],
            "http": [{"route": [{"destination": {"host": "servicex", "subset": "stable"}, "weight": 90}]}],
        },
    }


@pytest.mark.parametrize("version", ["networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"])
def test_a_document_keeps_its_older_version(version: str) -> None:
    """A document of an older version is of the same class, and stays of that version."""
    document = decode(encode(virtual_service()) | {"apiVersion": version})
    assert isinstance(document, Resource)
    assert isinstance(document.spec, VirtualService)
    assert encode(document)["apiVersion"] == version


def test_a_version_that_is_not_served_cannot_be_given() -> None:
    """A resource of a version that no API server knows cannot be made."""
    with pytest.raises(ValueError, match=r"'networking.istio.io/v2' is not one of VirtualService. Allowed: .*/v1, "):
        Resource(metadata=NAMED, spec=VirtualService(), api_version="networking.istio.io/v2")


def test_only_the_spec_of_a_kind_makes_a_resource() -> None:
    """A part of a spec is no spec."""
    with pytest.raises(TypeError, match=r"virtual_service.HTTPRoute is not the spec of a kind"):
        Resource(metadata=NAMED, spec=HTTPRoute())


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param(
            VirtualService(http=(HTTPRoute(match=(HTTPMatchRequest(),)),)), {"http": [{"match": [{}]}]}, id="any"
        ),
        pytest.param(AuthorizationPolicy(rules=(Rule(),)), {"rules": [{}]}, id="rule that allows all"),
        pytest.param(AuthorizationPolicy(), {}, id="no rule, so nothing is allowed"),
        pytest.param(VirtualService(hosts=()), {}, id="empty list is not set"),
        pytest.param(
            VirtualService(http=(HTTPRoute(route=(HTTPRouteDestination(weight=0),)),)),
            {"http": [{"route": [{"weight": 0}]}]},
            id="weight 0 is not no weight",
        ),
        pytest.param(
            DestinationRule(traffic_policy=TrafficPolicy(outlier_detection=OutlierDetection(consecutive_5xx_errors=0))),
            {"trafficPolicy": {"outlierDetection": {"consecutive5xxErrors": 0}}},
            id="0 errors switch a detector off",
        ),
        pytest.param(
            PeerAuthentication(port_level_mtls={8080: HTTPS}),
            {"portLevelMtls": {"8080": {"mode": "STRICT"}}},
            id="ports as keys",
        ),
        pytest.param(
            VirtualService(http=(HTTPRoute(timeout=timedelta(minutes=1, milliseconds=500)),)),
            {"http": [{"timeout": "60.5s"}]},
            id="any timedelta is a duration",
        ),
    ],
)
def test_presence_is_kept(spec: msgspec.Struct, expected: dict[str, Any]) -> None:
    """What was set appears, if only as {} or 0, and what was not set does not appear; decoding gives the same back."""
    document = Resource(metadata=NAMED, spec=spec)
    assert encode(document)["spec"] == expected
    assert decode(encode(document)) == document


def test_status_and_server_metadata_come_back() -> None:
    """What only servers write is kept: it says nothing about the mesh, but losing it would be a change."""
    live = encode(virtual_service()) | {"status": {"conditions": [{"type": "Reconciled", "status": "True"}]}}
    live["metadata"] |= {
        "uid": "7d1f", "resourceVersion": "12", "generation": 3, "creationTimestamp": "2026-01-01T00:00:00Z",
        "managedFields": [{"manager": "pulumi", "fieldsV1": {"f:spec": {}}}],
        "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": "x", "uid": "1", "controller": True}],
    }  # fmt: skip
    assert encode(decode(live)) == live


@pytest.mark.parametrize(
    "document",
    [
        Namespace(metadata=ObjectMeta(name="shop", labels={"istio-injection": "enabled"})),
        ServiceAccount(metadata=NAMED, automount_service_account_token=False),
        ConfigMap(metadata=NAMED, data={"a": ""}),
        Secret(metadata=NAMED, type="kubernetes.io/tls", string_data={"tls.crt": "x"}),
        Resource(metadata=NAMED, spec=ServiceSpec(ports=(ServicePort(name="http", port=80, target_port="web"),))),
        Resource(
            metadata=NAMED, spec=DeploymentSpec(template=PodTemplateSpec(metadata=ObjectMeta(labels={"app": "x"})))
        ),
    ],
    ids=lambda document: document.kind,
)
def test_kubernetes_kinds_come_back(document: Document) -> None:
    """The Kubernetes kinds, with a spec or without, decode to what was encoded."""
    encoded = encode(document)
    assert encoded["kind"] == document.kind
    assert set(encoded) <= {"apiVersion", "kind", "metadata", "spec", "automountServiceAccountToken"} | {
        "data", "type", "stringData"
    }  # fmt: skip
    assert decode(encoded) == document


def test_pods_may_use_what_is_not_typed() -> None:
    """Kubernetes has far more fields than are typed here, and null is not set: neither is an error in its kinds."""
    document = decode(
        {
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "creationTimestamp": None, "annotations": None},
            "spec": {"containers": [{"name": "x", "args": None, "stdin": True}], "schedulerName": "other"},
        }
    )  # fmt: skip
    assert document == Resource(metadata=ObjectMeta(name="x"), spec=PodSpec(containers=(Container(name="x"),)))


def test_the_gateway_api_has_kinds_of_the_same_names() -> None:
    """Gateway is a kind of Istio's and of the Gateway API's; the group tells them apart."""
    listener = {"name": "web", "port": 443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": {"from": "None"}}}
    gateway = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "public"},
        "spec": {"gatewayClassName": "istio", "listeners": [listener]},
    }
    decoded = decode_as(gateway, GatewaySpec)
    assert decoded.spec.listeners[0].allowed_routes is not None
    assert decoded.spec.listeners[0].allowed_routes.namespaces == RouteNamespaces(from_=FromNamespaces.None_)
    assert encode(decoded) == gateway


def test_a_route_of_the_gateway_api_comes_back() -> None:
    """Its durations are text in Go's form, which is all that its CRDs take."""
    rule = {
        "matches": [{"path": {"type": "PathPrefix", "value": "/a"}, "headers": [{"name": "x-tester", "value": "yes"}]}],
        "filters": [
            {"type": "URLRewrite", "urlRewrite": {"path": {"type": "ReplaceFullPath", "replaceFullPath": "/"}}}
        ],
        "backendRefs": [{"group": "", "kind": "Service", "name": "servicex", "port": 80, "weight": 0}],
        "timeouts": {"request": "1h10m", "backendRequest": "500ms"},
    }
    route = {
        "apiVersion": "gateway.networking.k8s.io/v1beta1",
        "kind": "HTTPRoute",
        "metadata": {"name": "a"},
        "spec": {"parentRefs": [{"name": "public"}], "hostnames": ["a.mesh.test"], "rules": [rule]},
        "status": {"parents": []},
    }
    assert encode(decode(route)) == route


def test_a_document_can_be_asked_for_by_its_spec() -> None:
    """Who needs a virtual service gets one, typed, or an error that says what came instead."""
    assert decode_as(encode(virtual_service()), VirtualService).spec.hosts == ("a.mesh.test",)
    with pytest.raises(ValueError, match=r"kind: expected DestinationRule, got VirtualService"):
        decode_as(encode(virtual_service()), DestinationRule)


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"{kind.group} {kind.name}") for kind in kinds()])
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
def test_whatever_can_be_made_comes_back(kind: Kind, data: st.DataObject) -> None:
    """Any value of any kind encodes to plain JSON, and decodes to itself."""
    if kind.is_document:
        document = data.draw(values_of(class_of(kind)))
    else:
        metadata, spec = data.draw(values_of(ObjectMeta)), data.draw(values_of(class_of(kind)))
        document = Resource(metadata=metadata, spec=spec)
    encoded = msgspec.json.decode(msgspec.json.encode(encode(document)))
    assert encoded == encode(document)
    assert decode(encoded) == document


def test_one_kind_does_not_import_the_others() -> None:
    """A program that uses one kind does not pay for all of them, nor for what only errors need."""
    program = "import sys, components.api.networking.gateway; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.startswith("components.api.")}
    assert "components.api.networking.gateway" in ours
    assert not ours & {
        "components.api.networking.virtual_service", "components.api.explaining", "components.api.istio_kinds"
    }  # fmt: skip
    assert "yaml" not in loaded


def test_durations_are_timedeltas() -> None:
    """What is decoded counts and compares like any timedelta."""
    route = decode_as(encode(virtual_service(timeout=timedelta(seconds=5))), VirtualService).spec.http[0]
    assert route.timeout == timedelta(seconds=5)
    assert isinstance(route.timeout, Duration)
