"""A part that can never be right is refused when it is made, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from components.model import (
    Abort,
    CircuitBreaker,
    ConnectionPool,
    ConsistentHash,
    Delay,
    Gateway,
    Header,
    Mesh,
    OutlierDetection,
    Path,
    PathPrefix,
    PathRegex,
    Percent,
    Retry,
    RoundRobin,
    Route,
    Split,
    Subset,
    TrafficPolicy,
    VirtualService,
    Workload,
    milliseconds,
    seconds,
)

SHOP = Workload("shop", namespace="shop", port=8000)
OTHER = Workload("other", namespace="shop", port=8000)
OLD, NEW = SHOP.version("old"), SHOP.version("new")
PUBLIC = Gateway("public", hosts=["a.mesh.test", "*.wild.test"])
ALL = Route("all", to=OLD)

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a percentage of 250": (lambda: Percent(250), "a share of 250 % does not exist; give a Percent from 0 to 100"),
    "a workload's name with a capital": (
        lambda: Workload("Shop", namespace="shop", port=80),
        "the workload's name is 'Shop'; Kubernetes takes 1 to 63 lower-case letters, digits and '-', with a letter or "
        "digit at both ends: did you mean 'shop'?",
    ),
    "a port that is none": (
        lambda: Workload("shop", namespace="shop", port=70000),
        "the port of workload 'shop' is 70000; a port is from 1 to 65535",
    ),
    "a health path without slash": (
        lambda: Workload("shop", namespace="shop", port=80, health_path="healthz"),
        "the health_path of workload 'shop' is 'healthz'; a path starts with '/'",
    ),
    "a version that is no label": (lambda: SHOP.version("v1.2"), "did you mean 'v1-2'?"),
    "a version without a pod": (lambda: SHOP.version("v1", replicas=0), "has 0 replicas; give 1 or more"),
    "a budget that forbids every eviction": (
        lambda: SHOP.version("v1", replicas=2, min_available=2),
        "keeps 2 of 2 pods available; a budget must leave at least one to evict, so it is from 1 to 1",
    ),
    "a gateway without host": (lambda: Gateway("public", hosts=[]), "gateway 'public' serves no host"),
    "a host given twice": (lambda: Gateway("public", hosts=["a.test", "a.test"]), "is given the host 'a.test' twice"),
    "a host with a scheme": (lambda: Gateway("public", hosts=["http://a.test"]), "without scheme, port or path"),
    "a host that the gateway does not serve": (
        lambda: PUBLIC.host("b.mesh.test"),
        "gateway 'public' does not serve 'b.mesh.test'; it serves a.mesh.test, *.wild.test",
    ),
    "a header in capitals": (lambda: Header("X-Tester", "yes"), "did you mean 'x-tester'?"),
    "a header matched two ways": (
        lambda: Header("x", "yes", prefix="y"),
        "header 'x' is matched by value and prefix; Istio takes one of them",
    ),
    "a path without slash": (lambda: Path("shop"), "a request's path starts with '/', so give '/shop'"),
    "a path with a query": (lambda: PathPrefix("/shop?x=1"), "Envoy compares the path without query and fragment"),
    "a regex that is none": (lambda: PathRegex("/("), "which is no regular expression"),
    "a regex that RE2 does not know": (lambda: PathRegex("/(?!x)"), "Envoy's RE2 knows no '(?!'"),
    "a delay of nothing": (lambda: Delay(timedelta(0)), "the delay is 0 s; Istio takes 0.001 s or more"),
    "a delay for nobody": (lambda: Delay(seconds(1), on=Percent(0)), "the delay is injected into 0 % of the requests"),
    "an abort with a status that is none": (lambda: Abort(99), "the abort answers 99; Envoy sends a status from 200"),
    "no retry attempt": (lambda: Retry(0), "the number of retry attempts is 0; it must be 1 or more"),
    "a retry on what Envoy does not know": (lambda: Retry(1, on=["5XX"]), "a retry on '5XX' never happens"),
    "a pool that limits nothing": (lambda: ConnectionPool(), "the connection pool limits nothing"),
    "a pool of no connection": (
        lambda: ConnectionPool(max_connections=0),
        "max_connections is 0; it must be 1 or more",
    ),
    "an ejection that never happens": (lambda: OutlierDetection(), "the outlier detection never ejects"),
    "an ejection of nobody": (
        lambda: OutlierDetection(consecutive_gateway_errors=5, max_ejection_percent=0),
        "max_ejection_percent is 0; it is from 1 to 100",
    ),
    "an interval of nothing": (
        lambda: OutlierDetection(consecutive_gateway_errors=5, interval=timedelta(0)),
        "the interval is 0 s; Istio takes 0.001 s or more",
    ),
    "a breaker that never opens": (lambda: CircuitBreaker(), "the circuit breaker never opens"),
    "a hash without key": (lambda: ConsistentHash(), "the consistent hash has nothing for its key"),
    "a hash with two keys": (lambda: ConsistentHash(header="x", cookie="c"), "has header and cookie for its key"),
    "a policy that changes nothing": (lambda: TrafficPolicy(SHOP), "the traffic policy of 'shop' changes nothing"),
    "a negative weight": (lambda: Split({OLD: -1, NEW: 2}), "the split gives shop old the weight -1"),
    "weights that are all 0": (lambda: Split({OLD: 0, NEW: 0}), "gives every destination the weight 0"),
    "a split of nothing": (lambda: Split({}), "the split has no destination"),
    "a split over two workloads": (
        lambda: Split({OLD: 1, OTHER.version("old"): 1}),
        "the split is over versions of 'other' and 'shop'",
    ),
    "a fault beside a retry": (
        lambda: Route("r", to=OLD, abort=Abort(500), retry=Retry(2)),
        "route 'r' injects a fault beside a retry",
    ),
    "a fault beside a timeout": (
        lambda: Route("r", to=OLD, delay=Delay(seconds(1)), timeout=seconds(1)),
        "route 'r' injects a fault beside a timeout",
    ),
    "a timeout under a millisecond": (
        lambda: Route("r", to=OLD, timeout=milliseconds(0.5)),
        "the timeout of route 'r' is 0.0005 s; Istio takes 0.001 s or more",
    ),
    "two conditions on the path": (
        lambda: Route("r", to=OLD, when=[Path("/a"), PathPrefix("/b")]),
        "route 'r' has two conditions on the path",
    ),
    "two conditions on a header": (
        lambda: Route("r", to=OLD, when=[Header("x", "1"), Header("x", "2")]),
        "route 'r' has two conditions on header 'x'",
    ),
    "a host without route": (lambda: VirtualService(PUBLIC.host("a.mesh.test"), []), "host a.mesh.test has no route"),
    "two routes of one name": (
        lambda: VirtualService(SHOP, [Route("r", to=OLD, when=Path("/a")), Route("r", to=NEW)]),
        "host shop has two routes named 'r'",
    ),
    "a route behind one that takes all": (
        lambda: VirtualService(SHOP, [ALL, Route("r", to=NEW)]),
        "route 'r' of host shop never gets a request; route 'all' before it takes all",
    ),
    "a version declared twice": (lambda: Mesh(versions=[OLD, OLD]), "the version 'shop old' is declared twice"),
    "a host with two owners": (
        lambda: Mesh(versions=[OLD], virtual_services=[VirtualService(SHOP, [ALL]), VirtualService(SHOP, [ALL])]),
        "the virtual service for 'shop' is declared twice",
    ),
    "a policy with two owners": (
        lambda: Mesh(versions=[OLD], policies=[TrafficPolicy(SHOP, load_balancer=RoundRobin())] * 2),
        "the traffic policy of workload 'shop' is declared twice",
    ),
    "a route to a version that does not run": (
        lambda: Mesh(versions=[OLD], virtual_services=[VirtualService(SHOP, [Route("r", to=NEW)])]),
        "route 'r' of host shop goes to shop new, which does not run in this mesh; running are shop old",
    ),
    "a subset named as a version": (
        lambda: Mesh(
            versions=[OLD, NEW],
            virtual_services=[VirtualService(SHOP, [Route("r", to=Subset("new", of=OLD))])],
        ),
        "subset 'new' has the name of a version of 'shop'",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_part_that_can_never_be_right_is_refused(make: Callable[[], object], message: str) -> None:
    """The message names the part, the value given, and what is allowed."""
    with pytest.raises(ValueError, match=r".") as refused:
        make()
    assert message in str(refused.value)


def test_a_wildcard_host_covers_those_below_it() -> None:
    """A gateway with *.wild.test serves shop.wild.test, and not wild.test itself."""
    assert PUBLIC.host("shop.wild.test").gateway is PUBLIC
    assert not PUBLIC.serves("wild.test")


def test_a_share_is_the_weight_over_all_weights() -> None:
    """Weights need not add up to 100."""
    assert Split({OLD: 3, NEW: 1}).share(NEW) == 0.25
