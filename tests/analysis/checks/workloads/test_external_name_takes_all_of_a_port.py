"""M0817: an ExternalName Service takes all traffic of a port."""

from __future__ import annotations

from components.analysis.checks.workloads import external_name_takes_all_of_a_port
from tests.analysis.checking import findings_of

SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: billing}
spec: {type: %s, externalName: billing.example.com, ports: [{port: 443, name: '%s'}]}
"""


def test_a_name_without_protocol_and_tcp_are_reported() -> None:
    for name in ("", "billing", "tcp"):
        (found,) = findings_of(external_name_takes_all_of_a_port, SERVICE % ("ExternalName", name))
        assert (found.code, found.istio) == ("M0817", "IST0150")


def test_https_and_other_services_are_not() -> None:
    assert not findings_of(external_name_takes_all_of_a_port, SERVICE % ("ExternalName", "https"))
    assert not findings_of(external_name_takes_all_of_a_port, SERVICE % ("ClusterIP", "billing"))
