"""A WebAssembly module and the traffic it is for, as WasmPlugin and TrafficExtension both hold them.

May live here: rules that both kinds ask of the same fields. May not live here: codes, which each kind has its own of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from components.api.extensions.wasm import EnvValueSource, EnvVar, VmConfig
from components.api.type.selector import PortSelector
from components.api.validation.formats import port_flaw
from components.api.validation.urls import UrlError, parse_request_uri, parse_url
from components.api.validation.violation import Flaw, Report

__all__ = ["Module", "TrafficSelector", "check_match", "check_module"]

SCHEMES = ("", "file", "http", "https", "oci")
HEXADECIMAL = re.compile(r"[a-f0-9]*")
HASH_LENGTH = 64
LONGEST_SECRET = 253
LONGEST_NAME = 256


class Module(Protocol):
    """Where a module is and how it runs."""

    @property
    def url(self) -> str | None: ...
    @property
    def sha256(self) -> str | None: ...
    @property
    def image_pull_secret(self) -> str | None: ...
    @property
    def plugin_name(self) -> str | None: ...
    @property
    def vm_config(self) -> VmConfig | None: ...


class TrafficSelector(Protocol):
    """Traffic by its ports."""

    @property
    def ports(self) -> Sequence[PortSelector]: ...


def check_module(module: Module, path: str, codes: Mapping[str, str], report: Report) -> None:
    """The module itself. `codes`, by rule: url missing, url, scheme, hash length, hash, secret, name, and those of the
    environment: variable missing, variable long, variable twice, variable value.
    """
    if not module.url:
        report.refuse(
            codes["url missing"], f"{path}.url", "no url", "Give the URL of the module, such as oci://HOST/NAME."
        )
    else:
        rule, flaw = _url_flaw(module.url)
        report.refuse_if(codes[rule], f"{path}.url", flaw)
    digest = module.sha256 or ""
    if digest and len(digest.encode()) != HASH_LENGTH:
        message = f"{digest!r} has {len(digest)} characters"
        report.refuse(codes["hash length"], f"{path}.sha256", message, "Give the 64 of a SHA-256.")
    elif not HEXADECIMAL.fullmatch(digest):
        message = f"{digest!r} is not hexadecimal"
        report.refuse(codes["hash"], f"{path}.sha256", message, "Give digits and the small letters a to f.")
    for rule, name, value, longest in (
        ("secret", "imagePullSecret", module.image_pull_secret, LONGEST_SECRET),
        ("name", "pluginName", module.plugin_name, LONGEST_NAME),
    ):
        report.refuse_if(codes[rule], f"{path}.{name}", _length_flaw(value or "", longest))
    if module.vm_config is not None:
        _check_environment(module.vm_config.env, f"{path}.vmConfig.env", codes, report)


def check_match(match: Sequence[TrafficSelector], path: str, code: str, report: Report) -> None:
    """The ports of the traffic that the module is for; `path` is that of match."""
    for index, selector in enumerate(match):
        for number, port in enumerate(selector.ports):
            report.refuse_if(code, f"{path}[{index}].ports[{number}].number", port_flaw(port.number or 0))


def _url_flaw(value: str) -> tuple[str, Flaw | None]:
    """The rule, and what is wrong: a URL of Go's net/url, which is tried again with http:// before it."""
    url = value
    try:
        try:
            scheme = parse_request_uri(url).scheme
        except UrlError:
            url = f"http://{value}"
            scheme = parse_request_uri(url).scheme
        parse_url(url)
    except UrlError as error:
        return "url", Flaw(f"{value!r} is no URL: {error}", "Give a URL, such as oci://HOST/NAME.")
    if scheme in SCHEMES:
        return "scheme", None
    return "scheme", Flaw(f"{value!r} has the scheme {scheme!r}", "Allowed: oci, http, https, file, or none.")


def _length_flaw(value: str, longest: int) -> Flaw | None:
    size = len(value.encode())
    return None if size <= longest else Flaw(f"{value[:20]!r}... has {size} bytes", f"Give at most {longest}.")


def _check_environment(variables: Sequence[EnvVar], path: str, codes: Mapping[str, str], report: Report) -> None:
    seen: set[str] = set()
    for index, each in enumerate(variables):
        inner, name = f"{path}[{index}]", each.name or ""
        if not name:
            report.refuse(codes["variable missing"], f"{inner}.name", "no name", "Give the name of the variable.")
        report.refuse_if(codes["variable long"], f"{inner}.name", _length_flaw(name, LONGEST_NAME))
        if name and name in seen:
            report.refuse(codes["variable twice"], f"{inner}.name", f"{name!r} is given twice", "Give it once.")
        seen.add(name)
        if each.value_from is EnvValueSource.HOST and each.value:
            message = f"{name} is taken from the host and has the value {each.value!r}"
            remedy = "Leave the value out, or let valueFrom be INLINE."
            report.refuse(codes["variable value"], f"{inner}.value", message, remedy)
