"""What breaks the rules of AuthorizationPolicy."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["AUTHORIZATION_ROWS", "AUTHORIZATION_SPECS"]

SOURCE = "rules[0].from[0].source"
OPERATION = "rules[0].to[0].operation"
WHEN = "rules[0].when[0]"
ALLOW: dict[str, Any] = {
    "selector": {"matchLabels": {"app": "cart"}},
    "rules": [
        {
            "from": [{"source": {"principals": ["cluster.local/ns/shop/sa/web"], "ipBlocks": ["10.0.0.0/8"]}}],
            "to": [{"operation": {"methods": ["GET"], "paths": ["/api/{*}/items/{**}"], "ports": ["8080"]}}],
            "when": [{"key": "request.headers[x-tester]", "values": ["yes"]}],
        }
    ],
}
ACCOUNTS: dict[str, Any] = {
    "rules": [{"from": [{"source": {"serviceAccounts": ["shop/web", "web"], "trustDomains": ["*.local"]}}]}]
}
DENY: dict[str, Any] = {"action": "DENY", "rules": [{"to": [{"operation": {"paths": ["/x"], "ports": ["80"]}}]}]}
ASK: dict[str, Any] = {"action": "CUSTOM", "provider": {"name": "opa"}, "rules": [{"from": [{"source": {}}]}]}
ASK = {**ASK, "rules": [{"to": [{"operation": {"paths": ["/admin"]}}]}]}
NOBODY: dict[str, Any] = {}
AUTHORIZATION_SPECS = {
    "allow some": ALLOW,
    "service accounts": ACCOUNTS,
    "deny at a port": DENY,
    "ask somebody": ASK,
    "allow nobody": NOBODY,
    "every request": {"rules": [{}]},
}


def source(code: str, words: str, name: str, value: str, *, beside: tuple[str, ...] = ()) -> Row:
    """A source with one more list, of one value."""
    return Row(code, words, ALLOW, {f"rules.0.from.0.source.{name}": [value]}, f"{SOURCE}.{name}[0]", beside=beside)


def account(code: str, words: str, value: str) -> Row:
    """A service account in place of a good one."""
    return Row(
        code, words, ACCOUNTS, {"rules.0.from.0.source.serviceAccounts.0": value}, f"{SOURCE}.serviceAccounts[0]"
    )


def operation(code: str, words: str, name: str, value: str) -> Row:
    """An operation with one value of a list changed."""
    return Row(code, words, ALLOW, {f"rules.0.to.0.operation.{name}": [value]}, f"{OPERATION}.{name}[0]")


def custom(code: str, name: str) -> Row:
    """A CUSTOM policy that asks for what it cannot."""
    return Row(code, name, ASK, {"rules.0.from": [{"source": {name: ["a"]}}]}, f"{SOURCE}.{name}")


def condition(code: str, words: str, key: str, value: str = "a", path: str = "key") -> Row:
    """A condition on another attribute."""
    return Row(code, words, ALLOW, {"rules.0.when.0": {"key": key, "values": [value]}}, f"{WHEN}.{path}")


AUTHORIZATION_ROWS = (
    Row("V7002", "nothing to ask about", ASK, {"rules": GONE}, "rules"),
    Row("V7003", "nobody to ask", ASK, {"provider": GONE}, "provider.name"),
    custom("V7004", "namespaces"),
    custom("V7005", "notServiceAccounts"),
    custom("V7006", "trustDomains"),
    custom("V7007", "notPrincipals"),
    custom("V7008", "requestPrincipals"),
    Row(
        "V7010",
        "the namespace of who asks",
        ASK,
        {"rules.0.when": [{"key": "source.namespace", "values": ["a"]}]},
        f"{WHEN}.key",
    ),
    Row(
        "V7011",
        "a claim",
        ASK,
        {"rules.0.when": [{"key": "request.auth.claims[iss]", "values": ["a"]}]},
        f"{WHEN}.key",
    ),
    Row("V7012", "nobody is asked", ALLOW, {"provider": {"name": "opa"}}, "provider"),
    Row("V7013", "nothing to deny", DENY, {"rules": GONE}, "rules"),
    Row("V7017", "no source", ALLOW, {"rules.0.from.0": {}}, SOURCE),
    Row("V7018", "two ways to say who", ACCOUNTS, {"rules.0.from.0.source.namespaces": ["shop"]}, SOURCE),
    Row("V7019", "an empty source", ALLOW, {"rules.0.from.0.source": {}}, SOURCE),
    source("V7020", "a range of no address", "notIpBlocks", "10.0.0/8"),
    source("V7021", "a range that is too long", "remoteIpBlocks", "10.0.0.0/33"),
    source("V7022", "no principal", "notPrincipals", ""),
    Row(
        "V7023",
        "17 accounts",
        ACCOUNTS,
        {"rules.0.from.0.source.serviceAccounts": [f"a{index}" for index in range(17)]},
        f"{SOURCE}.serviceAccounts",
    ),
    account("V7024", "an account with a wildcard", "shop/*"),
    account("V7024", "an account that is too long", "a" * 321),
    account("V7025", "three parts", "a/b/c"),
    account("V7025", "no namespace", "/web"),
    source("V7026", "a wildcard in the middle", "trustDomains", "a*b"),
    source("V7027", "a slash", "notTrustDomains", "cluster.local/ns"),
    Row("V7030", "no operation", ALLOW, {"rules.0.to.0": {}}, OPERATION),
    Row("V7031", "an empty operation", ALLOW, {"rules.0.to.0.operation": {}}, OPERATION),
    operation("V7032", "port 65536", "notPorts", "65536"),
    operation("V7033", "no method", "methods", ""),
    operation("V7034", "a template after the last", "paths", "/{**}/{*}"),
    operation("V7035", "a template with a name", "paths", "/{id}"),
    operation("V7036", "a space beside a template", "notPaths", "/{*}/a b"),
    condition("V7037", "no key", ""),
    Row("V7038", "no values", ALLOW, {"rules.0.when.0.values": GONE}, WHEN),
    condition("V7039", "no address", "source.ip", "10.0.0", "values[0]"),
    condition("V7039", "no port", "destination.port", "http", "values[0]"),
    condition("V7039", "no value", "source.namespace", "", "values[0]"),
    condition("V7040", "no header", "request.headers[]"),
    condition("V7041", "no account", "source.serviceAccount", "a/", "values[0]"),
    condition("V7041", "no trust domain", "source.trustDomain", "a*b", "values[0]"),
    Row(
        "V7041",
        "17 accounts in a condition",
        ALLOW,
        {"rules.0.when.0": {"key": "source.serviceAccount", "values": [f"a{index}" for index in range(17)]}},
        f"{WHEN}.values",
    ),
    condition("V7042", "the own namespace", "destination.namespace"),
    condition("V7043", "labels", "destination.labels[app]"),
    condition("V7044", "the name of a service", "destination.name"),
    condition("V7045", "an attribute of nobody", "request.colour"),
    Row("V7046", "paths alone", DENY, {"rules.0.to.0.operation.ports": GONE}, "rules[0]", Severity.WARNING),
)
