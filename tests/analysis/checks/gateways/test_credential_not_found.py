"""M0504: a Gateway's credential is not where its pods run."""

from __future__ import annotations

from components.analysis.checks.gateways import credential_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def gateway(credential: str, **selector: str) -> str:
    server = {
        "port": {"number": 443, "name": "https", "protocol": "HTTPS"},
        "hosts": ["*"],
        "tls": {"mode": "SIMPLE", "credentialName": credential},
    }
    return written("Gateway", "public", spec={"selector": selector, "servers": [server]})


DEPLOYMENT = written(
    "Deployment", "edge", "edge", {"template": {"metadata": {"labels": {"app": "edge"}}, "spec": {"containers": []}}}
)


def secret(name: str, namespace: str) -> str:
    return written("Secret", name, namespace, type="kubernetes.io/tls")


def test_a_secret_beside_the_gateway_is_not_where_the_pods_run() -> None:
    (found,) = findings_of(credential_not_found, many(DEPLOYMENT, secret("a", "shop"), gateway("a", app="edge")))
    assert (found.severity, found.istio) == (Severity.ERROR, "IST0101")
    assert "namespace edge" in found.message
    assert "shop" in found.message


def test_secrets_of_the_pods_namespace_make_it_sure() -> None:
    sure = findings_of(credential_not_found, many(DEPLOYMENT, secret("b", "edge"), gateway("a", app="edge")))
    unsure = findings_of(credential_not_found, many(DEPLOYMENT, gateway("a", app="edge")))
    assert [each.severity for each in (*sure, *unsure)] == [Severity.ERROR, Severity.INFO]


def test_a_secret_where_the_pods_run_or_a_certificate_that_makes_it_is_found() -> None:
    assert not findings_of(credential_not_found, many(DEPLOYMENT, secret("a", "edge"), gateway("a", app="edge")))
    certificate = written(
        "Certificate",
        "c",
        "edge",
        {"secretName": "a", "issuerRef": {"name": "i"}},
        api="cert-manager.io/v1",
    )
    assert not findings_of(credential_not_found, many(DEPLOYMENT, certificate, gateway("a", app="edge")))


def test_a_gateway_without_pods_and_a_credential_of_another_kind_are_anothers() -> None:
    assert not findings_of(credential_not_found, many(secret("b", "edge"), gateway("a", app="typo")))
    assert not findings_of(
        credential_not_found, many(DEPLOYMENT, secret("b", "edge"), gateway("builtin://", app="edge"))
    )
