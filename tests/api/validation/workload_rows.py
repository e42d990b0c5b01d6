"""What breaks the rules of workloads that are no pods: entries and groups."""

from __future__ import annotations

from typing import Any

from components.api.validation import Severity
from tests.api.validation.rows import GONE, Row

__all__ = ["WORKLOAD_ENTRY_ROWS", "WORKLOAD_ENTRY_SPECS", "WORKLOAD_GROUP_ROWS", "WORKLOAD_GROUP_SPECS"]

VM: dict[str, Any] = {"address": "10.0.0.7", "ports": {"http": 8080}, "labels": {"app": "cart"}, "network": "vms"}
SOCKET: dict[str, Any] = {"address": "unix:///var/run/cart.sock"}
WORKLOAD_ENTRY_SPECS = {"an address": VM, "a socket": SOCKET, "a name": {"address": "vm.example.com"}}
WORKLOAD_ENTRY_ROWS = (
    Row("V8401", "nowhere", SOCKET, {"address": GONE}, "address"),
    Row("V8402", "a network alone", VM, {"address": GONE}, "address", Severity.WARNING),
    Row("V8403", "a socket below here", SOCKET, {"address": "unix://cart.sock"}, "address"),
    Row("V8404", "a socket with ports", SOCKET, {"ports": {"http": 8080}}, "ports"),
    Row("V8405", "a wildcard", VM, {"address": "*.example.com"}, "address"),
    Row("V8405", "part of an address", VM, {"address": "10.0.0"}, "address"),
    Row("V8406", "a name with an underscore", VM, {"ports": {"my_http": 8080}}, "ports.my_http"),
    Row("V8407", "port 0", VM, {"ports.http": 0}, "ports.http"),
    Row("V8408", "a label's value with a space", VM, {"labels.app": "my cart"}, "labels"),
)

GROUP: dict[str, Any] = {
    "metadata": {"labels": {"app": "cart"}},
    "template": {},
    "probe": {
        "periodSeconds": 0,
        "httpGet": {"port": 8080, "scheme": "HTTPS", "httpHeaders": [{"name": "x-probe", "value": "1"}]},
    },
}
BY_TCP: dict[str, Any] = {"template": {"labels": {"app": "my cart"}}, "probe": {"tcpSocket": {"port": 8080}}}
BY_COMMAND: dict[str, Any] = {"template": {}, "probe": {"exec": {"command": ["true"]}}}
GET = "probe.httpGet"
WORKLOAD_GROUP_SPECS = {
    "a probe by HTTP": GROUP,
    "a probe by TCP, and a template that is not looked into": BY_TCP,
    "a probe by command": BY_COMMAND,
    "no probe": {"template": {}},
}
WORKLOAD_GROUP_ROWS = (
    Row("V8501", "no template", GROUP, {"template": GONE}, "template"),
    Row("V8502", "a label's key with a space", GROUP, {"metadata.labels": {"my app": "a"}}, "metadata.labels"),
    Row("V8503", "a negative period", GROUP, {"probe.periodSeconds": -1}, "probe.periodSeconds"),
    Row("V8504", "a negative delay", GROUP, {"probe.initialDelaySeconds": -1}, "probe.initialDelaySeconds"),
    Row("V8505", "a negative timeout", GROUP, {"probe.timeoutSeconds": -1}, "probe.timeoutSeconds"),
    Row("V8506", "negative successes", GROUP, {"probe.successThreshold": -1}, "probe.successThreshold"),
    Row("V8507", "negative failures", GROUP, {"probe.failureThreshold": -1}, "probe.failureThreshold"),
    Row("V8508", "no port to ask", GROUP, {f"{GET}.port": GONE}, f"{GET}.port"),
    Row("V8509", "a scheme in small letters", GROUP, {f"{GET}.scheme": "https"}, f"{GET}.scheme"),
    Row(
        "V8510",
        "a header with an underscore",
        GROUP,
        {f"{GET}.httpHeaders.0.name": "x_a"},
        f"{GET}.httpHeaders[0].name",
    ),
    Row("V8510", "a null among the headers", GROUP, {f"{GET}.httpHeaders.0": None}, f"{GET}.httpHeaders[0].name"),
    Row("V8511", "a port too large", BY_TCP, {"probe.tcpSocket.port": 65536}, "probe.tcpSocket.port"),
    Row("V8512", "no command", BY_COMMAND, {"probe.exec": {}}, "probe.exec.command"),
    Row("V8513", "no way to probe", BY_TCP, {"probe": {}}, "probe"),
    Row("V8513", "gRPC, which the CRD has", BY_TCP, {"probe": {"grpc": {"port": 80}}}, "probe.grpc"),
)
