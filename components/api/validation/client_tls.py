"""How a client proxy connects by TLS: which fields of ClientTLSSettings may stand together.

Rules: DestinationRule's 64 to 70 of istiod's webhook (ValidateTLS).
"""

from __future__ import annotations

from components.api.networking.destination_rule import ClientTLSSettings
from components.api.validation.violation import Report

__all__ = ["CODES", "check_client_tls"]

CODES = {
    "V2064": "tls.credentialName names a ConfigMap in a form that can not be read",
    "V2065": "tls.credentialName names a ConfigMap of another namespace",
    "V2066": "tls in mode SIMPLE skips verification and also says what to verify against",
    "V2067": "tls in mode MUTUAL skips verification and also says what to verify against",
    "V2068": "tls has both credentialName and files",
    "V2069": "tls in mode MUTUAL has no client certificate",
    "V2070": "tls in mode MUTUAL has no private key",
}

SIMPLE = ClientTLSSettings.TLSmode.SIMPLE
MUTUAL = ClientTLSSettings.TLSmode.MUTUAL
CONFIG_MAP = "configmap://"


def check_client_tls(tls: ClientTLSSettings, path: str, namespace: str | None, report: Report) -> None:
    """Rules 64 to 70; `namespace` is that of the document, None while it has none."""
    credential = tls.credential_name
    if credential and credential.startswith(CONFIG_MAP):
        _config_map(credential, f"{path}.credentialName", namespace, report)
    if tls.mode is not SIMPLE and tls.mode is not MUTUAL:
        return
    if tls.insecure_skip_verify:
        _skipped(tls, path, report)
    if credential:
        _alone(tls, path, report)
    elif tls.mode is MUTUAL:
        for code, name, value in (
            ("V2069", "clientCertificate", tls.client_certificate),
            ("V2070", "privateKey", tls.private_key),
        ):
            if not value:
                report.refuse(
                    code,
                    f"{path}.{name}",
                    f"mode MUTUAL needs {name}, which is not set",
                    f"Set {name} to a file in the proxy, or credentialName to a secret.",
                )


def _config_map(credential: str, path: str, namespace: str | None, report: Report) -> None:
    owner, slash, rest = credential.removeprefix(CONFIG_MAP).partition("/")
    if not owner or not slash or not rest.partition("/")[0]:
        report.refuse(
            "V2064",
            path,
            f"{credential!r} does not say which ConfigMap",
            "Write configmap://NAMESPACE/NAME.",
        )
    elif namespace is not None and owner != namespace:
        report.refuse(
            "V2065",
            path,
            f"{credential!r} is a ConfigMap of namespace {owner!r}, the rule is in {namespace!r}",
            f"Put the ConfigMap into {namespace!r} and write configmap://{namespace}/NAME.",
        )


def _skipped(tls: ClientTLSSettings, path: str, report: Report) -> None:
    # For MUTUAL a secret may hold just the client's certificate, so its name is no contradiction there.
    fields = {"caCertificates": tls.ca_certificates, "subjectAltNames": tls.subject_alt_names}
    if tls.mode is SIMPLE:
        fields["credentialName"] = tls.credential_name
    if given := [name for name, value in fields.items() if value]:
        report.refuse(
            "V2066" if tls.mode is SIMPLE else "V2067",
            f"{path}.insecureSkipVerify",
            f"insecureSkipVerify is true, beside {' and '.join(given)}",
            f"Leave out insecureSkipVerify, or {' and '.join(given)}, which would be verified against.",
        )


def _alone(tls: ClientTLSSettings, path: str, report: Report) -> None:
    files = {
        "clientCertificate": tls.client_certificate,
        "privateKey": tls.private_key,
        "caCertificates": tls.ca_certificates,
        "caCrl": tls.ca_crl,
    }
    if given := [name for name, value in files.items() if value]:
        report.refuse(
            "V2068",
            f"{path}.credentialName",
            f"credentialName is {tls.credential_name!r}, beside {' and '.join(given)}",
            "Give a secret or files, not both; the secret holds what the files would.",
        )
