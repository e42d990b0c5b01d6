"""Valid specs of virtual services, for tables of what breaks them."""

from __future__ import annotations

from typing import Any

__all__ = ["ANSWER", "DELEGATE", "FORWARD", "PASSED", "REDIRECT", "ROOT", "SEVERAL", "STREAM", "VALID"]

FORWARD: dict[str, Any] = {
    "hosts": ["reviews", "*.example.com"],
    "gateways": ["mesh", "edge/public"],
    "http": [
        {
            "match": [
                {
                    "uri": {"prefix": "/a"},
                    "headers": {"x-tester": {"exact": "yes"}},
                    "withoutHeaders": {"x-robot": {"regex": "*"}},
                    "queryParams": {"page": {"regex": "[0-9]+"}},
                    "port": 8080,
                    "sourceLabels": {"app": "web"},
                    "sourceNamespace": "shop",
                    "gateways": ["edge/public"],
                }
            ],
            "route": [
                {"destination": {"host": "reviews", "subset": "v1", "port": {"number": 80}}, "weight": 90},
                {"destination": {"host": "reviews", "subset": "v2"}, "weight": 10},
            ],
            "headers": {"request": {"set": {"x-a": "%START_TIME%"}}, "response": {"remove": ["server"]}},
            "corsPolicy": {
                "allowOrigins": [{"exact": "https://example.com"}, {"regex": ".*"}],
                "allowMethods": ["GET", "*"],
                "allowHeaders": ["x-a", "*"],
                "exposeHeaders": ["x-b"],
                "maxAge": "24h",
            },
            "fault": {
                "abort": {"percentage": {"value": 0.1}, "httpStatus": 503},
                "delay": {"percentage": {"value": 10}, "fixedDelay": "5s"},
            },
            "mirrors": [{"destination": {"host": "shadow"}, "percentage": {"value": 100}}],
            "retries": {"attempts": 3, "perTryTimeout": "2s", "retryOn": "5xx,503,reset", "backoff": "25ms"},
            "rewrite": {"uriRegexRewrite": {"match": "^/a/(.*)", "rewrite": "/\\1"}, "authority": "reviews"},
            "timeout": "10s",
        }
    ],
    "exportTo": ["."],
}
REDIRECT: dict[str, Any] = {
    "hosts": ["old.example.com"],
    "gateways": ["edge/public"],
    "http": [{"match": [{"uri": {"prefix": "/old"}}], "redirect": {"prefixRewrite": "/new", "redirectCode": 308}}],
}
ANSWER: dict[str, Any] = {
    "hosts": ["old.example.com"],
    "http": [{"directResponse": {"status": 404, "body": {"string": "gone"}}}],
}
ROOT: dict[str, Any] = {"hosts": ["www.example.com"], "http": [{"delegate": {"name": "shop", "namespace": "shop"}}]}
DELEGATE: dict[str, Any] = {"http": [{"route": [{"destination": {"host": "reviews"}}]}]}
PASSED: dict[str, Any] = {
    "hosts": ["*.example.com"],
    "gateways": ["edge/public"],
    "tls": [
        {
            "match": [
                {
                    "sniHosts": ["a.example.com"],
                    "destinationSubnets": ["10.0.0.0/8"],
                    "port": 443,
                    "sourceLabels": {"app": "web"},
                    "gateways": ["edge/public"],
                }
            ],
            "route": [{"destination": {"host": "a", "port": {"number": 443}}}],
        }
    ],
}
STREAM: dict[str, Any] = {
    "hosts": ["mongo"],
    "tcp": [
        {
            "match": [
                {
                    "destinationSubnets": ["10.1.0.0/16", "10.2.0.1"],
                    "port": 27017,
                    "sourceLabels": {"app": "web"},
                    "gateways": ["mesh"],
                }
            ],
            "route": [{"destination": {"host": "mongo", "subset": "v1"}, "weight": 1}],
        }
    ],
}
SEVERAL: dict[str, Any] = {
    "hosts": ["reviews"],
    "http": [
        {
            "match": [{"uri": {"prefix": "/a"}, "headers": {"x-a": {"exact": "b"}}}],
            "route": [{"destination": {"host": "a"}}],
        },
        {
            "match": [{"uri": {"prefix": "/b"}, "headers": {"x-a": {"exact": "b"}}}],
            "route": [{"destination": {"host": "b"}}],
        },
        {"route": [{"destination": {"host": "rest"}}]},
    ],
}
VALID = {
    "forwarding with all that a route may have": FORWARD,
    "a redirect": REDIRECT,
    "a direct response": ANSWER,
    "delegating": ROOT,
    "a delegate": DELEGATE,
    "TLS passed through": PASSED,
    "TCP": STREAM,
    "several rules": SEVERAL,
}
