# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's security/v1beta1/request_authentication.proto as frozen typed values."""

from __future__ import annotations

from components.api.duration import DurationValue
from components.api.message import Message
from components.api.type.selector import PolicyTargetReference, WorkloadSelector

__all__ = ["ClaimToHeader", "JWTHeader", "JWTRule", "RequestAuthentication"]


class RequestAuthentication(Message, frozen=True, kw_only=True):
    """Which tokens (JWT) are good. A request without a token passes; refuse it with an
    AuthorizationPolicy.
    """

    selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; in the root namespace, all of the mesh."""
    target_ref: PolicyTargetReference | None = None
    """Target ref: PolicyTargetReference."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    jwt_rules: tuple[JWTRule, ...] = ()
    """Issuers whose tokens are good. At most 4096 items."""


class JWTRule(Message, frozen=True, kw_only=True):
    """An issuer of tokens."""

    issuer: str | None = None
    """The iss claim of its tokens. At least 1 characters."""
    audiences: tuple[str, ...] = ()
    """Values of which the aud claim must have one. Not set: any."""
    jwks_uri: str | None = None
    """Where its public keys are fetched. 1 to 2048 characters."""
    jwks: str | None = None
    """Its public keys, as JSON."""
    from_headers: tuple[JWTHeader, ...] = ()
    """Headers that have the token. Not set: Authorization, after Bearer."""
    from_params: tuple[str, ...] = ()
    """Query parameters that have the token."""
    output_payload_to_header: str | None = None
    """Header that the claims are passed on in, as base64 of JSON."""
    from_cookies: tuple[str, ...] = ()
    """Cookies that have the token."""
    forward_original_token: bool | None = None
    """Whether the token is passed on to the workload."""
    output_claim_to_headers: tuple[ClaimToHeader, ...] = ()
    """Headers that single claims are passed on in."""
    timeout: DurationValue | None = None
    """Longest time for fetching the keys. Not set: 5 s. At least 1 ms."""
    space_delimited_claims: tuple[str, ...] = ()
    """Space delimited claims: list of text. At most 64 items."""


class JWTHeader(Message, frozen=True, kw_only=True):
    """JWT header."""

    name: str | None = None
    """Name: text. Required. At least 1 characters."""
    prefix: str | None = None
    """Prefix: text."""


class ClaimToHeader(Message, frozen=True, kw_only=True):
    """Claim to header."""

    header: str | None = None
    """Header: text. Required. At least 1 characters."""
    claim: str | None = None
    """Claim: text. Required. At least 1 characters."""
