"""What security, telemetry and scope can never mean is refused when it is made, in words that say what to do."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from components.model import (
    Access,
    AccessLog,
    Action,
    Callers,
    Claim,
    ClaimHeader,
    Custom,
    DenyByDefault,
    Dependency,
    Export,
    ExternalPort,
    ExternalService,
    Gateway,
    Issuer,
    LiteralTag,
    Mesh,
    MetricTags,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    Path,
    PathPrefix,
    PathTemplate,
    Percent,
    Provider,
    RequestAuthentication,
    Requests,
    RequireJWT,
    Route,
    ServiceAccount,
    Telemetry,
    Tracing,
    VirtualService,
    WholeMesh,
    Workload,
)
from tests.example_guarded_mesh import JWKS, PUBLIC_KEY

SHOP = Workload("shop", namespace="shop", port=8000)
FRONT = Workload("front", namespace="front", port=8000)
ELSEWHERE = Workload("elsewhere", namespace="elsewhere", port=8000)
OUTSIDE = ExternalService("outside", namespace="shop", hosts=["api.test"], ports=[ExternalPort(80)])
VERSIONS = [SHOP.version("one"), FRONT.version("one")]
PUBLIC = Gateway("public", hosts=["a.mesh.test"])
TOKENS = RequestAuthentication("tokens", of=SHOP, issuers=[Issuer("https://login.test")])
BY_FRONT = Access("by-front", of=SHOP, callers=Callers(identities=[FRONT.identity]))


def key_set(**changes: object) -> str:
    """The example key with some members changed; None takes one away."""
    key = {name: value for name, value in {**PUBLIC_KEY, **changes}.items() if value is not None}
    return json.dumps({"keys": [key]})


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a mutual TLS rule of nothing": (
        lambda: MutualTLSRule(SHOP),
        "the mutual TLS rule of workload 'shop' changes nothing; give it a mode",
    ),
    "a port of a namespace": (
        lambda: MutualTLSRule(Namespace("shop"), ports={80: MutualTLS.STRICT}),
        "the mutual TLS rule of namespace 'shop' has a mode for port 80; Istio takes ports for a workload only",
    ),
    "the Service's port in a mutual TLS rule": (
        lambda: MutualTLSRule(SHOP, ports={80: MutualTLS.DISABLE}),
        "is for port 80, which is its Service's; a container's port is meant, which is 8000",
    ),
    "a port that is none in a mutual TLS rule": (
        lambda: MutualTLSRule(SHOP, ports={0: MutualTLS.DISABLE}),
        "is for port 0; a port is from 1 to 65535",
    ),
    "two modes for a port": (
        lambda: MutualTLSRule(SHOP, ports=[(1, MutualTLS.STRICT), (1, MutualTLS.DISABLE)]),
        "has two modes for port 1; give it one",
    ),
    "a namespace in capitals": (lambda: Namespace("Shop"), "did you mean 'shop'?"),
    "a service account in capitals": (lambda: ServiceAccount("Job", namespace="jobs"), "did you mean 'job'?"),
    "a provider without name": (lambda: Provider(" "), "the provider's name is ' '"),
    "callers told apart by nothing": (lambda: Callers(), "the callers are not told apart by anything"),
    "an address that is none": (
        lambda: Callers(source_ips=["10.0.0.300"]),
        "the address '10.0.0.300' is none; give one such as '10.1.2.3', or a range such as '10.0.0.0/8'",
    ),
    "a mask in dots": (lambda: Callers(client_ips=["10.0.0.0/255.0.0.0"]), "the address '10.0.0.0/255.0.0.0' is none"),
    "requests told apart by nothing": (lambda: Requests(), "the requests are not told apart by anything"),
    "a method in small letters": (lambda: Requests(methods=["get"]), "the method 'get' is none; give it in capitals"),
    "a path with a star": (lambda: Requests(paths=[Path("/a*")]), "the path '/a*' has a star or brace"),
    "a path that ignores case": (
        lambda: Requests(paths=[PathPrefix("/a", ignore_case=True)]),
        "the path '/a' ignores case, which access rules can not",
    ),
    "a port that is none": (lambda: Requests(ports=[70000]), "is about port 70000; a port is from 1 to 65535"),
    "a host with a scheme": (lambda: Requests(hosts=["http://a.test"]), "without scheme, port or path"),
    "a template without stars": (lambda: PathTemplate("/a"), "has no {*} or {**}; give Path('/a')"),
    "a template with two stars in the middle": (lambda: PathTemplate("/{**}/a"), "or {**} at the end"),
    "a template with a star in a part": (lambda: PathTemplate("/a{*}"), "each part is plain text or {*}"),
    "a claim without name": (lambda: Claim([], values=["a"]), "the claim's name is []"),
    "a claim with brackets": (lambda: Claim("a[b]", values=["a"]), "without brackets or spaces"),
    "a claim without value": (lambda: Claim("role", values=[]), "the claim 'role' is compared with []"),
    "the Service's port in an access rule": (
        lambda: Access("a", of=SHOP, requests=Requests(ports=[80])),
        "access rule 'a' is about port 80 of 'shop', which is its Service's; the proxy beside the container compares",
    ),
    "a provider asked about identities": (
        lambda: Access("a", of=SHOP, action=Custom(Provider("p")), callers=Callers(identities=[FRONT.identity])),
        "access rule 'a' asks provider 'p' about identities or namespaces; Istio asks before it knows them",
    ),
    "a provider asked about claims": (
        lambda: Access("a", of=SHOP, action=Custom(Provider("p")), claims=[Claim("role", values=["x"])]),
        "access rule 'a' asks provider 'p' about claims",
    ),
    "a host that the gateway does not serve": (
        lambda: Access("a", of=PUBLIC, requests=Requests(hosts=["b.mesh.test"])),
        "access rule 'a' is about host 'b.mesh.test', which gateway 'public' does not serve; it serves a.mesh.test",
    ),
    "an access rule in capitals": (lambda: Access("A", of=SHOP), "did you mean 'a'?"),
    "keys from two places": (
        lambda: Issuer("https://login.test", jwks=JWKS, jwks_uri="https://login.test/keys"),
        "issuer 'https://login.test' has jwks and jwks_uri; keys are given or fetched",
    ),
    "keys from nowhere": (
        lambda: Issuer("me@example.test"),
        "the keys of issuer 'me@example.test' would be fetched from 'me@example.test', which is no address; give jwks",
    ),
    "keys that are no JSON": (lambda: Issuer("me", jwks="-----BEGIN"), "the jwks of issuer 'me' is no key set"),
    "no keys at all": (lambda: Issuer("me", jwks='{"keys": []}'), "the jwks of issuer 'me' is no key set"),
    "a key of an unknown type": (
        lambda: Issuer("me", jwks=key_set(kty="oct")),
        "a key of issuer 'me' has the type 'oct'",
    ),
    "a key with a part missing": (lambda: Issuer("me", jwks=key_set(y=None)), "EC with crv, x and y"),
    "a curve that is none": (lambda: Issuer("me", jwks=key_set(crv="P-1")), "is on the curve 'P-1'; allowed are P-256"),
    "a private key": (lambda: Issuer("me", jwks=key_set(d="secret")), "a key of issuer 'me' is private (it has 'd')"),
    "a blank audience": (lambda: Issuer("me", jwks=JWKS, audiences=[""]), "has a blank one among its audiences"),
    "an issuer with a star": (lambda: Issuer("https://*", jwks=JWKS), "the issuer is 'https://*'"),
    "a claim's header with a dot": (lambda: ClaimHeader("x.user", claim="sub"), "Istio takes lower-case letters"),
    "a claim's header without claim": (
        lambda: ClaimHeader("x-user", claim=""),
        "the claim for header 'x-user' is blank",
    ),
    "an authentication without issuer": (
        lambda: RequestAuthentication("tokens", of=SHOP, issuers=[]),
        "request authentication 'tokens' has no issuer",
    ),
    "an issuer given twice": (
        lambda: RequestAuthentication("tokens", of=SHOP, issuers=[Issuer("https://a.test")] * 2),
        "request authentication 'tokens' is given issuer 'https://a.test' twice",
    ),
    "a telemetry that says nothing": (lambda: Telemetry(WholeMesh()), "the telemetry of the whole mesh says nothing"),
    "a filter that does not close": (
        lambda: AccessLog(filter="size(request.path > 5"),
        "the filter of the access log is 'size(request.path > 5', which has a '(' that does not close",
    ),
    "a filter that closes too much": (lambda: AccessLog(filter="a)"), "closes a ')' that was not opened"),
    "a filter with an open quote": (lambda: AccessLog(filter="a == 'b"), "has a ' that does not close"),
    "a blank filter": (lambda: AccessLog(filter=" "), "which is blank; give an expression in CEL"),
    "a tracing that changes nothing": (lambda: Tracing(), "the tracing changes nothing"),
    "a tracing with two tags of a name": (
        lambda: Tracing(tags=[LiteralTag("a", "1"), LiteralTag("a", "2")]),
        "the tracing has two tags 'a'",
    ),
    "a tag without value": (lambda: LiteralTag("a", ""), "neither its name nor its value may be blank"),
    "tags that do not change": (lambda: MetricTags(), "the tags of ALL_METRICS do not change"),
    "a tag that is removed and set": (
        lambda: MetricTags(remove=["path"], upsert={"path": "request.url_path"}),
        "the tag 'path' of ALL_METRICS is removed and set",
    ),
    "a tag that Prometheus does not take": (lambda: MetricTags(remove=["a-b"]), "the tag 'a-b' is no name"),
    "a dependency given twice": (
        lambda: Dependency(FRONT, on=[SHOP, SHOP]),
        "workload 'front' depends on workload 'shop' twice",
    ),
    "a dependency and its namespace": (
        lambda: Dependency(FRONT, on=[SHOP, Namespace("shop")]),
        "workload 'front' depends on workload 'shop' and on all of its namespace",
    ),
    "an export to oneself": (
        lambda: Export(SHOP, to=[Namespace("shop")]),
        "workload 'shop' is exported to its own namespace 'shop'",
    ),
    "an export given twice": (
        lambda: Export(SHOP, to=[Namespace("front")] * 2),
        "workload 'shop' is exported to namespace 'front' twice",
    ),
}

DISAGREE: dict[str, tuple[Callable[[], object], str]] = {
    "two rules for one place": (
        lambda: Mesh(versions=VERSIONS, mutual_tls_rules=[MutualTLSRule(SHOP, MutualTLS.DISABLE)] * 2),
        "the mutual TLS rule of workload 'shop' is declared twice",
    ),
    "two telemetries for one place": (
        lambda: Mesh(versions=VERSIONS, telemetry=[Telemetry(SHOP, tracing=Tracing(sampling=Percent(1)))] * 2),
        "the telemetry of workload 'shop' is declared twice",
    ),
    "two access rules of one name in a namespace": (
        lambda: Mesh(
            versions=VERSIONS,
            access=[DenyByDefault(Namespace("shop")), Access("deny-by-default", of=SHOP, action=Action.DENY)],
        ),
        "the access rule deny-by-default of namespace 'shop' is declared twice",
    ),
    "a namespace in which nothing runs": (
        lambda: Mesh(versions=VERSIONS, access=[DenyByDefault(Namespace("sopp"))]),
        "access rule 'deny-by-default' is for namespace 'sopp', in which nothing of this mesh runs; its namespaces are "
        "front, shop",
    ),
    "a rule for a workload that does not run": (
        lambda: Mesh(versions=VERSIONS, access=[Access("a", of=ELSEWHERE)]),
        "access rule 'a' is for workload 'elsewhere', which does not run in this mesh; running are shop, front",
    ),
    "a caller that does not run": (
        lambda: Mesh(
            versions=VERSIONS, access=[Access("a", of=SHOP, callers=Callers(identities=[ELSEWHERE.identity]))]
        ),
        "a caller in access rule 'a' is for workload 'elsewhere', which does not run",
    ),
    "an identity where plain text is taken": (
        lambda: Mesh(versions=VERSIONS, mutual_tls=MutualTLS.PERMISSIVE, access=[BY_FRONT]),
        "access rule 'by-front' tells callers of workload 'shop' apart by identity or namespace, and port 8000 takes "
        "plain text (PERMISSIVE), in which a caller has none. Make its mutual TLS STRICT",
    ),
    "an identity where the cluster decides on plain text": (
        lambda: Mesh(versions=VERSIONS, mutual_tls=MutualTLS.UNSET, access=[BY_FRONT]),
        "port 8000 may take plain text (UNSET)",
    ),
    "a rule that leaves mutual TLS to others": (
        lambda: MutualTLSRule(SHOP, ports={9000: MutualTLS.UNSET}),
        "the mutual TLS rule of workload 'shop' has the mode UNSET, which is a Mesh's only",
    ),
    "an identity where mutual TLS is off": (
        lambda: Mesh(versions=VERSIONS, mutual_tls_rules=[MutualTLSRule(SHOP, MutualTLS.DISABLE)], access=[BY_FRONT]),
        "port 8000 takes plain text (DISABLE)",
    ),
    "a namespace of callers on a port that takes plain text": (
        lambda: Mesh(
            versions=VERSIONS,
            mutual_tls_rules=[MutualTLSRule(SHOP, ports={9000: MutualTLS.PERMISSIVE})],
            access=[
                Access(
                    "a",
                    of=Namespace("shop"),
                    action=Action.DENY,
                    except_callers=Callers(namespaces=[Namespace("front")]),
                    requests=Requests(ports=[9000]),
                )
            ],
        ),
        "port 9000 takes plain text (PERMISSIVE)",
    ),
    "an identity at a gateway": (
        lambda: Mesh(versions=VERSIONS, access=[Access("a", of=PUBLIC, callers=Callers(identities=[FRONT.identity]))]),
        "access rule 'a' tells callers of gateway 'public' apart by identity or namespace, and those outside the mesh "
        "have none",
    ),
    "a claim where no token is looked at": (
        lambda: Mesh(versions=VERSIONS, access=[Access("a", of=SHOP, claims=[Claim("role", values=["x"])])]),
        "access rule 'a' is about the claim role is x, and no token is looked at in workload 'shop'",
    ),
    "a token that nothing looks at": (
        lambda: Mesh(versions=VERSIONS, access=[RequireJWT("needed", by=TOKENS)]),
        "access rule 'needed' needs request authentication 'tokens', which is not in this mesh",
    ),
    "a dependency on what does not run": (
        lambda: Mesh(versions=VERSIONS, dependencies=[Dependency(SHOP, on=[ELSEWHERE])]),
        "what workload 'shop' depends on is for workload 'elsewhere', which does not run",
    ),
    "a dependency on a service outside that is not declared": (
        lambda: Mesh(versions=VERSIONS, dependencies=[Dependency(SHOP, on=[OUTSIDE])]),
        "workload 'shop' depends on external service 'outside', which this mesh does not declare",
    ),
    "a dependency whose routes lead to what is not exported": (
        lambda: Mesh(
            versions=[*VERSIONS, ELSEWHERE.version("one")],
            virtual_services=[VirtualService(SHOP, [Route("on", to=ELSEWHERE)])],
            dependencies=[Dependency(FRONT, on=[SHOP])],
            exports=[Export(ELSEWHERE, to=[Namespace("shop")])],
        ),
        "workload 'front' depends on workload 'elsewhere', which is not exported to namespace 'front'",
    ),
    "a dependency on what is not exported": (
        lambda: Mesh(versions=VERSIONS, dependencies=[Dependency(FRONT, on=[SHOP])], exports=[Export(SHOP)]),
        "workload 'front' depends on workload 'shop', which is not exported to namespace 'front'",
    ),
}


@pytest.mark.parametrize(
    ("make", "message"), [*REFUSED.values(), *DISAGREE.values()], ids=[*REFUSED.keys(), *DISAGREE.keys()]
)
def test_what_can_never_be_right_is_refused(make: Callable[[], object], message: str) -> None:
    """The message names the part, the value given, and what is allowed."""
    with pytest.raises(ValueError, match=r".") as refused:
        make()
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("rules", "port", "mode"),
    [
        pytest.param([], 8000, MutualTLS.STRICT, id="the mesh's where nothing differs"),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE)], 8000, MutualTLS.DISABLE, id="the namespace's"
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE), MutualTLSRule(SHOP, MutualTLS.PERMISSIVE)],
            8000,
            MutualTLS.PERMISSIVE,
            id="the workload's over the namespace's",
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE), MutualTLSRule(SHOP, ports={9000: MutualTLS.STRICT})],
            9000,
            MutualTLS.STRICT,
            id="the port's over all",
        ),
        pytest.param(
            [MutualTLSRule(Namespace("shop"), MutualTLS.DISABLE), MutualTLSRule(SHOP, ports={9000: MutualTLS.STRICT})],
            8000,
            MutualTLS.DISABLE,
            id="the namespace's for a port that is not named",
        ),
    ],
)
def test_the_narrowest_mutual_tls_rule_holds(rules: list[MutualTLSRule], port: int, mode: MutualTLS) -> None:
    """Port before workload before namespace before mesh."""
    assert Mesh(versions=VERSIONS, mutual_tls_rules=rules).mutual_tls_of(SHOP, port) is mode
