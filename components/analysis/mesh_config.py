"""The mesh configuration and mesh networks, as far as checks read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
import yaml

from components.analysis.declared import Declared
from components.api import JSON
from components.api.kubernetes.core import ConfigMap

__all__ = ["ROOT_NAMESPACE", "MeshConfig", "MeshNetworks", "find_mesh_config", "find_mesh_networks", "is_mesh_config"]

Value = TypeVar("Value")

ROOT_NAMESPACE = "istio-system"


class ProxyDefaults(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """meshConfig.defaultConfig: what proxies start with."""

    proxy_metadata: Mapping[str, str] = {}
    image: Mapping[str, JSON] = {}
    tracing: Mapping[str, JSON] | None = None


class MeshConfig(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Settings of the whole mesh. What it does not know is ignored: the full list is in Istio's mesh/v1alpha1."""

    default_config: ProxyDefaults = ProxyDefaults()
    extension_providers: tuple[Mapping[str, JSON], ...] = ()
    default_providers: Mapping[str, tuple[str, ...]] | None = None
    outbound_traffic_policy: Mapping[str, JSON] = {}
    ingress_controller_mode: str | None = None
    root_namespace: str | None = None
    trust_domain: str | None = None
    trust_domain_aliases: tuple[str, ...] = ()
    enable_auto_mtls: bool | None = None
    access_log_file: str | None = None
    given: bool = False
    """Whether the documents hold one; otherwise these are Istio's defaults, which an installation may have changed."""


class MeshNetworks(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Networks of a mesh over several clusters."""

    networks: Mapping[str, Mapping[str, JSON]] = {}


MESH_CONFIG_WORDS = """
    accessLogEncoding accessLogFile accessLogFormat ca caCertificates certificates compatibilityVersion configSources
    connectTimeout defaultConfig defaultDestinationRuleExportTo defaultHttpRetryPolicy defaultProviders
    defaultServiceExportTo defaultVirtualServiceExportTo discoverySelectors dnsRefreshRate enableAutoMtls
    enableEnvoyAccessLogService enablePrometheusMerge enableTracing extensionProviders hboneIdleTimeout
    inboundClusterStatName inboundTrafficPolicy ingressClass ingressControllerMode ingressSelector ingressService
    localityLbSetting meshMTLS outboundClusterStatName outboundTrafficPolicy pathNormalization protocolDetectionTimeout
    proxyHttpPort proxyInboundListenPort proxyListenPort rootNamespace serviceScopeConfigs serviceSettings tcpKeepalive
    thriftConfig tlsDefaults trustDomain trustDomainAliases verifyCertificateAtClient
"""
MESH_CONFIG_KEYS = frozenset(MESH_CONFIG_WORDS.split())


def is_mesh_config(value: Mapping[str, Any]) -> bool:
    """Whether a document without kind is a mesh configuration, as `istioctl analyze --meshConfigFile` takes it."""
    return bool(value) and all(key in MESH_CONFIG_KEYS for key in value)


def find_mesh_config(objects: Iterable[Declared[object]], bare: Iterable[Mapping[str, Any]]) -> MeshConfig:
    """The configuration among documents: a bare one, or the ConfigMap `istio` of istiod; otherwise Istio's defaults."""
    for value in bare:
        if is_mesh_config(value):
            return _mesh_config(value)
    for config_map in _config_maps(objects):
        if config_map.metadata.name == "istio" or str(config_map.metadata.name).startswith("istio-"):
            read = _yaml(config_map.data.get("mesh"))
            if isinstance(read, Mapping):
                return _mesh_config(read)
    return MeshConfig()


def find_mesh_networks(objects: Iterable[Declared[object]], bare: Iterable[Mapping[str, Any]]) -> MeshNetworks:
    """The networks among documents, by the same ways."""
    for value in bare:
        if set(value) == {"networks"}:
            return _convert(value, MeshNetworks) or MeshNetworks()
    for config_map in _config_maps(objects):
        read = _yaml(config_map.data.get("meshNetworks"))
        if isinstance(read, Mapping):
            return _convert(read, MeshNetworks) or MeshNetworks()
    return MeshNetworks()


def _mesh_config(value: Mapping[str, Any]) -> MeshConfig:
    made = _convert(value, MeshConfig) or MeshConfig()
    return msgspec.structs.replace(made, given=True)


def _convert(value: object, cls: type[Value]) -> Value | None:
    try:
        return msgspec.convert(value, cls)
    except msgspec.ValidationError:
        return None


def _config_maps(objects: Iterable[Declared[object]]) -> Iterable[ConfigMap]:
    return (
        each.document
        for each in objects
        if isinstance(each.document, ConfigMap) and {"mesh", "meshNetworks"} & set(each.document.data)
    )


def _yaml(text: str | None) -> object:
    try:
        return yaml.load(text, yaml.CSafeLoader) if text else None
    except yaml.YAMLError:
        return None
