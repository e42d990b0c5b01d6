"""Secrets that Gateways take certificates from: where they are looked up, and whether they can be served."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from components.analysis.snapshot import Snapshot
from components.api.kubernetes.core import Secret
from components.api.networking.gateway import ServerTLSSettings

__all__ = ["Credentials", "flaw_of", "names_of", "validity"]

PAIRS = (("cert", "key"), ("tls.crt", "tls.key"))
PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s+([A-Za-z0-9+/=\s]+?)-----END \1-----")


class Credentials:
    """The Secrets of a set of documents, and those that cert-manager makes from its Certificates."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.secrets: dict[tuple[str, str], Secret] = {
            (each.namespace, each.name): each.document
            for each in snapshot.of("Secret")
            if isinstance(each.document, Secret)
        }
        self.made: frozenset[tuple[str, str]] = frozenset(self.secrets) | frozenset(_certificates(snapshot))
        self._namespaces = {namespace for namespace, _ in self.secrets}

    def knows(self, namespace: str) -> bool:
        """Whether a Secret of a namespace that is not here is not there at all: others of it are among the documents.
        A program does not tell, either: Secrets are seldom declared beside a mesh.
        """
        return namespace in self._namespaces

    @staticmethod
    def place(name: str, namespace: str) -> tuple[str, str]:
        """Namespace and name of what a credentialName means for pods of a namespace."""
        plain = name.removeprefix("kubernetes://")
        owner, slash, rest = plain.partition("/")
        return (owner, rest) if slash else (namespace, plain)


def names_of(tls: ServerTLSSettings | None) -> Iterator[tuple[str, str]]:
    """The fields of TLS settings that name a Secret, and the names. Others than Kubernetes' (sds://, configmap://) are
    left out.
    """
    if tls is None:
        return
    given = [("credentialName", tls.credential_name)]
    given += [(f"credentialNames[{index}]", each) for index, each in enumerate(tls.credential_names)]
    for field, name in given:
        if name and ("://" not in name or name.startswith("kubernetes://")):
            yield field, name


def flaw_of(secret: Secret, now: datetime) -> str | None:
    """Why a Secret can not be served as a certificate; None when it can."""
    data = {key: _decoded(value) for key, value in secret.data.items()}
    data |= {key: value.encode() for key, value in secret.string_data.items()}
    for certificate, key in PAIRS:
        if data.get(certificate) and data.get(key):
            return _flaw(certificate, data[certificate], now)
    for certificate, key in PAIRS:
        if certificate in data and key in data:
            return f"its keys {certificate} and {key} are empty"
    return f"it has neither cert and key nor tls.crt and tls.key, but {', '.join(sorted(data)) or 'nothing'}"


def _flaw(key: str, certificate: bytes, now: datetime) -> str | None:
    found = PEM.search(certificate)
    if found is None:
        return f"{key} is no PEM"
    try:
        start, end = validity(base64.b64decode(found.group(2)))
    except (ValueError, IndexError):
        return f"{key} is no certificate"
    if now > end:
        return f"its certificate expired on {end:%Y-%m-%d}"
    if now < start:
        return f"its certificate is not valid before {start:%Y-%m-%d}"
    return None


def validity(der: bytes) -> tuple[datetime, datetime]:
    """From when and until when a certificate (X.509, DER) is valid. ValueError or IndexError: it is none.

    Source: RFC 5280, 4.1: Certificate, tbsCertificate, then version [0], serial, algorithm, issuer, validity.
    """
    certificate, rest = _take(der, 0x30)
    body, _ = _take(certificate, 0x30)
    if not rest and body[:1] == b"\xa0":
        _, body = _take(body, 0xA0)
    for tag in (0x02, 0x30, 0x30):
        _, body = _take(body, tag)
    dates, _ = _take(body, 0x30)
    start, dates = _time(dates)
    end, _ = _time(dates)
    return start, end


def _take(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the element that data starts with, and what follows it."""
    if data[0] != tag:
        raise ValueError(f"tag {data[0]:#x} instead of {tag:#x}")
    length, start = data[1], 2
    if length & 0x80:
        count = length & 0x7F
        length, start = int.from_bytes(data[2 : 2 + count]), 2 + count
    if len(data) < start + length:
        raise ValueError("cut off")
    return data[start : start + length], data[start + length :]


def _time(data: bytes) -> tuple[datetime, bytes]:
    if data[0] == 0x17:
        text, rest = _take(data, 0x17)
        digits = text.decode()
        return _parsed(("20" if int(digits[:2]) < 50 else "19") + digits), rest
    text, rest = _take(data, 0x18)
    return _parsed(text.decode()), rest


def _parsed(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value)
    except (ValueError, binascii.Error):
        return b""


def _certificates(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for each in snapshot.of("Certificate"):
        spec = getattr(each.document, "spec", None)
        name = getattr(spec, "secret_name", None)
        plain = each.plain.get("spec")
        if name is None and isinstance(plain, Mapping):
            name = plain.get("secretName")
        if isinstance(name, str):
            yield each.namespace, name
