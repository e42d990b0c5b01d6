"""A given certificate becomes the Secret that the gateway reads, and its key is a Pulumi secret on the way."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import pulumi
import pytest

from components.model import GivenCertificate, Mesh, SecretCertificate
from components.resources import MeshResources, MeshResourcesArgs
from components.resources.certificates import CertificatePEM, certificate_secrets
from tests.example_policies import gateways_mesh
from tests.resources.conftest import Recorded

PEM = CertificatePEM(certificate="CERT", private_key="KEY")
SECRET_MARK = "4dabf18193072939515e22adb298388d"
"""Pulumi's key for a value of a special kind (pulumi.runtime.rpc)."""

GIVEN = GivenCertificate("given")


@pulumi.runtime.test
def test_a_given_certificate_becomes_a_secret_of_the_kind_that_gateways_read(recorded: Recorded) -> object:
    """Beside the gateway's pods, with certificate and key in base64 under the names that Kubernetes wants."""
    (secret,) = certificate_secrets(gateways_mesh(), {GIVEN: {**PEM, "authorities": "CA"}}, pulumi.ResourceOptions())

    def check(_: object) -> None:
        inputs = recorded.inputs["Secret/istio-ingress/given"]
        assert inputs["type"] == "kubernetes.io/tls"
        assert inputs["metadata"] == {"name": "given", "namespace": "istio-ingress"}
        expected = {"tls.crt": "CERT", "tls.key": "KEY", "ca.crt": "CA"}
        data = _plain(inputs["data"])
        assert isinstance(data, Mapping)
        assert {key: base64.b64decode(str(_plain(value))).decode() for key, value in data.items()} == expected

    return secret.urn.apply(check)


@pulumi.runtime.test
def test_its_key_is_a_pulumi_secret(recorded: Recorded) -> object:
    """So that the state keeps it encrypted and no preview shows it, though it was given as plain text."""
    (secret,) = certificate_secrets(gateways_mesh(), {GIVEN: PEM}, pulumi.ResourceOptions())

    async def check() -> None:
        assert await secret.data.is_secret()  # type: ignore[attr-defined]

    return check()


def test_a_whole_mesh_has_it_beside_what_refers_to_it(recorded: Recorded) -> None:
    """The component makes the Secret, the Gateway that names it, and what the mesh knows of services outside."""
    mesh = gateways_mesh()
    images = dict.fromkeys(mesh.workloads, "image")

    @pulumi.runtime.test
    def program() -> None:
        MeshResources("mesh", MeshResourcesArgs(mesh=mesh, images=images, certificates={GIVEN: PEM}))

    program()
    names = set(recorded.inputs)
    assert {"Secret/istio-ingress/given", "Gateway/istio-ingress/public", "ServiceEntry/outside/api"} <= names
    assert {"Certificate/istio-ingress/issued", "DestinationRule/outside/api.example.com"} <= names


def test_a_given_certificate_without_pem_is_refused(recorded: Recorded) -> None:
    """Before anything is made."""
    with pytest.raises(pulumi.RunError, match=r"certificate 'given' of a gateway has no PEM; give certificates one"):
        certificate_secrets(gateways_mesh(), {}, pulumi.ResourceOptions())


def test_pem_that_no_gateway_uses_is_refused(recorded: Recorded) -> None:
    """A misspelt name must not leave a certificate out silently."""
    given = {GIVEN: PEM, GivenCertificate("gvien"): PEM}
    with pytest.raises(
        pulumi.RunError, match=r"has PEM for 'gvien', which no gateway of the mesh uses; used are given"
    ):
        certificate_secrets(gateways_mesh(), given, pulumi.ResourceOptions())


def test_a_certificate_that_is_there_already_needs_no_pem() -> None:
    """Only given ones are made here."""
    mesh: Mesh = gateways_mesh()
    assert SecretCertificate("there-already") in mesh.certificates


def _plain(value: object) -> object:
    """Without the mark that says that it is secret, with which the engine hands it over."""
    return value["value"] if isinstance(value, Mapping) and SECRET_MARK in value else value
