"""What breaks the rules of a sidecar: what comes in, what may be reached, where unknown hosts go."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["SIDECAR_ROWS", "SIDECAR_SPECS"]

WARNING = Severity.WARNING
IN = "ingress.0"
TLS = "ingress[0].tls"
PROXY = "outboundTrafficPolicy.egressProxy"
FILE = "/etc/one.pem"

SIDECAR: dict[str, Any] = {
    "workloadSelector": {"labels": {"app": "cart"}},
    "ingress": [
        {
            "port": {"number": 9080, "protocol": "HTTP", "name": "http"},
            "bind": "0.0.0.0",
            "defaultEndpoint": "127.0.0.1:8080",
            "connectionPool": {"http": {"maxRetries": 0}},
        },
        {
            "port": {"number": 9443, "protocol": "https"},
            "defaultEndpoint": "unix:///var/run/cart.sock",
            "tls": {"mode": "SIMPLE", "serverCertificate": FILE, "privateKey": FILE},
        },
        {"port": {"number": 9000}, "defaultEndpoint": "[::1]:9001", "connectionPool": {"tcp": {"maxConnections": 1}}},
        {"port": {"number": 9002}, "defaultEndpoint": ":9003"},
    ],
    "inboundConnectionPool": {"tcp": {"maxConnections": 100}},
    "egress": [
        {"port": {"number": 9080, "protocol": "HTTP", "name": "http"}, "bind": "127.0.0.1", "hosts": ["bank/*"]},
        {"port": {"protocol": "TCP"}, "bind": "unix:///var/run/db.sock", "captureMode": "NONE", "hosts": ["*/db.bank"]},
        {"hosts": ["./*", "istio-system/*", "~test/*", "~/*", "*/*.example.com"]},
    ],
    "outboundTrafficPolicy": {
        "mode": "ALLOW_ANY",
        "egressProxy": {"host": "egress.example.com", "subset": "v1", "port": {"number": 443}},
    },
}
SECURE: dict[str, Any] = {
    "ingress": [
        {
            "port": {"number": 9443, "protocol": "TLS", "name": "tls"},
            "tls": {"mode": "SIMPLE", "serverCertificate": FILE, "privateKey": FILE},
        }
    ]
}
SIDECAR_SPECS = {
    "every part": SIDECAR,
    "certificates from files": SECURE,
    "all there is": {"egress": [{"hosts": ["*/*"]}]},
    "a policy alone": {"outboundTrafficPolicy": {}},
    "limits alone": {"inboundConnectionPool": {"tcp": {}}},
}

WHOLE = (
    Row(
        "V0132",
        "a wildcard in the selector",
        SIDECAR,
        {"workloadSelector.labels.app": "*"},
        "workloadSelector.labels.app",
    ),
    Row("V5002", "nothing at all", {"egress": [{"hosts": ["*/*"]}]}, {"egress": GONE}, ""),
    Row("V2017", "limits on nothing", SIDECAR, {"inboundConnectionPool": {}}, "inboundConnectionPool"),
    Row("V5050", "a proxy for hosts that none reaches", SIDECAR, {"outboundTrafficPolicy.mode": GONE}, PROXY),
    Row("V5051", "a proxy at a wildcard", SIDECAR, {f"{PROXY}.host": "*.example.com"}, f"{PROXY}.host"),
    Row("V5052", "a proxy without port", SIDECAR, {f"{PROXY}.port": GONE}, f"{PROXY}.port"),
    Row("V5053", "a proxy at port 0", SIDECAR, {f"{PROXY}.port.number": 0}, f"{PROXY}.port.number"),
    Row("V5053", "a subset with a dot", SIDECAR, {f"{PROXY}.subset": "v1.0"}, f"{PROXY}.subset"),
)
INGRESS = (
    Row("V5004", "no port", SIDECAR, {f"{IN}.port": GONE}, "ingress[0].port"),
    Row("V5004", "a null among the listeners", SIDECAR, {IN: None}, "ingress[0].port"),
    Row("V5005", "a target port", SIDECAR, {f"{IN}.port.targetPort": 1}, "ingress[0].port.targetPort"),
    Row("V5006", "a name with a dot", SIDECAR, {f"{IN}.port.name": "a.b"}, "ingress[0].port.name"),
    Row("V5007", "no such protocol", SIDECAR, {"ingress.2.port.protocol": "QUIC"}, "ingress[2].port.protocol"),
    Row("V5008", "no number", SIDECAR, {f"{IN}.port.number": GONE}, "ingress[0].port.number"),
    Row("V5008", "a number too large", SIDECAR, {f"{IN}.port.number": 65536}, "ingress[0].port.number"),
    Row("V5009", "a name to bind to", SIDECAR, {f"{IN}.bind": "localhost"}, "ingress[0].bind"),
    Row("V5010", "a port twice", SIDECAR, {"ingress.3.port.number": 9080}, "ingress[3].port.number"),
    Row(
        "V2029",
        "negative connections",
        SIDECAR,
        {"ingress.2.connectionPool.tcp.maxConnections": -1},
        "ingress[2].connectionPool.tcp.maxConnections",
    ),
    Row(
        "V5025",
        "limits on HTTP for any protocol",
        SIDECAR,
        {f"{IN}.port.protocol": GONE},
        "ingress[0].connectionPool.http",
        WARNING,
    ),
)
ENDPOINTS = tuple(
    Row(code, words, SIDECAR, {f"{IN}.defaultEndpoint": endpoint}, "ingress[0].defaultEndpoint", beside=beside)
    for code, words, endpoint, beside in (
        ("V5011", "a socket below here", "unix://cart.sock", ()),
        ("V5012", "an endpoint without port", "127.0.0.1", ()),
        ("V5012", "an address of IPv6 without brackets", "::1:8080", ()),
        ("V5012", "an address of IPv6 whose bracket stays open", "[::1:8080", ()),
        ("V5013", "another host", "10.0.0.1:8080", ()),
        ("V5013", "a host by name", "localhost:8080", ()),
        ("V5014", "a port by name", "127.0.0.1:http", ()),
        ("V5014", "an empty port", "127.0.0.1:", ()),
        ("V5015", "port 0", "127.0.0.1:0", ()),
        ("V5015", "a negative port of another host", "10.0.0.1:-1", ("V5013",)),
    )
)
IN_TLS = (
    Row("V5016", "names of clients", SECURE, {f"{IN}.tls.subjectAltNames": ["a"]}, f"{TLS}.subjectAltNames"),
    Row("V5017", "a redirect", SECURE, {f"{IN}.tls.httpsRedirect": True}, f"{TLS}.httpsRedirect"),
    Row(
        "V5018",
        "a secret",
        SECURE,
        {f"{IN}.tls": {"mode": "SIMPLE", "credentialName": "cart"}},
        f"{TLS}.credentialName",
    ),
    Row(
        "V5019",
        "secrets",
        SECURE,
        {f"{IN}.tls": {"mode": "SIMPLE", "credentialNames": ["cart"]}},
        f"{TLS}.credentialNames",
    ),
    Row(
        "V5020",
        "pairs of files",
        SECURE,
        {f"{IN}.tls": {"mode": "SIMPLE", "tlsCertificates": [{"serverCertificate": FILE, "privateKey": FILE}]}},
        f"{TLS}.tlsCertificates",
    ),
    Row("V5021", "the mesh's certificates", SECURE, {f"{IN}.tls": {"mode": "ISTIO_MUTUAL"}}, f"{TLS}.mode"),
    Row("V5021", "TLS passed by name", SECURE, {f"{IN}.tls": {"mode": "AUTO_PASSTHROUGH"}}, f"{TLS}.mode"),
    Row("V5022", "plain HTTP with certificates", SECURE, {f"{IN}.port.protocol": "HTTP"}, TLS),
    Row("V3035", "no key", SECURE, {f"{IN}.tls.privateKey": GONE}, f"{TLS}.privateKey"),
)
EGRESS = (
    Row(
        "V5028",
        "hosts for other ports that come first",
        SIDECAR,
        {"egress.0.port": GONE, "egress.2": SIDECAR["egress"][0]},
        "egress[0]",
    ),
    Row("V5029", "hosts for other ports twice", SIDECAR, {"egress.0.port": GONE}, "egress[0]"),
    Row("V5030", "a target port", SIDECAR, {"egress.0.port.targetPort": 1}, "egress[0].port.targetPort"),
    Row("V5031", "a name with a dot", SIDECAR, {"egress.0.port.name": "a.b"}, "egress[0].port.name"),
    Row("V5032", "no such protocol", SIDECAR, {"egress.1.port.protocol": "QUIC"}, "egress[1].port.protocol"),
    Row("V5033", "neither number nor socket", SIDECAR, {"egress.1.bind": "127.0.0.1"}, "egress[1].port.number"),
    Row("V5034", "a socket below here", SIDECAR, {"egress.1.bind": "unix://db.sock"}, "egress[1].bind"),
    Row("V5035", "packets for a socket", SIDECAR, {"egress.1.captureMode": "IPTABLES"}, "egress[1].captureMode"),
    Row("V5036", "a number too large", SIDECAR, {"egress.0.port.number": 65536}, "egress[0].port.number"),
    Row("V5037", "a name to bind to", SIDECAR, {"egress.0.bind": "localhost"}, "egress[0].bind"),
    Row("V5038", "a socket twice", SIDECAR, {"egress.0": SIDECAR["egress"][1]}, "egress[1].bind"),
    Row("V5039", "a port twice", SIDECAR, {"egress.1": SIDECAR["egress"][0]}, "egress[1].port.number"),
    Row("V5040", "no hosts", SIDECAR, {"egress.0.hosts": []}, "egress[0].hosts"),
    Row("V5040", "a null at the end of the listeners", SIDECAR, {"egress.2": None}, "egress[2].hosts"),
)
HOSTS = tuple(
    Row(code, words, SIDECAR, {"egress.0.hosts.0": host}, "egress[0].hosts[0]")
    for code, words, host in (
        ("V5041", "a host without namespace", "db.bank.svc.cluster.local"),
        ("V5042", "no namespace before the slash", "/db.bank"),
        ("V5042", "nothing after the slash", "bank/"),
        ("V5043", "a namespace with a dot", "my.bank/*"),
        ("V5043", "no namespace with a dot", "~my.bank/*"),
        ("V5044", "a short name", "bank/db"),
        ("V5045", "an address", "bank/10.0.0.1"),
        ("V5045", "a name with another slash", "bank/a.b/c"),
        ("V5046", "a wildcard with a hyphen", "bank/*-db.bank"),
    )
)
COVERED = tuple(
    Row(code, words, SIDECAR, {"egress.0.hosts": hosts}, f"egress[0].hosts{entry}", WARNING)
    for code, words, hosts, entry in (
        ("V5047", "a host twice", ["bank/db.bank", "bank/db.bank"], "[1]"),
        ("V5047", "a host after its namespace", ["bank/*", "bank/db.bank"], "[1]"),
        ("V5047", "a namespace after its host", ["bank/db.bank", "bank/*"], "[1]"),
        ("V5047", "the own namespace by name and dot", ["./*", "shop/a.b"], "[1]"),
        ("V5048", "a host beside all", ["*/*", "bank/db.bank"], ""),
    )
)
SIDECAR_ROWS = (*WHOLE, *INGRESS, *ENDPOINTS, *IN_TLS, *EGRESS, *HOSTS, *COVERED)
