"""M0503: two Gateways use the same certificate."""

from __future__ import annotations

from components.analysis.checks.gateways import certificate_of_two_gateways
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(name: str, tls: dict[str, object], **selector: str) -> str:
    server = {"port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": [f"{name}.test"], "tls": tls}
    return written("Gateway", name, spec={"selector": {"istio": "edge"} | selector, "servers": [server]})


SECRET: dict[str, object] = {"credentialName": "wildcard"}


def test_both_gateways_of_one_selector_are_reported() -> None:
    found = findings_of(certificate_of_two_gateways, many(gateway("a", SECRET), gateway("b", SECRET)))
    assert [(each.name, each.istio) for each in found] == [("a", "IST0138"), ("b", "IST0138")]


def test_only_the_one_with_the_wider_selector_is() -> None:
    found = findings_of(certificate_of_two_gateways, many(gateway("a", SECRET), gateway("b", SECRET, type="internal")))
    assert [each.name for each in found] == ["a"]


def test_files_are_the_same_when_certificate_and_key_are() -> None:
    files: dict[str, object] = {"serverCertificate": "/c", "privateKey": "/k"}
    assert findings_of(certificate_of_two_gateways, many(gateway("a", files), gateway("b", files)))
    assert not findings_of(
        certificate_of_two_gateways, many(gateway("a", files), gateway("b", files | {"privateKey": "/l"}))
    )
