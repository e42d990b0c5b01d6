"""M0502: a Gateway's port is not reached through a Service."""

from __future__ import annotations

from components.analysis.checks.gateways import port_not_on_service
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(*ports: int) -> str:
    servers = [{"port": {"number": each, "name": f"p{each}", "protocol": "HTTP"}, "hosts": ["*"]} for each in ports]
    return written("Gateway", "public", spec={"selector": {"app": "edge"}, "servers": servers})


POD = written(
    "Pod",
    "edge",
    "edge",
    {"containers": [{"name": "p", "ports": [{"name": "web", "containerPort": 8081}]}]},
    labels={"app": "edge"},
)


def service(*ports: dict[str, object], selector: str = "edge") -> str:
    return written("Service", "edge", "edge", {"selector": {"app": selector}, "ports": list(ports)})


def test_a_port_that_no_service_has_is_a_warning() -> None:
    text = many(POD, service({"port": 80, "targetPort": 8080}), gateway(80, 8080, 443))
    (found,) = findings_of(port_not_on_service, text)
    assert (found.field, found.severity) == ("spec.servers[2].port.number", Severity.WARNING)


def test_a_target_port_may_be_a_name_and_a_number_as_text() -> None:
    ports = ({"port": 80, "targetPort": "web"}, {"port": 81, "targetPort": "8443"})
    assert not findings_of(port_not_on_service, many(POD, service(*ports), gateway(8081, 8443)))


def test_udp_and_services_of_other_pods_do_not_count() -> None:
    assert findings_of(port_not_on_service, many(POD, service({"port": 80, "protocol": "UDP"}), gateway(80)))
    assert findings_of(port_not_on_service, many(POD, service({"port": 80}, selector="other"), gateway(80)))


def test_without_services_of_the_namespace_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(port_not_on_service, many(POD, gateway(80)))] == [Severity.INFO]
