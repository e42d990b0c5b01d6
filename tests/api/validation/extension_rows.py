"""What breaks the rules of WasmPlugin and TrafficExtension."""

from __future__ import annotations

from typing import Any

from tests.api.validation.rows import GONE, Row

__all__ = ["EXTENSION_ROWS", "EXTENSION_SPECS", "PLUGIN_ROWS", "PLUGIN_SPECS"]

PLUGIN: dict[str, Any] = {
    "url": "registry.example.com/filters/auth:1",
    "sha256": "0123456789abcdef" * 4,
    "imagePullSecret": "pull",
    "pluginName": "auth",
    "vmConfig": {"env": [{"name": "LEVEL", "value": "info"}, {"name": "NODE", "valueFrom": "HOST"}]},
    "match": [{"mode": "SERVER", "ports": [{"number": 8080}]}],
}
ENV = "vmConfig.env[0]"
PLUGIN_SPECS = {"everything": PLUGIN, "a url with a scheme": {"url": "oci://registry.example.com/auth"}}
PLUGIN_ROWS = (
    Row("V8202", "no url", PLUGIN, {"url": GONE}, "url"),
    Row("V8203", "a url with a space", PLUGIN, {"url": "an oci image"}, "url"),
    Row("V8204", "a url of another scheme", PLUGIN, {"url": "gs://bucket/auth"}, "url"),
    Row("V8205", "half a hash", PLUGIN, {"sha256": "0123"}, "sha256"),
    Row("V8206", "a hash in capitals", PLUGIN, {"sha256": "ABCDEF01" * 8}, "sha256"),
    Row("V8207", "a long secret", PLUGIN, {"imagePullSecret": "a" * 254}, "imagePullSecret"),
    Row("V8208", "a long name", PLUGIN, {"pluginName": "a" * 257}, "pluginName"),
    Row("V8209", "no variable", PLUGIN, {"vmConfig.env.0.name": ""}, f"{ENV}.name"),
    Row("V8210", "a long variable", PLUGIN, {"vmConfig.env.0.name": "a" * 257}, f"{ENV}.name"),
    Row("V8211", "a variable twice", PLUGIN, {"vmConfig.env.0.name": "NODE"}, "vmConfig.env[1].name"),
    Row("V8212", "two sources", PLUGIN, {"vmConfig.env.0.valueFrom": "HOST"}, f"{ENV}.value"),
    Row("V8215", "port 0", PLUGIN, {"match.0.ports.0.number": 0}, "match[0].ports[0].number"),
    Row("V0144", "a target of no kind", PLUGIN, {"targetRefs": [{"kind": "Pod", "name": "a"}]}, "targetRefs[0]"),
)

LUA: dict[str, Any] = {"lua": {"inlineCode": "function envoy_on_request(handle) end"}, "match": PLUGIN["match"]}
WASM: dict[str, Any] = {"wasm": {key: value for key, value in PLUGIN.items() if key != "match"}}
EXTENSION_SPECS = {"lua": LUA, "wasm": WASM}
EXTENSION_ROWS = (
    Row("V8301", "neither", LUA, {"lua": GONE}, ""),
    Row("V8301", "both", LUA, {"wasm": {"url": "a"}}, ""),
    Row("V8303", "no code", LUA, {"lua": {}}, "lua.inlineCode"),
    Row("V8304", "much code", LUA, {"lua.inlineCode": "-" * 65537}, "lua.inlineCode"),
    Row("V8305", "no url", WASM, {"wasm.url": GONE}, "wasm.url"),
    Row("V8306", "half a hash", WASM, {"wasm.sha256": "0123"}, "wasm.sha256"),
    Row("V8307", "a long secret", WASM, {"wasm.imagePullSecret": "a" * 254}, "wasm.imagePullSecret"),
    Row("V8308", "a long name", WASM, {"wasm.pluginName": "a" * 257}, "wasm.pluginName"),
    Row("V8309", "a variable twice", WASM, {"wasm.vmConfig.env.0.name": "NODE"}, "wasm.vmConfig.env[1].name"),
    Row("V8310", "port 65536", LUA, {"match.0.ports.0.number": 65536}, "match[0].ports[0].number"),
)
