"""What breaks the rules of load balancing: keys, localities, warm-up."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["LOAD_BALANCING_ROWS", "LOAD_BALANCING_SPECS"]

WARNING = Severity.WARNING
BALANCER = "trafficPolicy.loadBalancer"
HASH = f"{BALANCER}.consistentHash"
LOCALITY = f"{BALANCER}.localityLbSetting"
ZONES = f"{BALANCER}.zoneAwareLbSetting"
WARMUP = f"{BALANCER}.warmup"


def balanced(**settings: Any) -> dict[str, Any]:
    """A rule that ejects, with these settings of its load balancer."""
    return {"host": "reviews", "trafficPolicy": {"loadBalancer": settings, "outlierDetection": {"interval": "1s"}}}


COOKIE = balanced(
    consistentHash={"httpCookie": {"name": "user", "ttl": "0s", "attributes": [{"name": "SameSite"}, {"name": "Path"}]}}
)
MAGLEV = balanced(consistentHash={"useSourceIp": True, "maglev": {"tableSize": 65537}})
RING = balanced(consistentHash={"useSourceIp": True, "ringHash": {"minimumRingSize": 1024}})
SHARES = balanced(
    localityLbSetting={
        "distribute": [
            {"from": "eu/a/*", "to": {"eu/a/*": 80, "eu/b/*": 20}},
            {"from": "eu/b/1", "to": {"eu/b": 100}},
            {"from": "us/*", "to": {"us/*": 99, "eu/*": 1}},
        ]
    }
)
FAILOVER = balanced(
    localityLbSetting={"failover": [{"from": "eu", "to": "us"}], "failoverPriority": ["version", "app=reviews"]}
)
AWARE = balanced(
    zoneAwareLbSetting={"failover": [{"from": "eu", "to": "us"}], "failoverPriority": ["topology.istio.io/network"]}
)
WARM = balanced(warmup={"duration": "30s", "minimumPercent": 100, "aggression": 0.1})
INHERITED: dict[str, Any] = {
    "host": "reviews",
    "trafficPolicy": {"outlierDetection": {"interval": "1s"}},
    "subsets": [
        {
            "name": "v1",
            "trafficPolicy": {"loadBalancer": {"localityLbSetting": {"failover": [{"from": "eu", "to": "us"}]}}},
        }
    ],
}
LOAD_BALANCING_SPECS = {
    "a cookie with attributes": COOKIE,
    "the table of Maglev": MAGLEV,
    "a ring": RING,
    "shares by locality": SHARES,
    "a wildcard after what it covers, which istiod lets pass in a list": balanced(
        localityLbSetting={"distribute": [{"from": "eu/a", "to": {"eu": 100}}, {"from": "eu/*", "to": {"us": 100}}]}
    ),
    "failover between regions": FAILOVER,
    "failover between regions by zone": AWARE,
    "a warm-up": WARM,
    "a subset that fails over by its host's outlier detection": INHERITED,
    "failover switched off at length": balanced(localityLbSetting={"enabled": False}),
    "a table of one, prime to Envoy": balanced(consistentHash={"maglev": {"tableSize": 1}}),
}

KEYS = (
    Row("V2035", "a cookie without name", COOKIE, {f"{HASH}.httpCookie.name": GONE}, f"{HASH}.httpCookie.name"),
    Row(
        "V2036",
        "an attribute without name",
        COOKIE,
        {f"{HASH}.httpCookie.attributes.1.name": ""},
        f"{HASH}.httpCookie.attributes[1].name",
    ),
    Row(
        "V2037",
        "an attribute twice",
        COOKIE,
        {f"{HASH}.httpCookie.attributes.1.name": "SameSite"},
        f"{HASH}.httpCookie.attributes[1].name",
    ),
    Row("V2038", "the old ring size", COOKIE, {f"{HASH}.minimumRingSize": 64}, f"{HASH}.minimumRingSize", WARNING),
    Row("V2039", "the old ring size beside a ring", RING, {f"{HASH}.minimumRingSize": 64}, f"{HASH}.minimumRingSize"),
    Row("V2039", "a ring size beside Maglev", MAGLEV, {f"{HASH}.minimumRingSize": 64}, f"{HASH}.minimumRingSize"),
    Row("V2040", "no table", MAGLEV, {f"{HASH}.maglev": {}}, f"{HASH}.maglev.tableSize"),
    Row("V2041", "a table too large", MAGLEV, {f"{HASH}.maglev.tableSize": 5_000_011}, f"{HASH}.maglev.tableSize"),
    Row("V2042", "an even table", MAGLEV, {f"{HASH}.maglev.tableSize": 65536}, f"{HASH}.maglev.tableSize"),
    Row("V2042", "a table of a square", MAGLEV, {f"{HASH}.maglev.tableSize": 49}, f"{HASH}.maglev.tableSize"),
    Row("V2060", "a warm-up without duration", WARM, {f"{WARMUP}.duration": GONE}, f"{WARMUP}.duration"),
    Row("V2061", "a warm-up of no time", WARM, {f"{WARMUP}.duration": "0s"}, f"{WARMUP}.duration"),
    Row("V2062", "a start above the full share", WARM, {f"{WARMUP}.minimumPercent": 100.5}, f"{WARMUP}.minimumPercent"),
    Row("V2063", "no aggression", WARM, {f"{WARMUP}.aggression": 0}, f"{WARMUP}.aggression"),
)
SHARED_OUT = (
    Row("V2043", "two ways by locality", AWARE, {LOCALITY: {}}, ZONES),
    Row("V2044", "shares beside failover", SHARES, {f"{LOCALITY}.failover": [{"from": "eu", "to": "us"}]}, LOCALITY),
    Row(
        "V2045",
        "failover beside an order by region",
        FAILOVER,
        {f"{LOCALITY}.failoverPriority.1": "topology.kubernetes.io/region"},
        f"{LOCALITY}.failoverPriority[1]",
    ),
    Row(
        "V2046",
        "a share of nothing",
        SHARES,
        {f"{LOCALITY}.distribute.1.to": {"eu/b": 0, "eu/c": 100}},
        f'{LOCALITY}.distribute[1].to["eu/b"]',
    ),
    Row(
        "V2046",
        "a share of more than all",
        SHARES,
        {f"{LOCALITY}.distribute.1.to": {"eu": 101}},
        f"{LOCALITY}.distribute[1].to.eu",
    ),
    Row("V2047", "no shares", SHARES, {f"{LOCALITY}.distribute.1.to": {}}, f"{LOCALITY}.distribute[1].to"),
    Row(
        "V2047",
        "shares of 99",
        SHARES,
        {f"{LOCALITY}.distribute.1.to": {"eu": 98, "us": 1}},
        f"{LOCALITY}.distribute[1].to",
    ),
    Row(
        "V2048",
        "a wildcard in the middle",
        SHARES,
        {f"{LOCALITY}.distribute.0.from": "eu/*/1"},
        f"{LOCALITY}.distribute[0].from",
    ),
    Row("V2048", "two wildcards", SHARES, {f"{LOCALITY}.distribute.0.from": "*/*"}, f"{LOCALITY}.distribute[0].from"),
    Row("V2050", "no locality", SHARES, {f"{LOCALITY}.distribute.0.from": GONE}, f"{LOCALITY}.distribute[0].from"),
    Row("V2050", "no zone", SHARES, {f"{LOCALITY}.distribute.0.from": "eu//1"}, f"{LOCALITY}.distribute[0].from"),
)
OVERLAPS = tuple(
    Row(
        "V2049",
        words,
        SHARES,
        {f"{LOCALITY}.distribute": [{"from": first, "to": {"eu": 100}}, {"from": second, "to": {"eu": 100}}]},
        f"{LOCALITY}.distribute[1].from",
    )
    for words, first, second in (
        ("a region twice", "eu", "eu"),
        ("a zone within its region", "eu", "eu/a"),
        ("a region around its zone", "eu/a", "eu"),
        ("a zone within the wildcard of its region", "eu/*", "eu/a"),
        ("a region within the wildcard of all", "*", "eu"),
        ("a subzone within its region", "eu", "eu/a/1"),
        ("a subzone within the wildcard of its zone", "eu/a/*", "eu/a/1"),
        ("a zone around its subzone", "eu/a/1", "eu/a"),
        ("a subzone twice", "eu/a/1", "eu/a/1"),
    )
)
UNORDERED = (
    Row(
        "V2049",
        "a wildcard after what it covers, among shares, whose order istiod does not keep",
        SHARES,
        {f"{LOCALITY}.distribute.1.to": {"eu/a": 50, "eu/*": 50}},
        f'{LOCALITY}.distribute[1].to["eu/*"]',
    ),
)
TAKEN_OVER = (
    Row(
        "V2051",
        "failover without outlier detection",
        FAILOVER,
        {"trafficPolicy.outlierDetection": GONE},
        f"{LOCALITY}.failover",
        WARNING,
    ),
    Row(
        "V2051",
        "a subset's failover without outlier detection, of which istiod itself says nothing",
        INHERITED,
        {"trafficPolicy": GONE},
        "subsets[0].trafficPolicy.loadBalancer.localityLbSetting.failover",
        WARNING,
    ),
    Row(
        "V2051",
        "a port's failover, which takes no outlier detection over from the host",
        FAILOVER,
        {
            "trafficPolicy.portLevelSettings": [
                {"port": {"number": 80}, "loadBalancer": {"localityLbSetting": {"failoverPriority": ["version"]}}}
            ]
        },
        "trafficPolicy.portLevelSettings[0].loadBalancer.localityLbSetting.failoverPriority",
        WARNING,
    ),
    Row("V2052", "failover to itself", FAILOVER, {f"{LOCALITY}.failover.0.to": "eu"}, f"{LOCALITY}.failover[0].to"),
    Row("V2053", "failover to a zone", FAILOVER, {f"{LOCALITY}.failover.0.to": "us/a"}, f"{LOCALITY}.failover[0].to"),
    Row("V2054", "failover from all", FAILOVER, {f"{LOCALITY}.failover.0.from": "*"}, f"{LOCALITY}.failover[0].from"),
    Row(
        "V2055",
        "an order by subzone",
        AWARE,
        {f"{ZONES}.failoverPriority.0": "topology.istio.io/subzone"},
        f"{ZONES}.failoverPriority[0]",
    ),
    Row(
        "V2056",
        "failover by zone without outlier detection",
        AWARE,
        {"trafficPolicy.outlierDetection": GONE},
        f"{ZONES}.failover",
        WARNING,
    ),
    Row("V2057", "failover by zone to itself", AWARE, {f"{ZONES}.failover.0.to": "eu"}, f"{ZONES}.failover[0].to"),
    Row(
        "V2058",
        "failover by zone from a zone",
        AWARE,
        {f"{ZONES}.failover.0.from": "eu/a"},
        f"{ZONES}.failover[0].from",
    ),
    Row("V2059", "failover by zone to all", AWARE, {f"{ZONES}.failover.0.to": "*"}, f"{ZONES}.failover[0].to"),
)
LOAD_BALANCING_ROWS = (*KEYS, *SHARED_OUT, *OVERLAPS, *UNORDERED, *TAKEN_OVER)
