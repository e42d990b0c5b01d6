"""Meshes with any security, telemetry and scope that the model lets one build, for hypothesis."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

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
    EnvironmentTag,
    Export,
    Gateway,
    HeaderTag,
    Identity,
    Issuer,
    LiteralTag,
    Mesh,
    Metric,
    MetricTags,
    MutualTLS,
    MutualTLSRule,
    Namespace,
    NoAccessLog,
    NoMetric,
    NoTracing,
    OutboundTraffic,
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
    Side,
    Telemetry,
    TokenHeader,
    Tracing,
    VirtualService,
    WholeMesh,
    Workload,
)
from tests.example_guarded_mesh import JWKS

WORKLOADS = tuple(
    Workload(name, namespace=namespace, port=8000)
    for name, namespace in (("front", "front"), ("shop", "shop"), ("stock", "shop"))
)
GATEWAY = Gateway("public", hosts=["a.mesh.test", "*.wild.test"])
NAMESPACES = (Namespace("front"), Namespace("shop"))
INSIDE = (WholeMesh(), *NAMESPACES, *WORKLOADS)
PLACES = (*INSIDE, GATEWAY)
IDENTITIES: tuple[Identity, ...] = (
    *(workload.identity for workload in WORKLOADS),
    GATEWAY.identity,
    ServiceAccount("job", namespace="jobs").identity,
)

WORDS = st.text("abcxyz0189-_.:/ ", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
PLAIN_PATHS = st.from_regex(r"/[A-Za-z0-9._~!$&'()+,;=:@%-]{0,12}", fullmatch=True)
SEGMENTS = st.from_regex(r"[A-Za-z0-9._~-]{1,6}|\{\*\}", fullmatch=True)
TEMPLATES = st.tuples(st.lists(SEGMENTS, max_size=3), st.sampled_from(["{*}", "{**}"])).map(
    lambda parts: PathTemplate("/" + "/".join([*parts[0], parts[1]]))
)
PATHS = PLAIN_PATHS.map(Path) | PLAIN_PATHS.map(PathPrefix) | TEMPLATES
ADDRESSES = st.ip_addresses().map(str) | st.sampled_from(["10.0.0.0/8", "10.1.2.3/8", "fd00::/8", "0.0.0.0/0", "::/0"])
HEADERS = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,8}[a-z0-9])?", fullmatch=True)
PORTS = st.sampled_from([1, 8000, 9090, 65535])
EXPRESSIONS = st.sampled_from(
    ["response.code >= 500", "!connection.mtls", "size(request.path) > 5", "('x' in request.headers) || true"]
)
PROVIDERS = st.sampled_from(["envoy", "collector", "any-other"]).map(Provider)


def _some(values: st.SearchStrategy[object]) -> st.SearchStrategy[list[object]]:
    return st.lists(values, max_size=2)


def _made(make: Callable[..., object], **parts: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Objects of the parts; combinations that the class refuses are passed over."""

    def attempt(given: dict[str, object]) -> object | None:
        try:
            return make(**given)
        except ValueError:
            return None

    return st.fixed_dictionaries(parts).map(attempt).filter(lambda made: made is not None)


REQUESTS = _made(
    Requests,
    methods=_some(st.sampled_from(["GET", "POST", "M-SEARCH"])),
    paths=_some(PATHS),
    ports=_some(PORTS.filter(lambda port: port != 80)),
    hosts=_some(st.sampled_from(["a.mesh.test", "*.wild.test"])),
)
CALLERS = _made(
    Callers,
    identities=_some(st.sampled_from(IDENTITIES)),
    namespaces=_some(st.sampled_from([*NAMESPACES, Namespace("jobs")])),
    source_ips=_some(ADDRESSES),
    client_ips=_some(ADDRESSES),
)
CLAIMS = _made(
    Claim,
    name=st.sampled_from(["role", "https://a.test/role", ("realm", "roles")]),
    values=st.lists(WORDS | st.just("*"), min_size=1, max_size=2),
)
ISSUERS = _made(
    Issuer,
    name=st.sampled_from(["https://a.test", "me@a.test", "http://[::1]:8080/x"]),
    jwks=st.sampled_from([None, JWKS]),
    jwks_uri=st.sampled_from([None, "https://a.test:8443/keys?x=1", "http://keys.shop"]),
    audiences=_some(WORDS),
    from_headers=_some(st.builds(TokenHeader, HEADERS, prefix=st.sampled_from(["", "Token "]))),
    from_params=_some(WORDS),
    from_cookies=_some(WORDS),
    forward=st.booleans(),
    payload_to_header=st.none() | HEADERS,
    claims_to_headers=_some(st.builds(ClaimHeader, HEADERS, claim=WORDS)),
)
AUTHENTICATIONS = _made(
    RequestAuthentication,
    name=st.sampled_from(["one", "two"]),
    of=st.sampled_from(PLACES),
    issuers=st.lists(ISSUERS, min_size=1, max_size=2),
)
ACCESS = _made(
    Access,
    name=st.sampled_from(["a", "b", "c"]),
    of=st.sampled_from(PLACES),
    action=st.sampled_from(Action) | st.builds(Custom, PROVIDERS),
    callers=st.none() | CALLERS,
    except_callers=st.none() | CALLERS,
    requests=st.none() | REQUESTS,
    except_requests=st.none() | REQUESTS,
    claims=_some(CLAIMS),
)
TAGS = (
    _made(LiteralTag, name=WORDS, value=WORDS)
    | _made(HeaderTag, name=WORDS, header=HEADERS, default=st.none() | WORDS)
    | _made(EnvironmentTag, name=WORDS, variable=WORDS, default=st.none() | WORDS)
)
TRACINGS = _made(
    Tracing,
    sampling=st.none() | st.integers(0, 1_000_000).map(lambda number: Percent(number / 10_000)),
    provider=st.none() | PROVIDERS,
    tags=_some(TAGS),
)
CHANGES = _made(NoMetric, metric=st.sampled_from(Metric), side=st.none() | st.sampled_from(Side)) | _made(
    MetricTags,
    metric=st.sampled_from(Metric),
    remove=_some(st.sampled_from(["request_protocol", "response_flags"])),
    upsert=st.dictionaries(st.sampled_from(["path", "host"]), EXPRESSIONS, max_size=2),
    side=st.none() | st.sampled_from(Side),
)
LOGS = _made(AccessLog, filter=st.none() | EXPRESSIONS, provider=PROVIDERS, side=st.none() | st.sampled_from(Side))
TELEMETRY = _made(
    Telemetry,
    of=st.sampled_from(PLACES),
    access_logs=_some(LOGS) | st.just(NoAccessLog()),
    tracing=st.none() | st.just(NoTracing()) | TRACINGS,
    metrics=_some(CHANGES),
    metrics_provider=PROVIDERS,
)
MODES = st.sampled_from([mode for mode in MutualTLS if mode is not MutualTLS.UNSET])
TLS_RULES = _made(
    MutualTLSRule,
    of=st.sampled_from([*NAMESPACES, *WORKLOADS]),
    mode=st.none() | MODES,
    ports=st.dictionaries(PORTS, MODES, max_size=2),
)
DEPENDENCIES = _made(
    Dependency,
    of=st.sampled_from(WORKLOADS),
    on=_some(st.sampled_from([*WORKLOADS, *NAMESPACES])),
    outbound=st.none() | st.sampled_from(OutboundTraffic),
)
EXPORTS = _made(Export, of=st.sampled_from(WORKLOADS), to=_some(st.sampled_from(NAMESPACES)))
FRONT, SHOP, STOCK = WORKLOADS
ROUTES = (
    VirtualService(GATEWAY.host("a.mesh.test"), [Route("front", to=FRONT)]),
    VirtualService(SHOP, [Route("stock", when=PathPrefix("/stock"), to=STOCK), Route("shop", to=SHOP)]),
)


@st.composite
def guarded_meshes(draw: st.DrawFn) -> Mesh:
    """Any mesh of three workloads and one gateway whose parts agree."""
    authentications = draw(st.lists(AUTHENTICATIONS, max_size=2))
    access = draw(st.lists(ACCESS | st.builds(DenyByDefault, st.sampled_from([WholeMesh(), *NAMESPACES])), max_size=3))
    if authentications:
        needed = _made(
            RequireJWT,
            name=st.just("needed"),
            by=st.sampled_from(authentications),
            requests=st.none() | REQUESTS,
            except_requests=st.none() | REQUESTS,
        )
        access += draw(st.lists(needed, max_size=1))
    lists: dict[str, list[object]] = {
        "authentications": authentications,
        "access": access,
        "telemetry": draw(st.lists(TELEMETRY, max_size=2)),
        "mutual_tls_rules": draw(st.lists(TLS_RULES, max_size=2)),
        "dependencies": draw(st.lists(DEPENDENCIES, max_size=2)),
        "exports": draw(st.lists(EXPORTS, max_size=2)),
    }
    mode = draw(MODES)
    kept: dict[str, list[object]] = {name: [] for name in lists}
    for name, parts in lists.items():
        for part in parts:
            try:
                _mesh(mode, {**kept, name: [*kept[name], part]})
            except ValueError:
                continue
            kept[name].append(part)
    return _mesh(mode, kept)


def _mesh(mode: MutualTLS, lists: dict[str, list[object]]) -> Mesh:
    versions = [workload.version("one") for workload in WORKLOADS]
    return Mesh(versions=versions, virtual_services=ROUTES, mutual_tls=mode, **lists)  # type: ignore[arg-type]
