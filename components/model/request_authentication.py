"""Which tokens (JWT) are good, and where a request has them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from components.model.names import require_header, require_label
from components.model.places import Place

PUBLIC_MEMBERS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}
"""What a public key must have, by its type (RFC 7518, section 6; RFC 8037)."""

CURVES = {"EC": ("P-256", "P-384", "P-521"), "OKP": ("Ed25519",)}


@dataclass(frozen=True, slots=True)
class TokenHeader:
    """A header that has the token, after `prefix` (with its space, if there is one): `TokenHeader("x-token")`."""

    name: str
    _: KW_ONLY
    prefix: str = ""

    def __post_init__(self) -> None:
        require_header(self.name)


@dataclass(frozen=True, slots=True)
class ClaimHeader:
    """A header in which the workload gets one claim of the token; one that the caller sent is thrown away.

    Raises `ValueError` for a header of other than letters, digits, `-` and `_`, or a blank claim.
    """

    header: str
    _: KW_ONLY
    claim: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9_-]+", self.header):
            raise ValueError(
                f"the header for claim {self.claim!r} is {self.header!r}; Istio takes lower-case letters, digits, '-', '_'"
            )
        if not self.claim.strip():
            raise ValueError(f"the claim for header {self.header!r} is blank; give its name, such as 'sub'")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose tokens are good: those with this `iss`, signed by one of the keys, for one of the `audiences` (none: any).

    The public keys are given (`jwks`, JSON), or istiod, not the proxy, fetches them from `jwks_uri`; with neither it
    asks the issuer's own /.well-known/openid-configuration. While istiod can not fetch them, no token is good (401).

    A request has the token after `Authorization: Bearer`, unless `from_headers`, `from_params` (the query) or
    `from_cookies` say otherwise. It is taken out before the workload gets the request, unless `forward` is set;
    `payload_to_header` passes all claims on (base64 of JSON), `claims_to_headers` single ones.

    Raises `ValueError` for keys from two places, keys that are not public, or an address that istiod can not fetch.
    """

    name: str
    _: KW_ONLY
    jwks: str | None = None
    jwks_uri: str | None = None
    audiences: Sequence[str] = ()
    from_headers: Sequence[TokenHeader] = ()
    from_params: Sequence[str] = ()
    from_cookies: Sequence[str] = ()
    forward: bool = False
    payload_to_header: str | None = None
    claims_to_headers: Sequence[ClaimHeader] = ()

    def __post_init__(self) -> None:
        for attribute in ("audiences", "from_headers", "from_params", "from_cookies", "claims_to_headers"):
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        if not self.name.strip() or re.search(r"[\s*]", self.name):
            raise ValueError(f"the issuer is {self.name!r}; give the tokens' claim iss, without spaces or '*'")
        if self.jwks is not None and self.jwks_uri is not None:
            raise ValueError(f"issuer {self.name!r} has jwks and jwks_uri; keys are given or fetched. Leave one out")
        if self.jwks is not None:
            _require_public_keys(self.name, self.jwks)
        elif not _fetchable(self.jwks_uri or self.name):
            raise ValueError(
                f"the keys of issuer {self.name!r} would be fetched from {(self.jwks_uri or self.name)!r}, which is no "
                "address; give jwks, or a jwks_uri of 2048 characters at most that starts with https:// or http://"
            )
        for what in ("audiences", "from_params", "from_cookies"):
            if not all(each.strip() for each in getattr(self, what)):
                raise ValueError(f"issuer {self.name!r} has a blank one among its {what}; leave it out")
        if self.payload_to_header is not None:
            require_header(self.payload_to_header)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class RequestAuthentication:
    """Tokens that are looked at in requests to `of`: a bad one is refused (401), none at all is let through.

    Refuse requests without a token by `RequireJWT`. At a gateway it holds for all gateways: their pods are the same.

    Raises `ValueError` for no issuer, one given twice, or a name that Kubernetes would refuse.
    """

    name: str
    _: KW_ONLY
    of: Place
    issuers: Sequence[Issuer]

    def __post_init__(self) -> None:
        object.__setattr__(self, "issuers", tuple(self.issuers))
        require_label("the request authentication's name", self.name)
        if not self.issuers:
            raise ValueError(f"request authentication {self.name!r} has no issuer; give at least one")
        names = [issuer.name for issuer in self.issuers]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(
                    f"request authentication {self.name!r} is given issuer {name!r} twice; give it once, with all keys"
                )


def _fetchable(address: str) -> bool:
    host = r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)"
    found = re.fullmatch(rf"https?://{host}(:(\d{{1,5}}))?(/[!-~]*)?", address)
    return found is not None and len(address) <= 2048 and 1 <= int(found.group(3) or 443) <= 65535


def _require_public_keys(issuer: str, jwks: str) -> None:
    try:
        read = json.loads(jwks)
    except ValueError:
        read = None
    keys = read.get("keys") if isinstance(read, dict) else None
    if not isinstance(keys, list) or not keys or not all(isinstance(key, dict) for key in keys):
        raise ValueError(
            f'the jwks of issuer {issuer!r} is no key set; give JSON such as {{"keys": [{{"kty": "RSA", ...}}]}}'
        )
    for key in keys:
        members = PUBLIC_MEMBERS.get(key.get("kty"))
        if members is None or not all(re.fullmatch(r"[A-Za-z0-9_-]+", str(key.get(each, ""))) for each in members):
            raise ValueError(
                f"a key of issuer {issuer!r} has the type {key.get('kty')!r} and {sorted(key)}; a public key is "
                "RSA with n and e, EC with crv, x and y, or OKP with crv and x"
            )
        if key["kty"] in CURVES and key["crv"] not in CURVES[key["kty"]]:
            raise ValueError(
                f"a key of issuer {issuer!r} is on the curve {key['crv']!r}; allowed are {', '.join(CURVES[key['kty']])}"
            )
        if "d" in key:
            raise ValueError(
                f"a key of issuer {issuer!r} is private (it has 'd'), and everyone who may read the object could sign "
                "tokens with it; give the public part, and change the key if it was written down anywhere"
            )
