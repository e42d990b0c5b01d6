"""Istio's annotations: what each may stand on, how ripe it is, and which values the injector takes.

Source: annotation/annotations.gen.go of istio.io/api v1.31, and istio.io, Reference, Resource Annotations; values:
pkg/kube/inject of Istio 1.31.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from components.analysis.declared import Declared
from components.analysis.snapshot import Snapshot

__all__ = ["ANNOTATIONS", "Annotated", "annotated", "is_of_istio", "problem_of"]


class Annotation(NamedTuple):
    """What is known of an annotation."""

    kinds: tuple[str, ...]
    """What it may stand on; "Any": everything."""
    alpha: bool
    deprecated: bool


TABLE = """
alpha deprecated Service: alpha.istio.io/canonical-serviceaccounts alpha.istio.io/kubernetes-serviceaccounts
alpha Pod: ambient.istio.io/bypass-inbound-capture ambient.istio.io/dns-capture inject.istio.io/templates
    istio.io/reroute-virtual-interfaces istio.io/rev prometheus.istio.io/merge-metrics proxy.istio.io/overrides
    readiness.status.sidecar.istio.io/applicationPorts readiness.status.sidecar.istio.io/failureThreshold
    readiness.status.sidecar.istio.io/initialDelaySeconds readiness.status.sidecar.istio.io/periodSeconds
    sidecar.istio.io/agentLogLevel sidecar.istio.io/bootstrapOverride sidecar.istio.io/componentLogLevel
    sidecar.istio.io/interceptionMode sidecar.istio.io/logLevel sidecar.istio.io/nativeSidecar
    sidecar.istio.io/proxyCPU sidecar.istio.io/proxyCPULimit sidecar.istio.io/proxyImage
    sidecar.istio.io/proxyImageType sidecar.istio.io/proxyMemory sidecar.istio.io/proxyMemoryLimit
    sidecar.istio.io/rewriteAppHTTPProbers sidecar.istio.io/statsEvictionInterval
    sidecar.istio.io/statsFlushInterval sidecar.istio.io/statsHistogramBins sidecar.istio.io/statsHistogramBuckets
    sidecar.istio.io/status sidecar.istio.io/userVolume sidecar.istio.io/userVolumeMount status.sidecar.istio.io/port
    traffic.sidecar.istio.io/excludeInboundPorts traffic.sidecar.istio.io/excludeInterfaces
    traffic.sidecar.istio.io/excludeOutboundIPRanges traffic.sidecar.istio.io/excludeOutboundPorts
    traffic.sidecar.istio.io/includeInboundPorts traffic.sidecar.istio.io/includeOutboundIPRanges
    traffic.sidecar.istio.io/includeOutboundPorts
alpha deprecated Pod: sidecar.istio.io/discoveryAddress sidecar.istio.io/extraStatTags sidecar.istio.io/statsCompression
    sidecar.istio.io/statsInclusionPrefixes sidecar.istio.io/statsInclusionRegexps
    sidecar.istio.io/statsInclusionSuffixes traffic.sidecar.istio.io/kubevirtInterfaces
beta Pod: ambient.istio.io/redirection proxy.istio.io/config
beta deprecated Pod: sidecar.istio.io/inject
alpha GatewayClass,Gateway: ambient.istio.io/waypoint-inbound-binding
alpha Any: galley.istio.io/analyze-suppress gateway.istio.io/controller-version
alpha Gateway: gateway.istio.io/name-override gateway.istio.io/service-account networking.istio.io/service-type
alpha WorkloadEntry: istio.io/autoRegistrationGroup istio.io/connectedAt istio.io/disconnectedAt
    istio.io/workloadController
alpha AuthorizationPolicy: istio.io/dry-run
alpha Service,ServiceEntry,Namespace: istio.io/use-waypoint-canary-weight
alpha Namespace,Service,ServiceEntry: networking.istio.io/traffic-distribution
alpha Service: networking.istio.io/exportTo
alpha Namespace: topology.istio.io/controlPlaneClusters
stable Service: traffic.istio.io/nodeSelector
stable Ingress: kubernetes.io/ingress.class
"""
INGRESS_CLASS = "kubernetes.io/ingress.class"
WRITTEN_BY_ISTIO = frozenset({"sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"})
"""What istiod and the injector write themselves; nobody is to be told of it."""
KINDS = ("Namespace", "Service", "Pod", "Deployment")


def _table() -> Iterator[tuple[str, Annotation]]:
    for row in re.sub(r"\n +", " ", TABLE.strip()).splitlines():
        head, _, names = row.partition(": ")
        stage, *words = head.split()
        for name in names.split():
            yield name, Annotation(tuple(words[-1].split(",")), stage == "alpha", "deprecated" in words)


ANNOTATIONS: Mapping[str, Annotation] = dict(_table())


class Annotated(NamedTuple):
    """An annotation of Istio as it stands somewhere."""

    subject: Declared[Any]
    kind: str
    """The kind of what it stands on: Pod for what stands in a template of pods."""
    field: str
    key: str
    value: str
    labels: Mapping[str, str]
    """Those of what it stands on."""


def annotated(snapshot: Snapshot) -> Iterator[Annotated]:
    """Every annotation of Istio on a Namespace, Service, Pod or Deployment, and on templates of pods."""
    for kind in KINDS:
        for each in snapshot.of(kind):
            yield from _of(each, kind, "metadata.annotations", each.annotations, each.labels)
    for workload in snapshot.workloads.all:
        if not workload.is_pod:
            field = f"{workload.field}.metadata.annotations"
            yield from _of(workload.owner, "Pod", field, workload.annotations, workload.labels)


def is_of_istio(key: str) -> bool:
    """Whether an annotation is Istio's own, or the one of Kubernetes that Istio documents with them."""
    return key == INGRESS_CLASS or key.partition("/")[0].endswith("istio.io")


def problem_of(key: str, value: str) -> str | None:
    """What the injector has against a value; None when it takes it."""
    check = VALUES.get(key)
    return check(value) if check is not None else None


def _of(
    subject: Declared[Any], kind: str, field: str, annotations: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[Annotated]:
    for key, value in annotations.items():
        if is_of_istio(key) and key not in WRITTEN_BY_ISTIO:
            yield Annotated(subject, kind, f'{field}["{key}"]', key, value, labels)


def _mode(value: str) -> str | None:
    return None if value in ("REDIRECT", "TPROXY", "NONE") else "it is none of REDIRECT, TPROXY and NONE"


def _port(value: str) -> str | None:
    text = value.strip()
    digits = text.isascii() and text.isdigit()
    return None if digits and len(text) < 20 and int(text) <= 65_535 else f"{text!r} is no port from 0 to 65535"


def _ports(value: str) -> str | None:
    if not value.strip():
        return None
    return next((problem for each in value.strip().split(",") if (problem := _port(each)) is not None), None)


def _ports_or_all(value: str) -> str | None:
    return None if value == "*" else _ports(value)


def _ranges(value: str) -> str | None:
    for each in value.split(",") if value else ():
        address, slash, bits = each.partition("/")
        try:
            wide = ipaddress.ip_address(address).max_prefixlen
        except ValueError:
            return f"{each!r} is no range of addresses such as 10.0.0.0/16"
        if not slash or "%" in address or not re.fullmatch(r"0|[1-9][0-9]{0,2}", bits) or int(bits) > wide:
            return f"{each!r} is no range of addresses such as 10.0.0.0/16"
    return None


def _ranges_or_all(value: str) -> str | None:
    return None if value == "*" else _ranges(value)


def _count(value: str) -> str | None:
    digits = value.isascii() and value.isdigit() and len(value) < 20
    return None if digits and int(value) < 2**32 else "it is no whole number from 0 to 4294967295"


def _truth(value: str) -> str | None:
    return None if value in BOOLEANS else "it is neither true nor false"


def _interfaces(value: str) -> str | None:
    for each in (part.strip() for part in value.split(",")) if value else ():
        if len(each) > 15 or INTERFACE.fullmatch(each) is None:
            return f"{each!r} is no name of a network interface"
    return None


def _quantity(value: str) -> str | None:
    return None if QUANTITY.fullmatch(value) else "it is no quantity such as 100m or 128Mi"


def _proxy_config(value: str) -> str | None:
    try:
        read = yaml.load(value, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return f"it is not YAML: {str(error).splitlines()[0]}"
    if read is None:
        return None
    if not isinstance(read, Mapping):
        return "it is not an object with the fields of ProxyConfig"
    for key in ("proxyAdminPort", "statusPort"):
        port = read.get(key)
        if port is not None and (not isinstance(port, int) or isinstance(port, bool) or not 1 <= port <= 65_535):
            return f"its {key} is no port from 1 to 65535"
    for key, (kind, said) in TYPES.items():
        given = read.get(key)
        if given is not None and (not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool)):
            return f"its {key} is not {said}"
    for key in ("discoveryAddress", "statsdUdpAddress"):
        address = read.get(key)
        if address and ADDRESS.fullmatch(str(address)) is None:
            return f"its {key} is no host:port"
    return None


BOOLEANS = frozenset(["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"])
INTERFACE = re.compile(r"[a-zA-Z][a-zA-Z0-9_.\-]*")
QUANTITY = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?")
ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\s]+):[0-9]{1,5}")
TYPES: Mapping[str, tuple[type, str]] = {
    "concurrency": (int, "a whole number"),
    "holdApplicationUntilProxyStarts": (bool, "true or false"),
    "proxyMetadata": (dict, "an object of texts"),
    "tracing": (dict, "an object"),
    "image": (dict, "an object"),
    "proxyStatsMatcher": (dict, "an object"),
    "extraStatTags": (list, "a list"),
}
SIDECAR, READINESS, TRAFFIC = "sidecar.istio.io", "readiness.status.sidecar.istio.io", "traffic.sidecar.istio.io"
VALUES: Mapping[str, Callable[[str], str | None]] = {
    f"{SIDECAR}/interceptionMode": _mode,
    "status.sidecar.istio.io/port": _port,
    f"{READINESS}/initialDelaySeconds": _count,
    f"{READINESS}/periodSeconds": _count,
    f"{READINESS}/failureThreshold": _count,
    f"{TRAFFIC}/includeOutboundIPRanges": _ranges_or_all,
    f"{TRAFFIC}/excludeOutboundIPRanges": _ranges,
    f"{TRAFFIC}/includeInboundPorts": _ports_or_all,
    f"{TRAFFIC}/excludeInboundPorts": _ports,
    f"{TRAFFIC}/excludeOutboundPorts": _ports,
    f"{TRAFFIC}/excludeInterfaces": _interfaces,
    f"{TRAFFIC}/kubevirtInterfaces": _interfaces,
    "istio.io/reroute-virtual-interfaces": _interfaces,
    "prometheus.istio.io/merge-metrics": _truth,
    "proxy.istio.io/config": _proxy_config,
    f"{SIDECAR}/proxyCPU": _quantity,
    f"{SIDECAR}/proxyMemory": _quantity,
    f"{SIDECAR}/proxyCPULimit": _quantity,
    f"{SIDECAR}/proxyMemoryLimit": _quantity,
}
