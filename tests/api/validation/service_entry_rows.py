"""What breaks the rules of a service entry: hosts, addresses, ports, and the way in which hosts are found."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["DYNAMIC", "SERVICE_ENTRY_ROWS", "SERVICE_ENTRY_SPECS"]

WARNING = Severity.WARNING
PORT = "ports[0]"
ENDPOINT = "endpoints[0]"
HTTPS = {"number": 443, "name": "https", "protocol": "HTTPS"}

NONE: dict[str, Any] = {"hosts": ["api.example.com", "*.example.org"], "ports": [HTTPS]}
BARE: dict[str, Any] = {
    "hosts": ["db.example.com"],
    "addresses": ["198.51.100.0/24", "2001:db8::7"],
    "ports": [{"number": 5432, "name": "db", "protocol": "TCP"}, {"number": 5433, "name": "other"}],
    "exportTo": ["~"],
}
STATIC: dict[str, Any] = {
    "hosts": ["api.example.com"],
    "addresses": ["198.51.100.1/32"],
    "ports": [HTTPS, {"number": 80, "name": "http", "protocol": "HTTP", "targetPort": 8080}],
    "resolution": "STATIC",
    "endpoints": [{"address": "203.0.113.7", "ports": {"https": 8443}, "labels": {"app": "api"}}],
}
SOCKET: dict[str, Any] = {
    "hosts": ["api.example.com"],
    "ports": [HTTPS],
    "resolution": "STATIC",
    "endpoints": [{"address": "unix:///var/run/api.sock"}, {"address": "unix://@api"}],
}
SELECTED: dict[str, Any] = {
    "hosts": ["api.example.com"],
    "ports": [HTTPS],
    "resolution": "STATIC",
    "workloadSelector": {"labels": {"app": "api"}},
}
DNS: dict[str, Any] = {
    "hosts": ["*.example.com", "api.example.org"],
    "ports": [HTTPS],
    "resolution": "DNS",
    "endpoints": [{"address": "eu.example.com", "ports": {"https": 8443}}, {"address": "2001:db8::7"}],
}
LOOKED_UP: dict[str, Any] = {"hosts": ["api.example.com"], "ports": [HTTPS], "resolution": "DNS"}
ROBIN: dict[str, Any] = {**DNS, "resolution": "DNS_ROUND_ROBIN", "endpoints": [{"address": "eu.example.com"}]}
ADDRESSED: dict[str, Any] = {
    "hosts": ["db.example.com"],
    "addresses": ["198.51.100.1"],
    "ports": [{"number": 5432, "name": "db", "protocol": "tls"}],
    "resolution": "DNS",
}
DYNAMIC: dict[str, Any] = {
    "hosts": ["*.example.com"],
    "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}],
    "resolution": "DYNAMIC_DNS",
    "location": "MESH_INTERNAL",
}
SERVICE_ENTRY_SPECS = {
    "hosts that are found by the client": NONE,
    "bare TCP with addresses": BARE,
    "endpoints by address": STATIC,
    "endpoints on sockets": SOCKET,
    "endpoints by label": SELECTED,
    "endpoints by name": DNS,
    "a host that is looked up": LOOKED_UP,
    "one endpoint by name": ROBIN,
    "an address beside a name that is looked up": ADDRESSED,
    "hosts by wildcard that are looked up": DYNAMIC,
    "bare TCP whose address is allocated": {**LOOKED_UP, "ports": [{"number": 5432, "name": "db", "protocol": "TCP"}]},
    "a wildcard with a hyphen, to look up": {**DYNAMIC, "hosts": ["*-eu.example.com"]},
    "a protocol in small letters, of which istiod does not warn": {
        **NONE,
        "hosts": ["db.example.com"],
        "ports": [{"number": 5432, "name": "db", "protocol": "tcp"}],
    },
}

HOSTS = (
    Row("V0133", "a selector of nothing", SELECTED, {"workloadSelector": {}}, "workloadSelector", WARNING),
    Row("V0116", "an export to none and some", BARE, {"exportTo": ["~", "."]}, "exportTo"),
    Row("V4002", "endpoints and a selector", SELECTED, {"endpoints": [{"address": "203.0.113.7"}]}, "endpoints"),
    Row("V4003", "no hosts", STATIC, {"hosts": []}, "hosts"),
    Row("V4004", "every host", STATIC, {"hosts.0": "*"}, "hosts[0]"),
    Row("V4005", "a host with a space", STATIC, {"hosts.0": "api example.com"}, "hosts[0]"),
    Row("V4006", "a wildcard with a hyphen", STATIC, {"hosts.0": "*-eu.example.com"}, "hosts[0]", WARNING),
    Row("V4007", "a name for an address", STATIC, {"addresses.0": "api"}, "addresses[0]"),
    Row("V4007", "a range too long", STATIC, {"addresses.0": "198.51.100.0/33"}, "addresses[0]"),
    Row("V4008", "a range that is looked up", ADDRESSED, {"addresses.0": "198.51.100.0/24"}, "addresses[0]"),
)
PORTS = (
    Row("V4010", "a port's name twice", STATIC, {"ports.1.name": "https"}, "ports[1].name"),
    Row("V4011", "a port's number twice", STATIC, {"ports.1.number": 443}, "ports[1].number"),
    Row("V4012", "a target port too large", STATIC, {"ports.1.targetPort": 70000}, "ports[1].targetPort"),
    Row("V4013", "bare TCP without address", BARE, {"addresses": []}, PORT, WARNING),
    Row("V4014", "no name", STATIC, {"ports.1.name": GONE}, "ports[1].name"),
    Row("V4014", "a name with an underscore", STATIC, {"ports.1.name": "my_http"}, "ports[1].name"),
    Row("V4014", "a null among the ports", NONE, {"ports.0": None}, f"{PORT}.name", beside=("V4013", "V4016")),
    Row("V4015", "no such protocol", STATIC, {"ports.1.protocol": "QUIC"}, "ports[1].protocol"),
    Row("V4016", "no number", STATIC, {"ports.1.number": GONE}, "ports[1].number"),
    Row("V4016", "a number too large", STATIC, {"ports.1.number": 65536}, "ports[1].number"),
    Row(
        "V4045",
        "two hosts on bare TCP",
        STATIC,
        {"hosts.1": "b.example.com", "ports.1.protocol": "TCP"},
        "ports[1].protocol",
    ),
    Row("V4045", "two hosts on any protocol", DNS, {"ports.0.protocol": GONE}, f"{PORT}.protocol"),
)
FOUND = (
    Row("V4017", "endpoints that none goes to", NONE, {"endpoints": [{"address": "203.0.113.7"}]}, "endpoints"),
    Row("V4018", "workloads that none goes to", SELECTED, {"resolution": "NONE"}, "workloadSelector", WARNING),
    Row("V4020", "an endpoint nowhere", STATIC, {"endpoints.0.address": GONE}, f"{ENDPOINT}.address"),
    Row("V4020", "a null among the endpoints", STATIC, {"endpoints.0": None}, f"{ENDPOINT}.address"),
    Row(
        "V4021",
        "an endpoint in a network alone",
        STATIC,
        {"endpoints.0": {"network": "vms"}},
        f"{ENDPOINT}.address",
        WARNING,
    ),
    Row("V4022", "a socket below here", SOCKET, {"endpoints.0.address": "unix://api.sock"}, f"{ENDPOINT}.address"),
    Row("V4023", "a socket with ports", SOCKET, {"endpoints.0.ports": {"https": 1}}, f"{ENDPOINT}.ports"),
    Row("V4024", "a name among the addresses", STATIC, {"endpoints.0.address": "a.example.com"}, f"{ENDPOINT}.address"),
    Row(
        "V4025",
        "a port that is not the service's",
        STATIC,
        {"endpoints.0.ports": {"grpc": 1}},
        f"{ENDPOINT}.ports.grpc",
    ),
    Row("V4026", "port 0 of an endpoint", STATIC, {"endpoints.0.ports.https": 0}, f"{ENDPOINT}.ports.https"),
    Row(
        "V4026",
        "a name of a port that neither may have",
        STATIC,
        {"ports.0.name": "my_https", "endpoints.0.ports": {"my_https": 1}},
        f"{ENDPOINT}.ports.my_https",
        beside=("V4014",),
    ),
    Row("V4027", "a label's key with a space", STATIC, {"endpoints.0.labels": {"my app": ""}}, f"{ENDPOINT}.labels"),
    Row(
        "V4028",
        "a socket for two ports",
        SOCKET,
        {"ports.1": {"number": 80, "name": "http", "protocol": "HTTP"}},
        f"{ENDPOINT}.address",
    ),
)
LOOKUPS = (
    Row("V4029", "a wildcard to look up", LOOKED_UP, {"hosts.0": "*.example.com"}, "hosts[0]"),
    Row("V4029", "a number to look up", LOOKED_UP, {"hosts.0": "123"}, "hosts[0]"),
    Row("V4030", "two names for one", ROBIN, {"endpoints.1": {"address": "us.example.com"}}, "endpoints"),
    Row("V4032", "a wildcard for an endpoint", DNS, {"endpoints.0.address": "*.example.com"}, f"{ENDPOINT}.address"),
    Row("V4032", "a null among the endpoints by name", DNS, {"endpoints.1": None}, "endpoints[1].address"),
    Row("V4033", "a label's value with a slash", DNS, {"endpoints.0.labels": {"app": "a/b"}}, f"{ENDPOINT}.labels"),
    Row("V4034", "a port that is not declared", DNS, {"endpoints.0.ports": {"http": 80}}, f"{ENDPOINT}.ports.http"),
    Row("V4035", "a port too large", DNS, {"endpoints.0.ports.https": 65536}, f"{ENDPOINT}.ports.https"),
    Row("V4036", "two hosts with one address", ADDRESSED, {"hosts.1": "b.example.com"}, f"{PORT}.protocol", WARNING),
    Row("V4037", "no hosts to look up", DYNAMIC, {"hosts": []}, "hosts"),
    Row("V4038", "a host without wildcard", DYNAMIC, {"hosts.0": "api.example.com"}, "hosts[0]"),
    Row("V4039", "addresses of what is looked up", DYNAMIC, {"addresses": ["198.51.100.1"]}, "addresses"),
    Row("V4040", "endpoints of what is looked up", DYNAMIC, {"endpoints": [{"address": "203.0.113.7"}]}, "endpoints"),
    Row("V4041", "HTTPS, which is not read", DYNAMIC, {"ports.0.protocol": "HTTPS"}, f"{PORT}.protocol"),
    Row("V4041", "no protocol to read", DYNAMIC, {"ports.0.protocol": GONE}, f"{PORT}.protocol"),
)
SERVICE_ENTRY_ROWS = (*HOSTS, *PORTS, *FOUND, *LOOKUPS)
