"""What istiod's webhook asks of a WasmPlugin.

May live here: the codes of that kind. May not live here: the rules of its module, which TrafficExtension has too.
V8213 and V8214 are not used: an entry that is null is an empty one here.
"""

from __future__ import annotations

from typing import cast

from components.api.extensions.wasm import WasmPlugin
from components.api.resource import Resource
from components.api.validation.selectors import check_selector, check_target_refs
from components.api.validation.violation import Report
from components.api.validation.wasm_modules import check_match, check_module

__all__ = ["CODES", "check"]

CODES = {
    "V8202": "a plugin has no url",
    "V8203": "the url of a plugin is none",
    "V8204": "the url of a plugin has a scheme that is not known",
    "V8205": "sha256 of a plugin has not 64 characters",
    "V8206": "sha256 of a plugin is not hexadecimal in small letters",
    "V8207": "imagePullSecret of a plugin is longer than 253 characters",
    "V8208": "pluginName is longer than 256 characters",
    "V8209": "an environment variable of a plugin has no name",
    "V8210": "the name of an environment variable of a plugin is longer than 256 characters",
    "V8211": "an environment variable of a plugin is given twice",
    "V8212": "an environment variable of a plugin has a value and is to be copied from the host",
    "V8215": "a port of the traffic that a plugin is for is none",
}
RULES = {
    "url missing": "V8202",
    "url": "V8203",
    "scheme": "V8204",
    "hash length": "V8205",
    "hash": "V8206",
    "secret": "V8207",
    "name": "V8208",
    "variable missing": "V8209",
    "variable long": "V8210",
    "variable twice": "V8211",
    "variable value": "V8212",
}


def check(resource: Resource[object], report: Report) -> None:
    """A WasmPlugin."""
    spec = cast("WasmPlugin", resource.spec)
    check_target_refs(spec, "spec", report)
    check_selector(spec.selector, "spec.selector", report)
    check_module(spec, "spec", RULES, report)
    check_match(spec.match, "spec.match", "V8215", report)
