"""M0120: a ServiceEntry has a TCP port and no address."""

from __future__ import annotations

from typing import Any

from components.analysis.checks.references import entry_without_address
from tests.analysis.checking import findings_of
from tests.analysis.objects import written

CONFIG = {"defaultConfig": {"proxyMetadata": {"ISTIO_META_DNS_CAPTURE": "true"}}}


def entry(protocol: str | None, **others: Any) -> str:
    port = {"number": 22, "name": "tcp"} | ({"protocol": protocol} if protocol is not None else {})
    return written("ServiceEntry", "x", spec={"hosts": ["a.example.com"], "ports": [port]}, **others)


def test_tcp_in_any_case_and_no_protocol_need_an_address() -> None:
    for protocol in ("TCP", "tcp", "", None):
        assert [each.istio for each in findings_of(entry_without_address, entry(protocol))] == ["IST0134"]
    assert not findings_of(entry_without_address, entry("HTTPS"))


def test_addresses_that_were_allocated_or_will_be_are_enough() -> None:
    assert not findings_of(entry_without_address, entry("TCP", status={"addresses": [{"value": "240.240.0.1"}]}))
    assert findings_of(entry_without_address, entry("TCP", status={"addresses": []}), mesh_config=CONFIG)
    metadata = CONFIG["defaultConfig"]["proxyMetadata"] | {"ISTIO_META_DNS_AUTO_ALLOCATE": "true"}
    assert not findings_of(
        entry_without_address, entry("TCP"), mesh_config={"defaultConfig": {"proxyMetadata": metadata}}
    )
