"""M0816: a port of a Service names no protocol."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import port_without_protocol
from tests.analysis.checking import findings_of

SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web%s}
spec: {ports: [{port: %s, %s}]}
"""


@pytest.mark.parametrize("port", ["name: web", "name: ''", "name: http, appProtocol: thrift"])
def test_a_port_that_names_none_is_information(port: str) -> None:
    (found,) = findings_of(port_without_protocol, SERVICE % ("", 80, port))
    assert (found.code, found.severity.value, found.istio) == ("M0816", "info", "IST0118")


@pytest.mark.parametrize(
    "port",
    ["name: http", "name: GRPC-Web-x", "name: tcp-x", "appProtocol: kubernetes.io/ws", "name: x, protocol: UDP"],
)
def test_one_that_names_one_is_not_reported(port: str) -> None:
    assert not findings_of(port_without_protocol, SERVICE % ("", 80, port))


def test_well_known_ports_and_istios_own_services_are_left_out() -> None:
    assert not findings_of(port_without_protocol, SERVICE % ("", 3306, "name: db"))
    assert not findings_of(port_without_protocol, SERVICE % (", labels: {istio: pilot}", 80, "name: web"))
    managed = ", labels: {gateway.istio.io/managed: istio.io-gateway-controller}"
    assert not findings_of(port_without_protocol, SERVICE % (managed, 80, "name: web"))
