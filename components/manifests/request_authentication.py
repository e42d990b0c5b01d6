"""Which tokens are good: one RequestAuthentication for each that is declared."""

from __future__ import annotations

from components.api import Resource
from components.api.security.request_authentication import ClaimToHeader, JWTHeader, JWTRule, RequestAuthentication
from components.manifests.places import metadata_of, selector_of
from components.model import Issuer
from components.model import RequestAuthentication as DeclaredAuthentication


def request_authentication(declared: DeclaredAuthentication) -> Resource[RequestAuthentication]:
    return Resource(
        metadata=metadata_of(declared.of, declared.name),
        spec=RequestAuthentication(
            selector=selector_of(declared.of),
            jwt_rules=tuple(_rule(issuer) for issuer in declared.issuers),
        ),
    )


def _rule(issuer: Issuer) -> JWTRule:
    return JWTRule(
        issuer=issuer.name,
        audiences=tuple(issuer.audiences),
        jwks=issuer.jwks,
        jwks_uri=issuer.jwks_uri,
        from_headers=tuple(JWTHeader(name=header.name, prefix=header.prefix or None) for header in issuer.from_headers),
        from_params=tuple(issuer.from_params),
        from_cookies=tuple(issuer.from_cookies),
        forward_original_token=issuer.forward or None,
        output_payload_to_header=issuer.payload_to_header,
        output_claim_to_headers=tuple(
            ClaimToHeader(header=each.header, claim=each.claim) for each in issuer.claims_to_headers
        ),
    )
