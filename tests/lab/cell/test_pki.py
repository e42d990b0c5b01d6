"""Keys and certificates."""

import subprocess

import pytest

from lab.cell import pki
from lab.errors import LabError
from tests.lab.cell.doubles import layout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder with all of a cell's certificates."""
    plan = layout(tmp_path_factory.mktemp("state"))
    pki.make(plan.pki, pki.certificates(plan))
    return plan.pki


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("leaf", pki.certificates(layout()), ids=lambda leaf: leaf.name)
def test_every_certificate_is_signed_by_the_clusters_authority(made, leaf):
    """Each verifies against ca.crt, and its subject is the user Kubernetes takes it for."""
    assert openssl("verify", "-CAfile", made / "ca.crt", made / f"{leaf.name}.crt").strip().endswith(": OK")
    subject = openssl("x509", "-in", made / f"{leaf.name}.crt", "-noout", "-subject", "-nameopt", "compat").strip()
    assert subject == "subject=" + leaf.subject


def test_the_api_server_may_be_called_by_each_of_its_addresses(made):
    """Host and pods reach it at the node's address and the Service's, by address and by name."""
    text = openssl("x509", "-in", made / "apiserver.crt", "-noout", "-ext", "subjectAltName")
    names = {name.strip() for name in text.split("\n")[1].split(",")}
    assert names >= {"IP Address:198.18.0.2", "IP Address:10.96.0.1", "DNS:kubernetes.default.svc.cluster.local"}


def test_what_is_there_is_kept_and_what_is_missing_is_made(made):
    """A second run changes no certificate; one whose making was cut off is made again, by the same authority."""
    before = (made / "ca.crt").read_bytes()
    (made / "admin.crt").unlink()
    pki.make(made, pki.certificates(layout()))
    assert (made / "ca.crt").read_bytes() == before
    assert openssl("verify", "-CAfile", made / "ca.crt", made / "admin.crt").strip().endswith(": OK")


def test_private_keys_are_for_their_owner_only(made):
    """No key can be read by another user."""
    assert {key.stat().st_mode & 0o077 for key in made.glob("*.key")} == {0}


def test_openssls_own_words_reach_the_reader(tmp_path):
    """A name openssl refuses ends in a LabError that repeats what it said."""
    with pytest.raises(LabError, match="openssl req failed"):
        pki.make(tmp_path, [pki.Certificate(name="x", user="x", serves=("IP:nowhere",))])
