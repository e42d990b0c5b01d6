"""What a certificate says of its dates, and what of a Secret can not be served."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.analysis.credentials import flaw_of, names_of, validity
from components.api import ObjectMeta
from components.api.kubernetes.core import Secret
from components.api.networking.gateway import ServerTLSSettings

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def element(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes(2)
    return bytes([tag, 0x82]) + length + content


def certificate(start: bytes, end: bytes, *, version: bool = True, filler: int = 200) -> bytes:
    """The parts of a certificate up to its dates, as RFC 5280 has them, and something after them."""
    dates = element(0x30, *(element(0x17 if len(each) == 13 else 0x18, each) for each in (start, end)))
    first = [element(0xA0, element(0x02, b"\x02"))] if version else []
    body = element(0x30, *first, element(0x02, b"\x01"), element(0x30), element(0x30), dates, bytes(filler))
    return element(0x30, body, element(0x30))


def secret(der: bytes) -> Secret:
    lines = base64.b64encode(der).decode()
    pem = f"a comment\n-----BEGIN CERTIFICATE-----\n{lines[:64]}\n{lines[64:]}\n-----END CERTIFICATE-----\n"
    return Secret(metadata=ObjectMeta(name="a"), string_data={"tls.crt": pem, "tls.key": "key"})


def test_dates_of_both_forms_and_versions_are_read() -> None:
    expected = (datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2055, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert validity(certificate(b"250102030405Z", b"20550102030405Z")) == expected
    assert validity(certificate(b"20250102030405Z", b"20550102030405Z", version=False, filler=0)) == expected
    assert validity(certificate(b"990102030405Z", b"250102030405Z"))[0].year == 1999


def test_a_certificate_out_of_its_time_can_not_be_served() -> None:
    assert flaw_of(secret(certificate(b"250101000000Z", b"270101000000Z")), NOW) is None
    assert "expired on 2026-01-01" in (flaw_of(secret(certificate(b"250101000000Z", b"260101000000Z")), NOW) or "")
    assert "before 2027-01-01" in (flaw_of(secret(certificate(b"270101000000Z", b"280101000000Z")), NOW) or "")


@pytest.mark.parametrize("cut", [0, 1, 3, 20, 30])
def test_a_certificate_that_is_cut_off_is_none(cut: int) -> None:
    der = certificate(b"250101000000Z", b"270101000000Z", filler=0)[:cut]
    assert flaw_of(secret(der), NOW) in ("tls.crt is no certificate", "tls.crt is no PEM")


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 60))
def test_any_bytes_are_a_certificate_or_none(noise: bytes, place: int) -> None:
    der = certificate(b"250101000000Z", b"270101000000Z", filler=0)
    try:
        start, end = validity(der[:place] + noise + der[place:])
    except (ValueError, IndexError):
        return
    assert start.tzinfo is UTC
    assert end.tzinfo is UTC


def test_data_that_is_no_base64_is_no_certificate() -> None:
    broken = Secret(metadata=ObjectMeta(name="a"), data={"tls.crt": "é", "tls.key": "a"})
    assert flaw_of(broken, NOW) == "its keys tls.crt and tls.key are empty"


def test_names_of_secrets_leave_out_what_is_no_secret_of_kubernetes() -> None:
    settings = ServerTLSSettings(credential_name="sds://a", credential_names=("kubernetes://b", "c", ""))
    assert list(names_of(settings)) == [("credentialNames[0]", "kubernetes://b"), ("credentialNames[1]", "c")]
    assert not list(names_of(None))
