"""TLS that the caller's proxy speaks to a service outside, where the program itself speaks plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.names import require_host


@dataclass(frozen=True, slots=True)
class TLSOrigination:
    """The proxy makes TLS of it and checks the server's certificate.

    `sni` is the name asked for in the handshake (None: the request's host); `subject_alt_names` of which the server's
    certificate must have one (None given: the SNI). `ca_certificates` is a file in the proxy with the authorities to
    trust (None: the system's). With `client_certificate` and `private_key`, files too, the proxy shows its own (MUTUAL).

    Raises `ValueError` for one of these two without the other, or a path that is not absolute.
    """

    _: KW_ONLY
    sni: str | None = None
    subject_alt_names: Sequence[str] = ()
    ca_certificates: str | None = None
    client_certificate: str | None = None
    private_key: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject_alt_names", tuple(self.subject_alt_names))
        if self.sni is not None:
            require_host("the SNI", self.sni)
        if (self.client_certificate is None) != (self.private_key is None):
            raise ValueError(
                "the TLS origination has a client certificate without a private key, or a key without a certificate; "
                "give both for mutual TLS, or neither"
            )
        for name in ("ca_certificates", "client_certificate", "private_key"):
            path = getattr(self, name)
            if path is not None and not path.startswith("/"):
                raise ValueError(f"the {name} are in {path!r}; give the absolute path of a file in the proxy")
