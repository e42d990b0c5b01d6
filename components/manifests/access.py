"""Who may ask what: one AuthorizationPolicy an access rule, with one rule in it."""

from __future__ import annotations

from components.api import Resource
from components.api.security.authorization_policy import AuthorizationPolicy, Condition, Operation, Rule, Source
from components.manifests.names import principal
from components.manifests.places import metadata_of, selector_of
from components.model import Access, Action, Callers, Claim, Custom, DenyByDefault, Gateway, PathPrefix, Requests
from components.model.access import AccessRule
from components.model.places import Place

Actions = AuthorizationPolicy.Action


def access_policy(rule: AccessRule) -> Resource[AuthorizationPolicy]:
    return Resource(metadata=metadata_of(rule.of, rule.name), spec=_policy(rule))


def _policy(rule: AccessRule) -> AuthorizationPolicy:
    selector = selector_of(rule.of)
    if isinstance(rule, DenyByDefault):
        # An ALLOW without rules takes no request, and where there is an ALLOW, what none takes is refused.
        return AuthorizationPolicy(action=Actions.ALLOW)
    if isinstance(rule, Access):
        return AuthorizationPolicy(
            selector=selector,
            action=_action(rule.action),
            provider=_provider(rule.action),
            rules=(
                Rule(
                    from_=_from(_source(rule.callers, rule.except_callers)),
                    to=_to(rule.of, rule.requests, rule.except_requests),
                    when=tuple(_claim(claim) for claim in rule.claims),
                ),
            ),
        )
    without_token = Source(not_request_principals=tuple(f"{issuer.name}/*" for issuer in rule.by.issuers))
    return AuthorizationPolicy(
        selector=selector,
        action=Actions.DENY,
        rules=(Rule(from_=_from(without_token), to=_to(rule.of, rule.requests, rule.except_requests)),),
    )


def _action(action: Action | Custom) -> AuthorizationPolicy.Action:
    return Actions.CUSTOM if isinstance(action, Custom) else AuthorizationPolicy.Action[action.value]


def _provider(action: Action | Custom) -> AuthorizationPolicy.ExtensionProvider | None:
    return AuthorizationPolicy.ExtensionProvider(name=action.provider.name) if isinstance(action, Custom) else None


def _from(source: Source) -> tuple[Rule.From, ...]:
    return (Rule.From(source=source),) if source != Source() else ()


def _source(callers: Callers | None, besides: Callers | None) -> Source:
    return Source(
        principals=_principals(callers),
        not_principals=_principals(besides),
        namespaces=_namespaces(callers),
        not_namespaces=_namespaces(besides),
        ip_blocks=tuple(callers.source_ips) if callers else (),
        not_ip_blocks=tuple(besides.source_ips) if besides else (),
        remote_ip_blocks=tuple(callers.client_ips) if callers else (),
        not_remote_ip_blocks=tuple(besides.client_ips) if besides else (),
    )


def _principals(callers: Callers | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(principal(identity) for identity in callers.identities)) if callers else ()


def _namespaces(callers: Callers | None) -> tuple[str, ...]:
    return tuple(namespace.name for namespace in callers.namespaces) if callers else ()


def _to(of: Place, requests: Requests | None, besides: Requests | None) -> tuple[Rule.To, ...]:
    hosts = tuple(requests.hosts) if requests else ()
    if isinstance(of, Gateway) and not hosts:
        # All gateways have the same pods: without its hosts, the rule would hold for the others, too.
        hosts = tuple(of.all_hosts)
    operation = Operation(
        methods=tuple(requests.methods) if requests else (),
        not_methods=tuple(besides.methods) if besides else (),
        paths=_paths(requests),
        not_paths=_paths(besides),
        ports=_ports(requests),
        not_ports=_ports(besides),
        hosts=_with_ports(hosts),
        not_hosts=_with_ports(tuple(besides.hosts) if besides else ()),
    )
    return (Rule.To(operation=operation),) if operation != Operation() else ()


def _paths(requests: Requests | None) -> tuple[str, ...]:
    paths = requests.paths if requests else ()
    return tuple(f"{path.value}*" if isinstance(path, PathPrefix) else path.value for path in paths)


def _ports(requests: Requests | None) -> tuple[str, ...]:
    return tuple(str(port) for port in requests.ports) if requests else ()


def _with_ports(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Each host as it is and, where it has no star of its own, with any port after it, as many clients send it."""
    return tuple(each for host in hosts for each in ((host,) if "*" in host else (host, f"{host}:*")))


def _claim(claim: Claim) -> Condition:
    way = "".join(f"[{part}]" for part in claim.name)
    return Condition(key=f"request.auth.claims{way}", values=tuple(claim.values))
