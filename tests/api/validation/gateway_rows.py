"""What breaks the rules of a gateway: servers, hosts, ports, TLS."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["GATEWAY_ROWS", "GATEWAY_SPECS", "PLAIN", "SERVER_TLS_ROWS"]

WARNING = Severity.WARNING
SERVER = "servers.0"
HOST = "servers[0].hosts[0]"
PORT = "servers[0].port"
TLS = "servers[0].tls"


def served(protocol: str, number: int = 443, **rest: Any) -> dict[str, Any]:
    """A gateway of one server."""
    port = {"name": protocol.lower(), "number": number, "protocol": protocol}
    return {"selector": {"istio": "ingress"}, "servers": [{"hosts": ["shop.example.com"], "port": port, **rest}]}


PLAIN = served("HTTP", 80)
REDIRECT = served("http2", 80, tls={"httpsRedirect": True})
SOCKET = served("TCP", 0, bind="unix:///var/run/mesh.sock")
SECRET = served("HTTPS", tls={"mode": "SIMPLE", "credentialName": "shop"})
FILES = served("HTTPS", tls={"mode": "SIMPLE", "serverCertificate": "/etc/cert.pem", "privateKey": "/etc/key.pem"})
MUTUAL = served(
    "HTTPS",
    tls={
        "mode": "MUTUAL",
        "serverCertificate": "/etc/cert.pem",
        "privateKey": "/etc/key.pem",
        "caCertificates": "/etc/ca.pem",
        "caCrl": "/etc/crl.pem",
    },
)
PAIRS = served(
    "HTTPS",
    tls={
        "mode": "SIMPLE",
        "tlsCertificates": [
            {"serverCertificate": "/etc/rsa.pem", "privateKey": "/etc/rsa.key"},
            {"serverCertificate": "/etc/ecdsa.pem", "privateKey": "/etc/ecdsa.key"},
        ],
    },
)
MESH = served("HTTPS", tls={"mode": "ISTIO_MUTUAL"})
THROUGH = served("TLS", tls={"mode": "PASSTHROUGH"})
CIPHERS = served(
    "HTTPS",
    tls={
        "mode": "MUTUAL",
        "credentialName": "shop",
        "minProtocolVersion": "TLSV1_1",
        "cipherSuites": ["ALL", "-AES256-SHA", "ECDHE-RSA-AES128-SHA"],
    },
)
GATEWAY_SPECS = {
    "plain HTTP": PLAIN,
    "a redirect to HTTPS": REDIRECT,
    "a socket": SOCKET,
    "a secret": SECRET,
    "files": FILES,
    "client certificates and those revoked": MUTUAL,
    "two pairs of files": PAIRS,
    "the mesh's own certificates": MESH,
    "TLS passed through": THROUGH,
    "ciphers for old versions": CIPHERS,
    "every form of host": served("HTTP", 80)
    | {
        "servers": [
            {
                "hosts": ["*", "*.example.com", "10.0.0.1", "./a.b", "*/*", "shop/*", "a.b."],
                "bind": "2001:db8::1",
                "port": {"name": "http", "number": 65535, "protocol": "grpc-web"},
            }
        ]
    },
}

OWN = (
    Row("V3002", "no servers", PLAIN, {"servers": []}, "servers"),
    Row("V3004", "a port's name twice", PLAIN, {"servers.1": PLAIN["servers"][0]}, "servers[1].port.name"),
    Row(
        "V3005",
        "a redirect from HTTPS",
        SECRET,
        {f"{SERVER}.tls.httpsRedirect": True},
        f"{TLS}.httpsRedirect",
        WARNING,
    ),
    Row("V3006", "no hosts", PLAIN, {f"{SERVER}.hosts": []}, "servers[0].hosts"),
    Row("V3006", "a null among the servers", PLAIN, {SERVER: None}, "servers[0].hosts", beside=("V3012",)),
    Row("V3007", "no namespace before the slash", PLAIN, {f"{SERVER}.hosts.0": "/a.b"}, HOST),
    Row("V3007", "nothing after the slash", PLAIN, {f"{SERVER}.hosts.0": "shop/"}, HOST),
    Row("V3008", "a namespace with a dot", PLAIN, {f"{SERVER}.hosts.0": "my.shop/a.b"}, HOST),
    Row("V3008", "the namespace of none", PLAIN, {f"{SERVER}.hosts.0": "~/a.b"}, HOST),
    Row("V3009", "a short name", PLAIN, {f"{SERVER}.hosts.0": "shop"}, HOST),
    Row("V3009", "an empty name", PLAIN, {f"{SERVER}.hosts.0": ""}, HOST),
    Row("V3009", "an address of IPv6, which has no dot", PLAIN, {f"{SERVER}.hosts.0": "2001:db8::1"}, HOST),
    Row("V3010", "an underscore", PLAIN, {f"{SERVER}.hosts.0": "my_shop.example.com"}, HOST),
    Row("V3010", "too many numbers for an address", PLAIN, {f"{SERVER}.hosts.0": "*/10.0.0.1.1"}, HOST),
    Row("V3011", "a wildcard with a hyphen", PLAIN, {f"{SERVER}.hosts.0": "*-shop.example.com"}, HOST),
    Row("V3011", "a wildcard in the middle", PLAIN, {f"{SERVER}.hosts.0": "shop/a.*.com"}, HOST),
    Row("V3012", "no port", PLAIN, {f"{SERVER}.port": GONE}, PORT),
    Row("V3013", "no protocol", PLAIN, {f"{SERVER}.port.protocol": GONE}, f"{PORT}.protocol"),
    Row("V3013", "a protocol with a version", PLAIN, {f"{SERVER}.port.protocol": "HTTP/3"}, f"{PORT}.protocol"),
    Row("V3014", "no number", PLAIN, {f"{SERVER}.port.number": GONE}, f"{PORT}.number"),
    Row("V3014", "a number too large", PLAIN, {f"{SERVER}.port.number": 65536}, f"{PORT}.number"),
    Row("V3015", "a target port", PLAIN, {f"{SERVER}.port.targetPort": 8080}, f"{PORT}.targetPort"),
    Row("V3016", "no name", PLAIN, {f"{SERVER}.port.name": GONE}, f"{PORT}.name"),
    Row("V3017", "a socket without path", SOCKET, {f"{SERVER}.bind": "unix://"}, "servers[0].bind"),
    Row("V3018", "a socket below here", SOCKET, {f"{SERVER}.bind": "unix://mesh.sock"}, "servers[0].bind"),
    Row("V3018", "a folder as socket", SOCKET, {f"{SERVER}.bind": "unix:///var/run/"}, "servers[0].bind"),
    Row("V3019", "a socket with a number", SOCKET, {f"{SERVER}.port.number": 80}, f"{PORT}.number"),
    Row("V3020", "a name to bind to", PLAIN, {f"{SERVER}.bind": "localhost"}, "servers[0].bind"),
    Row("V3038", "HTTPS without certificates", SECRET, {f"{SERVER}.tls": GONE}, TLS),
    Row("V3039", "plain HTTP with certificates", SECRET, {f"{SERVER}.port.protocol": "HTTP"}, TLS),
    Row(
        "V3039",
        "a redirect with a key",
        REDIRECT,
        {f"{SERVER}.tls.privateKey": "/etc/key.pem"},
        TLS,
        beside=("V3030",),
    ),
    Row("V3040", "bare TCP with certificates", SECRET, {f"{SERVER}.port.protocol": "TCP"}, TLS),
)
FILE = "/etc/one.pem"
SERVER_TLS_ROWS = (
    Row(
        "V3021",
        "an old version",
        SECRET,
        {f"{SERVER}.tls.minProtocolVersion": "TLSV1_0"},
        f"{TLS}.minProtocolVersion",
        WARNING,
    ),
    Row("V3022", "no cipher", CIPHERS, {f"{SERVER}.tls.cipherSuites.0": "ROT13"}, f"{TLS}.cipherSuites[0]", WARNING),
    Row(
        "V3023",
        "a cipher twice",
        CIPHERS,
        {f"{SERVER}.tls.cipherSuites.0": "ECDHE-RSA-AES128-SHA"},
        f"{TLS}.cipherSuites[2]",
        WARNING,
    ),
    Row(
        "V3024",
        "a certificate beside the mesh's",
        MESH,
        {f"{SERVER}.tls.serverCertificate": FILE},
        f"{TLS}.serverCertificate",
    ),
    Row("V3025", "a key beside the mesh's", MESH, {f"{SERVER}.tls.privateKey": FILE}, f"{TLS}.privateKey"),
    Row(
        "V3026", "authorities beside the mesh's", MESH, {f"{SERVER}.tls.caCertificates": FILE}, f"{TLS}.caCertificates"
    ),
    Row("V3027", "pairs beside the mesh's", MESH, {f"{SERVER}.tls.tlsCertificates": [{}]}, f"{TLS}.tlsCertificates"),
    Row("V3028", "a secret beside the mesh's", MESH, {f"{SERVER}.tls.credentialName": "shop"}, f"{TLS}.credentialName"),
    Row("V3029", "secrets beside the mesh's", MESH, {f"{SERVER}.tls.credentialNames": ["a"]}, f"{TLS}.credentialNames"),
    Row("V3030", "a secret that is passed by", THROUGH, {f"{SERVER}.tls.credentialName": "shop"}, TLS, WARNING),
    Row("V3030", "a secret without mode", SECRET, {f"{SERVER}.tls.mode": GONE}, TLS, WARNING),
    Row("V3031", "a secret and secrets", SECRET, {f"{SERVER}.tls.credentialNames": ["a", "b"]}, TLS),
    Row("V3031", "files and a secret", FILES, {f"{SERVER}.tls.credentialName": "shop"}, TLS),
    Row("V3032", "no authorities", MUTUAL, {f"{SERVER}.tls.caCertificates": ""}, f"{TLS}.caCertificates"),
    Row(
        "V3032",
        "no authorities for those who want",
        FILES,
        {f"{SERVER}.tls.mode": "OPTIONAL_MUTUAL"},
        f"{TLS}.caCertificates",
    ),
    Row(
        "V3033",
        "three pairs",
        PAIRS,
        {f"{SERVER}.tls.tlsCertificates.2": {"serverCertificate": FILE, "privateKey": FILE}},
        f"{TLS}.tlsCertificates",
        WARNING,
    ),
    Row("V3034", "no certificate", FILES, {f"{SERVER}.tls.serverCertificate": GONE}, f"{TLS}.serverCertificate"),
    Row("V3035", "no key", FILES, {f"{SERVER}.tls.privateKey": ""}, f"{TLS}.privateKey"),
    Row(
        "V3035",
        "no key in the second pair",
        PAIRS,
        {f"{SERVER}.tls.tlsCertificates.1.privateKey": GONE},
        f"{TLS}.tlsCertificates[1].privateKey",
    ),
    Row(
        "V3036",
        "revoked certificates beside a secret, passed through",
        THROUGH,
        {f"{SERVER}.tls.caCrl": FILE, f"{SERVER}.tls.credentialName": "shop"},
        f"{TLS}.caCrl",
        beside=("V3030",),
    ),
    Row("V3037", "revoked certificates that none shows", FILES, {f"{SERVER}.tls.caCrl": FILE}, f"{TLS}.caCrl"),
)
GATEWAY_ROWS = (*OWN, *SERVER_TLS_ROWS)
