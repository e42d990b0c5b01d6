"""M0505: a Gateway's credential can not be served."""

from __future__ import annotations

from components.analysis.checks.gateways import credential_not_valid
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written

GATEWAY = written(
    "Gateway",
    "public",
    spec={
        "selector": {"istio": "ingressgateway"},
        "servers": [
            {
                "port": {"number": 443, "name": "https", "protocol": "HTTPS"},
                "hosts": ["*"],
                "tls": {"mode": "SIMPLE", "credentialName": "a"},
            }
        ],
    },
)


def flaw(**data: str) -> str:
    text = many(
        GATEWAY, written("Secret", "a", "istio-system", stringData={k.replace("_", "."): v for k, v in data.items()})
    )
    (found,) = findings_of(credential_not_valid, text)
    assert (found.istio, found.severity, found.kind) == ("IST0161", Severity.ERROR, "Gateway")
    return found.message


def test_other_keys_empty_ones_and_what_is_no_certificate_are_told_apart() -> None:
    assert "has neither" in flaw(tls_cert="x", tls_key="y")
    assert "are empty" in flaw(tls_crt="", tls_key="")
    assert "is no PEM" in flaw(cert="x", key="y")
    pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    assert "is no certificate" in flaw(tls_crt=pem, tls_key="y")


def test_a_secret_that_is_not_there_is_anothers() -> None:
    assert not findings_of(credential_not_valid, GATEWAY)
