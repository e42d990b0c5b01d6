# ruff: noqa: E501 - a row of a table is one line
"""What is said of each kind of change."""

from __future__ import annotations

import pytest

from tests.review.previews import words

META = "metadata: {name: x, namespace: shop}"
SERVICE = (
    "{apiVersion: v1, kind: Service, metadata: {name: shop-service, namespace: shop}, spec: {selector: {app: shop}}}"
)
SUBSETS = (
    "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: rule, namespace: shop}, spec: "
    "{host: shop-service.shop.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}}, {name: slow, labels: {version: v1}}]}}"
)


def _route(inner: str, *, name: str = "r") -> str:
    return _routes(f"{{name: {name}, {inner}}}")


def _routes(*routes: str, hosts: str = "[a.test]", gateways: str = "[istio-ingress/public]") -> str:
    return (
        f"{{apiVersion: networking.istio.io/v1, kind: VirtualService, {META}, spec: {{hosts: {hosts}, gateways: {gateways}, "
        f"http: [{', '.join(routes)}]}}}}"
    )


def _to(subset: str, weight: int | None = None) -> str:
    share = f", weight: {weight}" if weight is not None else ""
    return f"{{destination: {{host: shop-service.shop.svc.cluster.local, subset: {subset}}}{share}}}"


def _kind(api: str, kind: str, spec: str) -> str:
    return f"{{apiVersion: {api}, kind: {kind}, {META}, spec: {spec}}}"


V1 = f"route: [{_to('v1')}]"

ROUTES = [
    pytest.param(
        f"route: [{_to('v1', 90)}, {_to('slow', 10)}]", f"route: [{_to('v1', 75)}, {_to('slow', 25)}]",
        "shop subset slow goes from 10 % to 25 % and shop version v1 goes from 90 % to 75 % on a.test, route r", id="weights",
    ),
    pytest.param(V1, f"route: [{_to('v1', 1)}]", None, id="the-weight-of-a-single-one-means-nothing"),
    pytest.param(
        f"route: [{_to('v1', 1)}, {_to('slow', 3)}]", f"route: [{_to('v1', 25)}, {_to('slow', 75)}]", None,
        id="the-same-shares-in-other-numbers",
    ),
    pytest.param(
        V1, f"route: [{_to('v1', 99)}, {_to('slow', 1)}]",
        "shop subset slow gets 1 % and shop version v1 goes from 100 % to 99 % on a.test, route r", id="a-destination-more",
    ),
    pytest.param(V1, f"route: [{_to('slow')}]", "a.test, route r: goes to shop subset slow instead of shop version v1", id="another"),
    pytest.param(
        V1, V1 + ", fault: {abort: {httpStatus: 500, percentage: {value: 5}}}",
        "abort 5 % with status 500 on a.test, route r", id="abort",
    ),
    pytest.param(
        V1 + ", fault: {delay: {fixedDelay: 1s}}", V1 + ", fault: {delay: {fixedDelay: 2s, percent: 50}}",
        "delay 100 % with fixed delay 1s → 50 % with fixed delay 2s on a.test, route r", id="delay",
    ),
    pytest.param(
        V1 + ", fault: {abort: {httpStatus: 503}}", V1, "abort 100 % with status 503 is gone on a.test, route r", id="no-abort",
    ),
    pytest.param(V1 + ", retries: {attempts: 2}", V1 + ", retries: {attempts: 3}", "retries on a.test, route r: 2 → 3", id="retries"),
    pytest.param(V1, V1 + ", retries: {attempts: 0}", "retries on a.test, route r: Istio's own 2 → none", id="no-retry"),
    pytest.param(V1 + ", timeout: 1s", V1 + ", timeout: 0.5s", "timeout on a.test, route r: 1s → 0.5s", id="timeout"),
    pytest.param(V1 + ", timeout: 1s", V1 + ", timeout: 1000ms", None, id="the-same-time-in-another-unit"),
    pytest.param(
        V1, V1 + ", match: [{uri: {prefix: /x}, headers: {who: {exact: me}}}]",
        "a.test, route r: takes path under /x and header who is me; it was all requests", id="match",
    ),
    pytest.param(V1, V1 + ", rewrite: {uri: /y}", "a.test, route r: rewrite nothing → {\"uri\": \"/y\"}", id="rewrite"),
    pytest.param(
        V1 + ", mirrors: [{destination: {host: a}}]", V1 + ", mirrors: [{destination: {host: b}}]",
        "a.test, route r: mirrors no. 1, destination, host a → b", id="mirror",
    ),
    pytest.param(
        V1, V1 + ", corsPolicy: {allowMethods: [GET]}", 'a.test, route r: cors policy nothing → {"allowMethods": ["GET"]}', id="cors",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), ROUTES)
def test_a_route_that_changes_is_told_in_words(before: str, after: str, said: str | None) -> None:
    """What requests meet, not how it is written; nothing where they meet the same."""
    assert words([SERVICE, SUBSETS, _route(before)], [SERVICE, SUBSETS, _route(after)]) == ([said] if said else [])


A, B = "{name: a, match: [{uri: {prefix: /a}}]}", "{name: b, match: [{uri: {prefix: /b}}]}"


def test_routes_that_come_go_and_move_are_told() -> None:
    """The first that fits is taken, so their order says as much as they do."""
    assert words([_routes(A)], [_routes(A, B)]) == ["new: route b: path under /b on a.test, asked after a"]
    assert words([_routes(A)], [_routes(B, A)]) == ["new: route b: path under /b on a.test, asked first"]
    assert words([_routes(A, B)], [_routes(B)]) == ["gone: route a: path under /a on a.test"]
    assert words([_routes(A, B)], [_routes(B, A)]) == ["the routes of a.test are asked in another order: b and a"]


def test_a_host_that_comes_and_goes_is_told_with_its_routes() -> None:
    """First the host, then what it does."""
    assert words([], [_routes(A)]) == [
        "new: routes of a.test, through gateway istio-ingress/public",
        "new: route a: path under /a on a.test",
    ]
    assert words([_routes(A, gateways="[mesh]")], []) == [
        "gone: routes of a.test",
        "gone: route a: path under /a on a.test",
    ]


def test_hosts_and_gateways_of_routes_are_told() -> None:
    """The rest of a VirtualService is told field by field."""
    assert words([_routes(A)], [_routes(A, hosts="[a.test, b.test]")]) == ["a.test and b.test: hosts gains b.test"]
    assert words([_routes(A)], [_routes(A, gateways="[mesh]")]) == [
        "a.test: gateways loses istio-ingress/public, gateways gains mesh"
    ]


def _rule(policy: str, subsets: str = "[]") -> str:
    return _kind(
        "networking.istio.io/v1",
        "DestinationRule",
        f"{{host: shop-service, trafficPolicy: {policy}, subsets: {subsets}}}",
    )


POLICIES = [
    pytest.param("{}", "{outlierDetection: {consecutive5xxErrors: 5}}", "new circuit breaker (ejection) of shop: consecutive 5xx errors 5", id="new"),
    pytest.param("{connectionPool: {tcp: {maxConnections: 1}}}", "{}", "gone: circuit breaker (connections) of shop: it was tcp max connections 1", id="gone"),
    pytest.param("{loadBalancer: {simple: RANDOM}}", "{loadBalancer: {simple: ROUND_ROBIN}}", "load balancing of shop: simple RANDOM → ROUND_ROBIN", id="balancer"),
    pytest.param("{tls: {mode: DISABLE}}", "{tls: {mode: ISTIO_MUTUAL}}", "TLS towards it of shop: mode DISABLE → ISTIO_MUTUAL", id="tls"),
    pytest.param("{portLevelSettings: [{port: {number: 9}, tls: {mode: DISABLE}}]}", "{portLevelSettings: [{port: {number: 9}, tls: {mode: SIMPLE}}]}", "TLS towards it of shop, port 9: mode DISABLE → SIMPLE", id="port"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), POLICIES)
def test_a_policy_that_changes_is_told_in_words(before: str, after: str, said: str) -> None:
    """A circuit breaker by that name; the rest by Istio's own."""
    assert words([SERVICE, _rule(before)], [SERVICE, _rule(after)]) == [said]


def test_one_policy_in_several_places_is_one_change() -> None:
    """The documents repeat it in each subset that has a policy of its own."""
    subset = "[{name: s, labels: {a: b}, trafficPolicy: {outlierDetection: {interval: %s}}}]"
    before, after = (_rule(f"{{outlierDetection: {{interval: {each}}}}}", subset % each) for each in ("1s", "2s"))
    assert words([SERVICE, before], [SERVICE, after]) == [
        "circuit breaker (ejection) of shop, also in subset s: interval 1s → 2s"
    ]


def test_subsets_that_come_and_go_are_told_by_their_pods() -> None:
    """And one that means other pods than before."""
    one, two = "[{name: s, labels: {version: a}}]", "[{name: s, labels: {version: b}}]"
    assert words([_rule("{}")], [_rule("{}", one)]) == ["new: subset s of shop-service.shop, pods with version=a"]
    assert words([_rule("{}", one)], [_rule("{}")]) == ["gone: subset s of shop-service.shop, pods with version=a"]
    assert words([_rule("{}", one)], [_rule("{}", two)]) == [
        "subset s of shop-service.shop is pods with version=b instead of version=a"
    ]


def _gateway(*servers: str) -> str:
    return _kind(
        "networking.istio.io/v1", "Gateway", f"{{selector: {{istio: ingress}}, servers: [{', '.join(servers)}]}}"
    )


HTTP = "{port: {number: 80, name: http, protocol: HTTP}, hosts: %s}"
HTTPS = "{port: {number: 443, name: https, protocol: HTTPS}, hosts: %s, tls: {mode: %s, credentialName: c}}"


def test_hosts_and_tls_of_a_gateway_are_told() -> None:
    """By host and port, whichever server of the list they stand in."""
    assert words([_gateway(HTTP % "[a.test]")], [_gateway(HTTP % "['*/a.test', b.test]")]) == [
        "gateway x serves b.test on port 80 (HTTP) too"
    ]
    assert words([_gateway(HTTP % "[a.test, b.test]")], [_gateway(HTTP % "[b.test]")]) == [
        "gateway x no longer serves a.test on port 80 (HTTP)"
    ]
    assert words([_gateway(HTTPS % ("[a.test]", "SIMPLE"))], [_gateway(HTTPS % ("[a.test]", "MUTUAL"))]) == [
        "gateway x, a.test on port 443 (HTTPS): tls, mode SIMPLE → MUTUAL"
    ]
    assert words([], [_gateway(HTTPS % ("[a.test]", "SIMPLE"))]) == [
        "new: gateway x serves a.test on port 443 (HTTPS), TLS: mode SIMPLE, credential name c"
    ]


SECURITY = "security.istio.io/v1"


def _mtls(inner: str, namespace: str = "shop") -> str:
    return f"{{apiVersion: {SECURITY}, kind: PeerAuthentication, metadata: {{name: default, namespace: {namespace}}}, spec: {inner}}}"


def test_mutual_tls_is_told_with_what_it_means() -> None:
    """For the mesh, a namespace, some pods or a port."""
    assert words([_mtls("{mtls: {mode: STRICT}}")], [_mtls("{mtls: {mode: PERMISSIVE}}")]) == [
        "mutual TLS STRICT → PERMISSIVE (plain text is taken, too) in namespace shop"
    ]
    assert words([], [_mtls("{mtls: {mode: STRICT}}", "istio-system")]) == [
        "new: mutual TLS STRICT (plain text is refused) in the whole mesh"
    ]
    pods = "selector: {matchLabels: {app: x}}, mtls: {mode: STRICT}"
    assert words([_mtls(f"{{{pods}}}")], [_mtls(f"{{{pods}, portLevelMtls: {{8080: {{mode: DISABLE}}}}}}")]) == [
        "new: mutual TLS DISABLE (only plain text is spoken) on port 8080 of pods app=x of namespace shop"
    ]
    assert words([_mtls("{mtls: {mode: STRICT}}")], []) == ["gone: mutual TLS STRICT in namespace shop"]


GET = "{from: [{source: {namespaces: [a]}}], to: [{operation: {methods: [GET]}}]}"
POST = "{to: [{operation: {methods: [POST], notPaths: [/x]}}], when: [{key: k, values: [v]}]}"


def _access(inner: str) -> str:
    return _kind(SECURITY, "AuthorizationPolicy", inner)


ACCESS = [
    pytest.param(None, f"{{rules: [{GET}]}}", ["new: access rule x for namespace shop: ALLOW of requests from namespaces a with methods GET"], id="new"),
    pytest.param(f"{{action: DENY, rules: [{GET}]}}", None, ["gone: access rule x for namespace shop: DENY of requests from namespaces a with methods GET"], id="gone"),
    pytest.param(f"{{rules: [{GET}]}}", f"{{action: DENY, rules: [{GET}]}}", ["access rule x for namespace shop: ALLOW → DENY"], id="action"),
    pytest.param(f"{{rules: [{GET}]}}", f"{{rules: [{GET}, {POST}]}}", ["access rule x for namespace shop takes requests with methods POST and paths other than /x when k is v (ALLOW)"], id="a-rule-more"),
    pytest.param(f"{{rules: [{GET}]}}", "{rules: [{}]}", ["access rule x for namespace shop no longer takes requests from namespaces a with methods GET (ALLOW)", "access rule x for namespace shop takes all requests (ALLOW)"], id="everything"),
    pytest.param("{rules: [{}]}", "{}", ["access rule x for namespace shop no longer takes all requests (ALLOW)", "access rule x for namespace shop: ALLOW of nothing, so what no other rule allows is refused"], id="nothing"),
    pytest.param(None, "{action: DENY}", ["new: access rule x for namespace shop: DENY of nothing, so it never applies"], id="deny-nothing"),
    pytest.param(f"{{rules: [{GET}]}}", f"{{targetRefs: [{{kind: Service, name: s}}], rules: [{GET}]}}", ["access rule x for service s was for namespace shop"], id="target"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), ACCESS)
def test_an_access_rule_is_told_in_words(before: str | None, after: str | None, said: list[str]) -> None:
    """Who may do what; an empty rule and no rule are opposites, and told apart."""
    assert words(*([_access(side)] if side else [] for side in (before, after))) == said


def test_tokens_are_told_by_their_issuer() -> None:
    """One that comes, one that changes, one that goes."""
    one, two = (f"{{jwtRules: [{{issuer: i, audiences: [{each}]}}]}}" for each in "ab")
    documents = [_kind(SECURITY, "RequestAuthentication", each) for each in (one, two, "{}")]
    assert words([], documents[:1]) == ["new: tokens x for namespace shop: issuer i is believed; audiences a"]
    assert words(documents[:1], documents[1:2]) == [
        "tokens x for namespace shop, issuer i: audiences loses a, audiences gains b"
    ]
    assert words(documents[1:2], documents[2:]) == ["gone: tokens x for namespace shop: issuer i is no longer believed"]


def _deployment(replicas: int, image: str, value: str = "1") -> str:
    return _kind(
        "apps/v1", "Deployment",
        f"{{replicas: {replicas}, template: {{metadata: {{labels: {{app: shop, version: v1}}}}, spec: {{containers: "
        f"[{{name: c, image: '{image}', env: [{{name: A, value: '{value}'}}]}}]}}}}}}",
    )  # fmt: skip


def test_workloads_are_told_with_pods_and_short_images() -> None:
    """Twelve digits of a digest tell two images apart."""
    old, new = "r/i@sha256:" + "a" * 64, "r/i@sha256:" + "b" * 64
    assert words([], [_deployment(1, old)]) == ["new: workload shop version v1, 1 pod of r/i@sha256:aaaaaaaaaaaa"]
    assert words([_deployment(1, old)], [_deployment(3, new, "2")]) == [
        "shop version v1: pods 1 → 3",
        "shop version v1: image r/i@sha256:aaaaaaaaaaaa → r/i@sha256:bbbbbbbbbbbb",
        "shop version v1: env A, value 1 → 2",
    ]
    assert words([_deployment(2, old)], []) == ["gone: workload shop version v1, 2 pods"]


KINDS = [
    ("networking.istio.io/v1", "ServiceEntry", "{hosts: [a.test], resolution: %s}", "NONE", "DNS", "service entry x of namespace shop: resolution NONE → DNS"),
    ("networking.istio.io/v1", "Sidecar", "{outboundTrafficPolicy: {mode: %s}}", "ALLOW_ANY", "REGISTRY_ONLY", "sidecar x of namespace shop: outbound traffic policy, mode ALLOW_ANY → REGISTRY_ONLY"),
    ("networking.istio.io/v1", "WorkloadEntry", "{address: %s}", "1.1.1.1", "2.2.2.2", "workload entry x of namespace shop: address 1.1.1.1 → 2.2.2.2"),
    ("networking.istio.io/v1", "WorkloadGroup", "{template: {network: %s}}", "a", "b", "workload group x of namespace shop: template, network a → b"),
    ("networking.istio.io/v1beta1", "ProxyConfig", "{concurrency: %s}", "1", "2", "proxy config x of namespace shop: concurrency 1 → 2"),
    ("networking.istio.io/v1alpha3", "EnvoyFilter", "{priority: %s}", "1", "2", "envoy filter x of namespace shop: priority 1 → 2"),
    ("telemetry.istio.io/v1", "Telemetry", "{tracing: [{randomSamplingPercentage: %s}]}", "1", "5", "telemetry x of namespace shop: tracing no. 1, random sampling percentage 1 → 5"),
    ("extensions.istio.io/v1alpha1", "WasmPlugin", "{url: %s}", "a", "b", "wasm plugin x of namespace shop: url a → b"),
    ("extensions.istio.io/v1alpha1", "TrafficExtension", "{priority: %s}", "1", "2", "traffic extension x of namespace shop: priority 1 → 2"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute", "{hostnames: [%s]}", "a", "b", "httproute x of namespace shop: hostnames loses a, hostnames gains b"),
    ("future.istio.io/v9", "Unheard", "{of: %s}", "1", "2", "unheard x of namespace shop: of 1 → 2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("api", "kind", "spec", "old", "new", "said"), [pytest.param(*row, id=row[1]) for row in KINDS]
)
def test_every_other_kind_of_the_mesh_is_told_field_by_field(
    api: str, kind: str, spec: str, old: str, new: str, said: str
) -> None:
    """Those of Istio that have no phrases, those of the Gateway API, and kinds that nobody knows yet."""
    assert words([_kind(api, kind, spec % old)], [_kind(api, kind, spec % new)]) == [said]


def test_an_object_that_does_not_decode_is_told_field_by_field() -> None:
    """A weight that is known only after the update, or a field of a newer Istio."""
    before, after = (_route(f"{V1}, brandNew: {each}") for each in "12")
    assert words([before], [after]) == ["virtual service x of namespace shop: http r, brand new 1 → 2"]


def test_objects_that_are_no_part_of_the_mesh_are_counted() -> None:
    """Istio's own roles and configuration stand in the list of resources."""
    one = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: n}, data: {a: '%s'}}"
    assert words([one % ("a", 1), one % ("b", 1)], [one % ("a", 2), one % ("b", 2)]) == ["changed: 2 ConfigMap"]


def test_labels_of_an_object_with_phrases_are_told() -> None:
    """What is not in its spec has no phrase of its own."""
    before = _route(V1)
    after = before.replace("namespace: shop}, spec", "namespace: shop, labels: {team: a}}, spec")
    assert words([before], [after]) == ['virtual service x of namespace shop: labels nothing → {"team": "a"}']


def test_an_object_that_does_nothing_is_still_told() -> None:
    """A gateway without a server, routes of a host without a route."""
    assert words([], [_gateway()]) == ["new: gateway x of namespace shop: selector istio ingress, servers nothing"]
    assert words([_gateway()], []) == ["gone: gateway x of namespace shop"]
    assert words([], [_routes()]) == ["new: routes of a.test, through gateway istio-ingress/public"]


MESH = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: istio-system}, data: {mesh: '%s', other: x}}"


@pytest.mark.parametrize("name", ["istio", "istio-canary"])
def test_istios_own_configuration_is_told_field_by_field(name: str) -> None:
    """It is YAML within a ConfigMap, and as much part of the mesh as any object."""
    old, new = (MESH % (name, each) for each in ("{rootNamespace: a, enableTracing: true}", "{rootNamespace: b}"))
    assert words([old], [new]) == [
        "mesh configuration in namespace istio-system: root namespace a → b, enable tracing true → nothing"
    ]
    assert words([], [new]) == ["new: mesh configuration in namespace istio-system: root namespace b"]
    assert words([old], [MESH % (name, "{: not YAML")])[0].startswith("mesh configuration in namespace istio-system: ")
    assert words([MESH % ("other", "{a: 1}")], [MESH % ("other", "{a: 2}")]) == ["changed: 1 ConfigMap"]


def test_two_services_of_one_workload_keep_their_own_names() -> None:
    """Else a change of one would read like one of the other."""
    other = SERVICE.replace("shop-service", "shop-canary")
    said = words([SERVICE, other], [SERVICE, other, _route(V1)])
    assert said[1] == "new: route r: all requests to shop-service.shop subset v1 on a.test"
