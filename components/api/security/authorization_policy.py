# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's security/v1beta1/authorization_policy.proto as frozen typed values."""

from __future__ import annotations

from enum import Enum

from components.api.message import Message
from components.api.type.selector import PolicyTargetReference, WorkloadSelector

__all__ = ["AuthorizationPolicy", "Condition", "Operation", "Rule", "Source"]


class AuthorizationPolicy(Message, frozen=True, kw_only=True):
    """Who may ask what of workloads. With ALLOW and no rules, nobody; CUSTOM and DENY are looked at
    before ALLOW.
    """

    class Action(Enum):
        """Action of AuthorizationPolicy."""

        ALLOW = "ALLOW"
        DENY = "DENY"
        AUDIT = "AUDIT"
        CUSTOM = "CUSTOM"

    class ExtensionProvider(Message, frozen=True, kw_only=True):
        """Extension provider of AuthorizationPolicy."""

        name: str | None = None
        """Name: text."""

    selector: WorkloadSelector | None = None
    """Workloads it is for. Not set: all of the namespace; in the root namespace, all of the mesh."""
    target_ref: PolicyTargetReference | None = None
    """Target ref: PolicyTargetReference."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    rules: tuple[Rule, ...] = ()
    """Requests it is about; one match is enough. None: no request matches; one empty rule: each does.
    At most 512 items.
    """
    action: AuthorizationPolicy.Action | None = None
    """What happens to requests that match. Not set: ALLOW."""
    provider: AuthorizationPolicy.ExtensionProvider | None = None
    """Who is asked, with CUSTOM."""


class Rule(Message, frozen=True, kw_only=True):
    """Requests from one of these sources, to one of these operations, that meet all these conditions."""

    class From(Message, frozen=True, kw_only=True):
        """From of Rule."""

        source: Source | None = None
        """Source: Source."""

    class To(Message, frozen=True, kw_only=True):
        """To of Rule."""

        operation: Operation | None = None
        """Operation: Operation."""

    from_: tuple[Rule.From, ...] = ()
    """Sources of which one must match. Not set: any. At most 512 items."""
    to: tuple[Rule.To, ...] = ()
    """Operations of which one must match. Not set: any."""
    when: tuple[Condition, ...] = ()
    """Conditions that must all hold."""


class Source(Message, frozen=True, kw_only=True):
    """Who asks; all fields that are set must match. Identities are known with mutual TLS only."""

    principals: tuple[str, ...] = ()
    """Identities as DOMAIN/ns/NAMESPACE/sa/ACCOUNT; * at the start or end."""
    not_principals: tuple[str, ...] = ()
    """Not principals: list of text."""
    request_principals: tuple[str, ...] = ()
    """Identities of tokens, as ISSUER/SUBJECT."""
    not_request_principals: tuple[str, ...] = ()
    """Not request principals: list of text."""
    namespaces: tuple[str, ...] = ()
    """Namespaces of the client's identity."""
    not_namespaces: tuple[str, ...] = ()
    """Not namespaces: list of text."""
    service_accounts: tuple[str, ...] = ()
    """Service accounts of the client's identity, as NAMESPACE/ACCOUNT, or ACCOUNT in the own
    namespace. At most 16 items.
    """
    not_service_accounts: tuple[str, ...] = ()
    """Not service accounts: list of text. At most 16 items."""
    ip_blocks: tuple[str, ...] = ()
    """Addresses, or ranges (CIDR), that the connection comes from."""
    not_ip_blocks: tuple[str, ...] = ()
    """Not IP blocks: list of text."""
    remote_ip_blocks: tuple[str, ...] = ()
    """Addresses, or ranges (CIDR), of the client, as X-Forwarded-For or PROXY protocol say."""
    not_remote_ip_blocks: tuple[str, ...] = ()
    """Not remote IP blocks: list of text."""
    trust_domains: tuple[str, ...] = ()
    """Trust domains: list of text."""
    not_trust_domains: tuple[str, ...] = ()
    """Not trust domains: list of text."""


class Operation(Message, frozen=True, kw_only=True):
    """What is asked; all fields that are set must match. Only ports means something for TCP."""

    hosts: tuple[str, ...] = ()
    """Hosts of the request; * at the start or end; case does not count."""
    not_hosts: tuple[str, ...] = ()
    """Not hosts: list of text."""
    ports: tuple[str, ...] = ()
    """Ports of the workload, as text."""
    not_ports: tuple[str, ...] = ()
    """Not ports: list of text."""
    methods: tuple[str, ...] = ()
    """HTTP methods; for gRPC always POST."""
    not_methods: tuple[str, ...] = ()
    """Not methods: list of text."""
    paths: tuple[str, ...] = ()
    """Paths; * at the start or end, or {*} and {**} as parts. For gRPC /package.service/method."""
    not_paths: tuple[str, ...] = ()
    """Not paths: list of text."""


class Condition(Message, frozen=True, kw_only=True):
    """A condition on an attribute of the request."""

    key: str | None = None
    """Attribute, such as request.headers[x-tester] or request.auth.claims[iss]. Required."""
    values: tuple[str, ...] = ()
    """Values of which the attribute must have one."""
    not_values: tuple[str, ...] = ()
    """Values that the attribute must not have."""
