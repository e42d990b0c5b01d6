"""Services: names of fields as Kubernetes writes them."""

from __future__ import annotations

from components.api import ObjectMeta, Resource, decode, encode
from components.api.kubernetes.service import ServiceSpec

HEADLESS = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"clusterIP": "None", "externalIPs": ["192.0.2.1"]},
}


def test_addresses_are_written_and_read_with_capital_ip() -> None:
    spec = ServiceSpec(cluster_ip="None", external_ips=("192.0.2.1",))
    headless = Resource(metadata=ObjectMeta(name="web"), spec=spec)
    assert encode(headless) == HEADLESS
    assert decode(HEADLESS) == headless
