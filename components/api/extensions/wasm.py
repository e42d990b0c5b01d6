# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's extensions/v1alpha1/wasm.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.json import JSON
from components.api.message import Message
from components.api.type.selector import PolicyTargetReference, PortSelector, WorkloadMode, WorkloadSelector

__all__ = [
    "EnvValueSource",
    "EnvVar",
    "FailStrategy",
    "PluginPhase",
    "PluginType",
    "PullPolicy",
    "VmConfig",
    "WasmPlugin",
]


class PluginType(Enum):
    """Plugin type."""

    UNSPECIFIED_PLUGIN_TYPE = "UNSPECIFIED_PLUGIN_TYPE"
    HTTP = "HTTP"
    NETWORK = "NETWORK"


class PluginPhase(Enum):
    """Plugin phase."""

    UNSPECIFIED_PHASE = "UNSPECIFIED_PHASE"
    AUTHN = "AUTHN"
    AUTHZ = "AUTHZ"
    STATS = "STATS"


class PullPolicy(Enum):
    """Pull policy."""

    UNSPECIFIED_POLICY = "UNSPECIFIED_POLICY"
    IfNotPresent = "IfNotPresent"
    Always = "Always"


class EnvValueSource(Enum):
    """Env value source."""

    INLINE = "INLINE"
    HOST = "HOST"


class FailStrategy(Enum):
    """Fail strategy."""

    FAIL_CLOSE = "FAIL_CLOSE"
    FAIL_OPEN = "FAIL_OPEN"
    FAIL_RELOAD = "FAIL_RELOAD"


class WasmPlugin(Message, frozen=True, kw_only=True):
    """A WebAssembly filter in the proxies of some workloads."""

    class TrafficSelector(Message, frozen=True, kw_only=True):
        """Traffic selector of WasmPlugin."""

        mode: WorkloadMode | None = None
        """Mode: WorkloadMode."""
        ports: tuple[PortSelector, ...] = ()
        """Ports: list of PortSelector."""

    selector: WorkloadSelector | None = None
    """Selector: WorkloadSelector."""
    target_ref: PolicyTargetReference | None = None
    """Target ref: PolicyTargetReference."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    url: str | None = None
    """Where the module is: oci:// (the default), http(s):// or file://. Required. At least 1
    characters.
    """
    sha256: str | None = None
    """Checksum of the module, in hexadecimal."""
    image_pull_policy: PullPolicy | None = None
    """Image pull policy: PullPolicy."""
    image_pull_secret: str | None = None
    """Image pull secret: text. 1 to 253 characters."""
    verification_key: str | None = None
    """Verification key: text."""
    plugin_config: Mapping[str, JSON] | None = None
    """Settings that the module is given."""
    plugin_name: str | None = None
    """Plugin name: text. 1 to 256 characters."""
    phase: PluginPhase | None = None
    """Where among Istio's filters it runs. Not set: near the end, before the router."""
    priority: int | None = None
    """Order among plugins of one phase, highest first. Not set: 0."""
    fail_strategy: FailStrategy | None = None
    """What happens to requests when the module cannot be loaded or fails."""
    vm_config: VmConfig | None = None
    """VM config: VmConfig."""
    match: tuple[WasmPlugin.TrafficSelector, ...] = ()
    """Traffic it is for. Not set: all."""
    type: PluginType | None = None
    """Type: PluginType."""


class VmConfig(Message, frozen=True, kw_only=True):
    """VM config."""

    env: tuple[EnvVar, ...] = ()
    """Env: list of EnvVar. At most 256 items."""


class EnvVar(Message, frozen=True, kw_only=True):
    """Env var."""

    name: str | None = None
    """Name: text. Required. 1 to 256 characters."""
    value_from: EnvValueSource | None = None
    """Value from: EnvValueSource."""
    value: str | None = None
    """Value: text. At most 2048 characters."""
