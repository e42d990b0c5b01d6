"""What the CRDs ask of a document: that which the API server refuses before any webhook is called.

May live here: making the limits of components.api.constraints into checks, once a class. May not live here: what the
rules in CEL say, which is crd_rules'. Rules of the Gateway API's CRDs in CEL are left out, their other limits are not.
Not to be told from a decoded document, and so never reported: an empty list or map where one item is asked for.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from components.api.constraints import MessageLimits, limits_of
from components.api.resource import Resource
from components.api.tidying import element_type
from components.api.validation.crd_rules import CODES as RULE_CODES
from components.api.validation.crd_values import CODES as VALUE_CODES
from components.api.validation.crd_values import Check, checks_of, key_check, rule_checks
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check", "check_limits"]

CODES = {
    "V0001": "the document is not of the shape of its kind",
    "V0002": "a field that is required is not set",
    "V0008": "more than one field of a group is set of which one may be",
    "V0027": "a workload entry has neither address nor network",
    **VALUE_CODES,
    **RULE_CODES,
}

# x-kubernetes-list-map-keys: by which field the items of a list are told apart.
KEYS = {
    ("ServiceEntry", "ports"): "name",
    ("VmConfig", "env"): "name",
    ("TrafficSelector", "ports"): "number",
    ("WasmPlugin.TrafficSelector", "ports"): "number",
}

Checker = Callable[[Any, str, Report], None]


def check(resource: Resource[object], report: Report) -> None:
    """The spec of a document of any kind whose CRD is known."""
    spec: Any = resource.spec
    check_limits(spec, "spec", report)
    # Asked for in these two places, and not of the template of a WorkloadGroup, which is of the same class.
    kind = type(spec).__name__
    if kind == "WorkloadEntry":
        _check_address(spec, "spec", report)
    elif kind == "ServiceEntry":
        for index, endpoint in enumerate(spec.endpoints):
            _check_address(endpoint, f"spec.endpoints[{index}]", report)


def check_limits(value: msgspec.Struct, path: str, report: Report) -> None:
    """Any message of components.api, and all that is in it; `path` is the message's own."""
    checker = _of_message(type(value))
    if checker is not None:
        checker(value, path, report)


class Field(NamedTuple):
    """A field that may be wrong when it is set."""

    attribute: str
    name: str
    check: Checker
    empty_is_unset: bool


@cache
def _of_message(cls: type[msgspec.Struct]) -> Checker | None:
    limits = limits_of(cls)
    infos = {each.encode_name: each for each in msgspec.structs.fields(cls)}
    required = [(infos[name].name, name) for name in limits.required]
    groups = [[(infos[name].name, name) for name in group] for group in limits.one_of if len(group) > 1]
    rules = rule_checks(limits.rules)
    fields = [field for info in infos.values() if (field := _field(cls, info, limits)) is not None]
    if not (required or groups or rules or fields):
        return None

    def checker(value: Any, path: str, report: Report) -> None:
        for attribute, name in required:
            if getattr(value, attribute) in (None, (), {}):
                report.refuse("V0002", f"{path}.{name}", f"{name} is not set", "Give it; it is required.")
        for group in groups:
            names = [name for attribute, name in group if getattr(value, attribute) is not None]
            if len(names) > 1:
                allowed = ", ".join(name for _, name in group)
                message = f"{' and '.join(names)} are set together"
                report.refuse("V0008", path, message, f"Set one of {allowed}.")
        if rules:
            _apply(rules, value, path, report)
        for attribute, name, check_field, empty_is_unset in fields:
            each = getattr(value, attribute)
            if each or (each is not None and not empty_is_unset):
                check_field(each, f"{path}.{name}", report)

    return checker


def _field(cls: type[msgspec.Struct], info: msgspec.structs.FieldInfo, limits: MessageLimits) -> Field | None:
    found = limits.fields.get(info.encode_name)
    wanted = element_type(info.type)
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    inner = wanted if origin is None else element_type(arguments[-1] if origin is not tuple else arguments[0])
    is_message = isinstance(inner, type) and issubclass(inner, msgspec.Struct)
    of_inner = _of_message(inner) if is_message else None
    own = checks_of(found) if found is not None else ()
    each = checks_of(found.each) if found is not None and found.each is not None else ()
    if origin is tuple:
        key = KEYS.get((cls.__qualname__, info.encode_name))
        own = (*own, key_check(key)) if key is not None else own
        checker = _of_list(own, each, of_inner)
    elif origin is not None:
        checker = _of_map(own, each, of_inner)
    else:
        checker = of_inner or (_of_scalar(own) if own else None)
    return Field(info.name, info.encode_name, checker, origin is not None) if checker is not None else None


def _of_scalar(own: Sequence[Check]) -> Checker:
    def checker(value: Any, path: str, report: Report) -> None:
        _apply(own, value, path, report)

    return checker


def _of_list(own: Sequence[Check], each: Sequence[Check], of_item: Checker | None) -> Checker | None:
    if not (own or each or of_item):
        return None

    def checker(value: Sequence[Any], path: str, report: Report) -> None:
        _apply(own, value, path, report)
        if each or of_item:
            for index, item in enumerate(value):
                _apply(each, item, f"{path}[{index}]", report)
                if of_item is not None:
                    of_item(item, f"{path}[{index}]", report)

    return checker


def _of_map(own: Sequence[Check], each: Sequence[Check], of_item: Checker | None) -> Checker | None:
    if not (own or each or of_item):
        return None

    def checker(value: Mapping[Any, Any], path: str, report: Report) -> None:
        _apply(own, value, path, report)
        if each or of_item:
            for key, item in value.items():
                inner = entry_path(path, str(key))
                _apply(each, item, inner, report)
                if of_item is not None:
                    of_item(item, inner, report)

    return checker


def _apply(checks: Iterable[Check], value: Any, path: str, report: Report) -> None:
    for check_value in checks:
        found = check_value(value)
        if found is not None:
            report.refuse(found.code, path, *found.flaw)


def _check_address(entry: Any, path: str, report: Report) -> None:
    if entry.address is None and entry.network is None:
        report.refuse("V0027", f"{path}.address", "neither address nor network is set", "Give the address.")
