"""How a gateway, or a sidecar for what comes in, does TLS: where its certificates come from, and what ciphers.

Rules: Gateway's 21 to 37 of istiod's webhook (validateTLSOptions).
"""

from __future__ import annotations

from collections.abc import Mapping

from components.api.networking.gateway import ServerTLSSettings
from components.api.validation.violation import Report

__all__ = ["CODES", "check_server_tls"]

CODES = {
    "V3021": "tls allows versions below 1.2, for which Envoy has no cipher by default",
    "V3022": "tls.cipherSuites has one that there is not",
    "V3023": "tls.cipherSuites has one twice",
    "V3024": "tls in mode ISTIO_MUTUAL has serverCertificate",
    "V3025": "tls in mode ISTIO_MUTUAL has privateKey",
    "V3026": "tls in mode ISTIO_MUTUAL has caCertificates",
    "V3027": "tls in mode ISTIO_MUTUAL has tlsCertificates",
    "V3028": "tls in mode ISTIO_MUTUAL has credentialName",
    "V3029": "tls in mode ISTIO_MUTUAL has credentialNames",
    "V3030": "tls that is passed through has certificates, which are ignored",
    "V3031": "tls has certificates from more than one source",
    "V3032": "tls that asks for client certificates has no caCertificates to check them against",
    "V3033": "tls has more than two tlsCertificates",
    "V3034": "tls has no server certificate",
    "V3035": "tls has no private key",
    "V3036": "tls has both caCrl and credentialName",
    "V3037": "tls in mode SIMPLE has caCrl, which only client certificates need",
}

MODE = ServerTLSSettings.TLSmode
PASSED_THROUGH = (None, MODE.PASSTHROUGH, MODE.AUTO_PASSTHROUGH)
MUTUAL = (MODE.MUTUAL, MODE.OPTIONAL_MUTUAL)
OLD = (ServerTLSSettings.TLSProtocol.TLSV1_0, ServerTLSSettings.TLSProtocol.TLSV1_1)
# BoringSSL's, without those of pre-shared keys; istiod drops what is none of these.
CIPHER_SUITES = frozenset(
    (
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-CHACHA20-POLY1305",
        "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-RSA-AES128-SHA",
        "ECDHE-ECDSA-AES256-SHA",
        "ECDHE-RSA-AES256-SHA",
        "AES128-GCM-SHA256",
        "AES256-GCM-SHA384",
        "AES128-SHA",
        "AES256-SHA",
        "DES-CBC3-SHA",
    )
)


def check_server_tls(tls: ServerTLSSettings, path: str, report: Report) -> None:
    """Rules 21 to 37."""
    _check_ciphers(tls, path, report)
    if tls.mode is MODE.ISTIO_MUTUAL:
        _check_mesh_mutual(tls, path, report)
        return
    if tls.mode in PASSED_THROUGH:
        _check_passed_through(tls, path, report)
    sources = {
        "serverCertificate and privateKey": tls.server_certificate and tls.private_key,
        "credentialName": tls.credential_name,
        "credentialNames": tls.credential_names,
        "tlsCertificates": tls.tls_certificates,
    }
    if len(given := [name for name, value in sources.items() if value]) > 1:
        report.refuse("V3031", path, f"certificates come from {', '.join(given)}", "Keep one of them.")
    if tls.mode not in PASSED_THROUGH and not (tls.credential_name or tls.credential_names):
        _check_files(tls, path, report)
    elif tls.ca_crl and tls.credential_name and tls.mode in PASSED_THROUGH:
        report.refuse(
            "V3036",
            f"{path}.caCrl",
            f"caCrl is {tls.ca_crl!r}, beside credentialName {tls.credential_name!r}",
            "Put the revocation list into the secret, under ca.crl.",
        )


def _check_ciphers(tls: ServerTLSSettings, path: str, report: Report) -> None:
    if tls.min_protocol_version in OLD and not tls.cipher_suites:
        assert tls.min_protocol_version is not None
        report.warn(
            "V3021",
            f"{path}.minProtocolVersion",
            f"minProtocolVersion is {tls.min_protocol_version.value}, and no cipher for it is on by default",
            "Set cipherSuites with some for that version, such as ECDHE-RSA-AES128-SHA, or ask for TLSV1_2.",
        )
    seen: set[str] = set()
    for index, suite in enumerate(tls.cipher_suites):
        # What starts with a sign is one of OpenSSL's operators, which istiod passes on as it is.
        known = not suite or suite == "ALL" or suite in CIPHER_SUITES or not suite[0].isalnum()
        if not known:
            report.warn(
                "V3022",
                f"{path}.cipherSuites[{index}]",
                f"{suite!r} is no cipher suite and is ignored",
                f"Allowed: {', '.join(sorted(CIPHER_SUITES))}.",
            )
        elif suite in seen:
            report.warn("V3023", f"{path}.cipherSuites[{index}]", f"{suite!r} is there twice", "Leave the second out.")
        seen.add(suite)


def _certificates(tls: ServerTLSSettings) -> Mapping[str, object]:
    return {
        "serverCertificate": tls.server_certificate,
        "privateKey": tls.private_key,
        "caCertificates": tls.ca_certificates,
        "tlsCertificates": tls.tls_certificates,
        "credentialName": tls.credential_name,
        "credentialNames": tls.credential_names,
    }


def _check_mesh_mutual(tls: ServerTLSSettings, path: str, report: Report) -> None:
    codes = ("V3024", "V3025", "V3026", "V3027", "V3028", "V3029")
    for code, (name, value) in zip(codes, _certificates(tls).items(), strict=True):
        if value:
            shown = len(value) if isinstance(value, tuple) else repr(value)
            report.refuse(
                code,
                f"{path}.{name}",
                f"{name} is given ({shown}), but mode ISTIO_MUTUAL has the mesh's own certificates",
                f"Leave {name} out, or choose mode SIMPLE or MUTUAL.",
            )


def _check_passed_through(tls: ServerTLSSettings, path: str, report: Report) -> None:
    certificates = {**_certificates(tls), "caCrl": tls.ca_crl}
    if given := [name for name, value in certificates.items() if value]:
        mode = tls.mode.value if tls.mode is not None else MODE.PASSTHROUGH.value
        report.warn(
            "V3030",
            path,
            f"{', '.join(given)} given, but mode {mode} leaves TLS to the destination and ignores certificates",
            f"Leave {' and '.join(given)} out, or choose mode SIMPLE or MUTUAL.",
        )


def _check_files(tls: ServerTLSSettings, path: str, report: Report) -> None:
    assert tls.mode is not None
    if tls.mode in MUTUAL and not tls.ca_certificates:
        report.refuse(
            "V3032",
            f"{path}.caCertificates",
            f"mode {tls.mode.value} checks client certificates, but caCertificates is not set",
            "Set caCertificates to a file, or credentialName to a secret that holds them.",
        )
    if len(tls.tls_certificates) > 2:
        report.warn(
            "V3033",
            f"{path}.tlsCertificates",
            f"tlsCertificates has {len(tls.tls_certificates)} entries, and two are used at most",
            "Keep two, such as one with RSA and one with ECDSA.",
        )
    if tls.tls_certificates:
        for index, pair in enumerate(tls.tls_certificates):
            inner = f"{path}.tlsCertificates[{index}]"
            _check_pair(pair.server_certificate, pair.private_key, inner, tls.mode, report)
    else:
        _check_pair(tls.server_certificate, tls.private_key, path, tls.mode, report)
    if tls.ca_crl and tls.mode is MODE.SIMPLE:
        report.refuse(
            "V3037",
            f"{path}.caCrl",
            f"caCrl is {tls.ca_crl!r}, but mode SIMPLE asks for no client certificate",
            "Leave caCrl out, or choose mode MUTUAL.",
        )


def _check_pair(
    certificate: str | None, key: str | None, path: str, mode: ServerTLSSettings.TLSmode, report: Report
) -> None:
    for code, name, value in (("V3034", "serverCertificate", certificate), ("V3035", "privateKey", key)):
        if not value:
            report.refuse(
                code,
                f"{path}.{name}",
                f"mode {mode.value} needs {name}, which is not set",
                f"Set {name} to a file, or credentialName to a secret.",
            )
