"""What istiod's webhook asks of a TrafficExtension.

May live here: the rules of that kind. May not live here: those of its WebAssembly module, which WasmPlugin has too.
"""

from __future__ import annotations

from typing import cast

from components.api.extensions.traffic_extension import LuaConfig, TrafficExtension
from components.api.resource import Resource
from components.api.validation.selectors import check_selector, check_target_refs
from components.api.validation.violation import Report
from components.api.validation.wasm_modules import check_match, check_module

__all__ = ["CODES", "check"]

CODES = {
    "V8301": "an extension is not exactly one of wasm and lua",
    "V8303": "an extension in Lua has no code",
    "V8304": "the code of an extension in Lua is longer than 64 KiB",
    "V8305": "the url of an extension is missing, none, or of a scheme that is not known",
    "V8306": "sha256 of an extension is none",
    "V8307": "imagePullSecret of an extension is longer than 253 characters",
    "V8308": "pluginName of an extension is longer than 256 characters",
    "V8309": "an environment variable of an extension has no name, one that is too long, given twice, or two sources",
    "V8310": "a port of the traffic that an extension is for is none",
}
RULES = {
    "url missing": "V8305",
    "url": "V8305",
    "scheme": "V8305",
    "hash length": "V8306",
    "hash": "V8306",
    "secret": "V8307",
    "name": "V8308",
    "variable missing": "V8309",
    "variable long": "V8309",
    "variable twice": "V8309",
    "variable value": "V8309",
}
LONGEST_CODE = 64 * 1024


def check(resource: Resource[object], report: Report) -> None:
    """A TrafficExtension."""
    spec = cast("TrafficExtension", resource.spec)
    if (spec.wasm is None) == (spec.lua is None):
        given = "neither wasm nor lua is set" if spec.wasm is None else "wasm and lua are set together"
        report.refuse("V8301", "spec", given, "Set one of them.")
    check_target_refs(spec, "spec", report)
    check_selector(spec.selector, "spec.selector", report)
    if spec.lua is not None:
        _check_lua(spec.lua, report)
    if spec.wasm is not None:
        check_module(spec.wasm, "spec.wasm", RULES, report)
    check_match(spec.match, "spec.match", "V8310", report)


def _check_lua(lua: LuaConfig, report: Report) -> None:
    size = len((lua.inline_code or "").encode())
    if not size:
        report.refuse("V8303", "spec.lua.inlineCode", "no code", "Give functions such as envoy_on_request.")
    elif size > LONGEST_CODE:
        message = f"{size} bytes of code"
        report.refuse("V8304", "spec.lua.inlineCode", message, f"Give at most {LONGEST_CODE}.")
