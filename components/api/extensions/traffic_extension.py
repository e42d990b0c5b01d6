# Written by `python -m generate.api` (istio.io/api v1.31.0-rc.0.0.20260824154656-b943409680a7); do not edit.
"""The messages of Istio's extensions/v1alpha1/traffic_extension.proto as frozen typed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from components.api.extensions.wasm import FailStrategy, PluginType, PullPolicy, VmConfig
from components.api.json import JSON
from components.api.message import Message
from components.api.type.selector import PolicyTargetReference, PortSelector, WorkloadMode, WorkloadSelector

__all__ = ["LuaConfig", "TrafficExtension", "TrafficSelector", "WasmConfig"]


class TrafficExtension(Message, frozen=True, kw_only=True):
    """Traffic extension."""

    class ExecutionPhase(Enum):
        """Execution phase of TrafficExtension."""

        UNSPECIFIED = "UNSPECIFIED"
        AUTHN = "AUTHN"
        AUTHZ = "AUTHZ"
        STATS = "STATS"

    selector: WorkloadSelector | None = None
    """Selector: WorkloadSelector."""
    target_refs: tuple[PolicyTargetReference, ...] = ()
    """Target refs: list of PolicyTargetReference. At most 16 items."""
    phase: TrafficExtension.ExecutionPhase | None = None
    """Phase: ExecutionPhase."""
    priority: int | None = None
    """Priority: a whole number."""
    match: tuple[TrafficSelector, ...] = ()
    """Match: list of TrafficSelector."""
    wasm: WasmConfig | None = None
    """Wasm: WasmConfig. Set one at most of wasm, lua."""
    lua: LuaConfig | None = None
    """Lua: LuaConfig. Set one at most of wasm, lua."""


class WasmConfig(Message, frozen=True, kw_only=True):
    """Wasm config."""

    url: str | None = None
    """URL: text. Required. At least 1 characters."""
    sha256: str | None = None
    """Sha256: text."""
    image_pull_policy: PullPolicy | None = None
    """Image pull policy: PullPolicy."""
    image_pull_secret: str | None = None
    """Image pull secret: text. 1 to 253 characters."""
    verification_key: str | None = None
    """Verification key: text."""
    plugin_config: Mapping[str, JSON] | None = None
    """Plugin config: any JSON object."""
    plugin_name: str | None = None
    """Plugin name: text. 1 to 256 characters."""
    fail_strategy: FailStrategy | None = None
    """Fail strategy: FailStrategy."""
    vm_config: VmConfig | None = None
    """VM config: VmConfig."""
    type: PluginType | None = None
    """Type: PluginType."""


class LuaConfig(Message, frozen=True, kw_only=True):
    """Lua config."""

    inline_code: str | None = None
    """Inline code: text. Required. 1 to 65536 characters."""


class TrafficSelector(Message, frozen=True, kw_only=True):
    """Traffic selector."""

    mode: WorkloadMode | None = None
    """Mode: WorkloadMode."""
    ports: tuple[PortSelector, ...] = ()
    """Ports: list of PortSelector."""
