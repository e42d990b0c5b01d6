"""Valid specs with the fields that no table of rules has, so that each field of each kind is set in one or the other."""

from __future__ import annotations

from typing import Any

__all__ = ["WHOLE_SPECS"]

SELECTOR: dict[str, Any] = {"matchLabels": {"app": "cart"}}
SERVICE: dict[str, Any] = {"group": "", "kind": "Service", "name": "cart"}
GATEWAY: dict[str, Any] = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge"}
WASM: dict[str, Any] = {
    "url": "oci://registry.example.com/auth:1",
    "imagePullPolicy": "Always",
    "verificationKey": "key",
    "pluginConfig": {"level": 1},
    "failStrategy": "FAIL_OPEN",
    "type": "HTTP",
}
ENDPOINT: dict[str, Any] = {"address": "10.0.0.8", "locality": "eu/a", "weight": 2, "serviceAccount": "cart"}
POOL: dict[str, Any] = {
    "tcp": {
        "connectTimeout": "1s",
        "tcpKeepalive": {"probes": 3, "time": "60s", "interval": "5s"},
        "maxConnectionDuration": "1h",
        "idleTimeout": "10m",
    },
    "http": {
        "http1MaxPendingRequests": 1,
        "http2MaxRequests": 2,
        "maxRequestsPerConnection": 3,
        "idleTimeout": "1m",
        "h2UpgradePolicy": "UPGRADE",
        "maxConcurrentStreams": 4,
        "http2KeepAlive": {"interval": "10s", "timeout": "5s"},
    },
}
MUTUAL: dict[str, Any] = {
    "mode": "MUTUAL",
    "serverCertificate": "/etc/cert.pem",
    "privateKey": "/etc/key.pem",
    "caCertificates": "/etc/ca.pem",
    "caCrl": "/etc/crl.pem",
    "verifyCertificateSpki": ["NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A="],
    "minProtocolVersion": "TLSV1_2",
    "maxProtocolVersion": "TLSV1_3",
    "cipherSuites": ["AES128-SHA"],
}

ENVOY_FILTER: dict[str, Any] = {
    "targetRefs": [GATEWAY],
    "priority": 1,
    "configPatches": [
        {
            "applyTo": "LISTENER",
            "match": {
                "proxy": {"metadata": {"a": "b"}},
                "listener": {
                    "name": "virtualInbound",
                    "portNumber": 80,
                    "portName": "http",
                    "listenerFilter": "envoy.filters.listener.tls_inspector",
                    "filterChain": {
                        "name": "one",
                        "sni": "a.example.com",
                        "transportProtocol": "tls",
                        "applicationProtocols": "h2",
                        "destinationPort": 443,
                    },
                },
            },
            "patch": {"operation": "REMOVE", "filterClass": "STATS"},
        },
        {
            "applyTo": "HTTP_ROUTE",
            "match": {
                "routeConfiguration": {
                    "portNumber": 80,
                    "portName": "http",
                    "gateway": "edge/public",
                    "vhost": {"name": "a:80", "domainName": "a", "route": {"name": "one", "action": "ROUTE"}},
                }
            },
            "patch": {"operation": "REMOVE"},
        },
        {
            "applyTo": "CLUSTER",
            "match": {"cluster": {"name": "one", "portNumber": 80, "service": "a.example.com", "subset": "v1"}},
            "patch": {"operation": "REMOVE"},
        },
        {
            "applyTo": "HTTP_FILTER",
            "match": {
                "context": "WAYPOINT",
                "waypoint": {
                    "portNumber": 80,
                    "route": {"name": "one"},
                    "filter": {"name": "a", "subFilter": {"name": "b"}},
                },
            },
            "patch": {"operation": "REMOVE"},
        },
    ],
}
TELEMETRY: dict[str, Any] = {
    "targetRefs": [SERVICE],
    "tracing": [
        {
            "match": {"mode": "SERVER"},
            "disableSpanReporting": True,
            "useRequestIdForTraceSampling": False,
            "enableIstioTags": True,
            "disableContextPropagation": True,
            "customTags": {
                "path": {"formatter": {"value": "%REQ(:PATH)%"}},
                "node": {"environment": {"name": "NODE", "defaultValue": "none"}},
            },
        }
    ],
    "metrics": [{"reportingInterval": "5s", "overrides": [{"disabled": True}]}],
    "accessLogging": [{"match": {"mode": "CLIENT"}, "disabled": True}],
}
WHOLE_SPECS: dict[str, tuple[dict[str, Any], ...]] = {
    "AuthorizationPolicy": (
        {
            "targetRefs": [SERVICE],
            "rules": [
                {
                    "from": [{"source": {"notRemoteIpBlocks": ["10.0.0.0/8"], "namespaces": ["shop"]}}],
                    "to": [{"operation": {"hosts": ["a"], "notHosts": ["b"], "notMethods": ["GET"]}}],
                    "when": [{"key": "request.headers[x-a]", "notValues": ["b"]}],
                }
            ],
        },
        {"targetRef": GATEWAY},
    ),
    "DestinationRule": (
        {
            "host": "cart",
            "trafficPolicy": {
                "connectionPool": {**POOL, "http": {"useClientProtocol": True}},
                "outlierDetection": {"interval": "1s"},
                "loadBalancer": {"simple": "LEAST_REQUEST", "warmupDurationSecs": "10s"},
            },
        },
    ),
    "EnvoyFilter": (ENVOY_FILTER,),
    "Gateway": (
        {
            "selector": {"istio": "ingress"},
            "servers": [
                {
                    "name": "secure",
                    "bind": "10.0.0.1",
                    "port": {"name": "https", "number": 443, "protocol": "HTTPS"},
                    "hosts": ["shop/a.example.com"],
                    "tls": {**MUTUAL, "verifyCertificateHash": ["ab" * 32]},
                },
                {
                    "port": {"name": "more", "number": 8443, "protocol": "HTTPS"},
                    "hosts": ["b.example.com"],
                    "tls": {
                        "mode": "OPTIONAL_MUTUAL",
                        "credentialName": "cart",
                        "caCertCredentialName": "ca",
                        "subjectAltNames": ["a"],
                    },
                },
            ],
        },
    ),
    "ProxyConfig": (
        {"concurrency": 2, "environmentVariables": {"LEVEL": "info"}, "image": {"imageType": "distroless"}},
    ),
    "RequestAuthentication": (
        {
            "targetRefs": [SERVICE],
            "jwtRules": [{"issuer": "me", "jwksUri": "https://a", "spaceDelimitedClaims": ["roles"]}],
        },
        {"targetRef": GATEWAY},
    ),
    "ServiceEntry": (
        {
            "hosts": ["cart.example.com"],
            "ports": [{"number": 80, "name": "http", "protocol": "HTTP", "targetPort": 8080}],
            "location": "MESH_INTERNAL",
            "resolution": "STATIC",
            "endpoints": [{**ENDPOINT, "ports": {"http": 8080}, "labels": {"app": "cart"}, "network": "vms"}],
            "subjectAltNames": ["cart"],
        },
    ),
    "Sidecar": (
        {
            "inboundConnectionPool": POOL,
            "ingress": [
                {
                    "port": {"number": 9443, "protocol": "HTTPS", "name": "https"},
                    "captureMode": "IPTABLES",
                    "defaultEndpoint": "127.0.0.1:8080",
                    "tls": MUTUAL,
                }
            ],
        },
    ),
    "Telemetry": (TELEMETRY, {"targetRef": GATEWAY}),
    "TrafficExtension": (
        {"selector": SELECTOR, "phase": "AUTHN", "priority": 1, "wasm": WASM},
        {"targetRefs": [SERVICE], "lua": {"inlineCode": "--"}, "match": [{"mode": "CLIENT"}]},
    ),
    "VirtualService": (
        {
            "hosts": ["cart.example.com"],
            "http": [
                {
                    "match": [{"uri": {"exact": "/"}, "statPrefix": "root", "ignoreUriCase": True}],
                    "directResponse": {"status": 200, "body": {"bytes": "b2s="}},
                },
                {
                    "route": [{"destination": {"host": "cart"}}],
                    "corsPolicy": {"allowOrigin": ["a"], "allowCredentials": True},
                    "retries": {"attempts": 1, "retryRemoteLocalities": True, "retryIgnorePreviousHosts": False},
                },
            ],
        },
    ),
    "WasmPlugin": (
        {**WASM, "selector": SELECTOR, "phase": "AUTHN", "priority": 1},
        {**WASM, "targetRef": GATEWAY},
        {**WASM, "targetRefs": [SERVICE]},
    ),
    "WorkloadEntry": (ENDPOINT,),
    "WorkloadGroup": (
        {
            "metadata": {"labels": {"app": "cart"}, "annotations": {"a": "b"}},
            "template": {
                "ports": {"http": 80},
                "network": "vms",
                "locality": "eu",
                "weight": 1,
                "serviceAccount": "cart",
            },
            "probe": {
                "initialDelaySeconds": 1,
                "timeoutSeconds": 1,
                "periodSeconds": 1,
                "successThreshold": 1,
                "failureThreshold": 1,
                "httpGet": {
                    "path": "/",
                    "port": 80,
                    "host": "127.0.0.1",
                    "scheme": "HTTP",
                    "httpHeaders": [{"name": "x-a", "value": "b"}],
                },
            },
        },
        {"template": {}, "probe": {"tcpSocket": {"host": "127.0.0.1", "port": 80}}},
        {"template": {}, "probe": {"exec": {"command": ["true"]}}},
    ),
}
