"""M0706: a Sidecar imports a host that does not exist."""

from __future__ import annotations

from components.analysis.checks.proxies import egress_host_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

SERVICE = written("Service", "servicex", spec={"ports": [{"name": "http", "port": 80}]})
FULL = "servicex.shop.svc.cluster.local"


def sidecar(host: str) -> str:
    return written("Sidecar", "s", spec={"egress": [{"hosts": [host]}]})


def test_a_short_name_and_another_namespace_are_warnings() -> None:
    for host in ("./servicex", f"office/{FULL}", f"./other{FULL}"):
        (found,) = findings_of(egress_host_not_found, many(SERVICE, sidecar(host)))
        assert (found.field, found.severity) == ("spec.egress[0].hosts[0]", Severity.WARNING), host


def test_what_may_be_kept_elsewhere_is_an_info() -> None:
    for host in ("office/a.office.svc.cluster.local", "./bank.example.com"):
        assert [each.severity for each in findings_of(egress_host_not_found, sidecar(host))] == [Severity.INFO], host


def test_wildcards_and_the_full_name_are_right() -> None:
    for host in ("./*", "*/*", "~/*", f"./{FULL}", f"*/{FULL}", f"shop/{FULL}"):
        assert not findings_of(egress_host_not_found, many(SERVICE, sidecar(host))), host
