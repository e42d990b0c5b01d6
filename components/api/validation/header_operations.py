"""Headers that a route, or one of its destinations, sets, adds and removes.

May live here: the rules of those changes. May not live here: headers that are matched on, which have other names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from components.api.networking.virtual_service import Headers, HTTPRewrite
from components.api.validation.headers import (
    header_value_flaw,
    is_authority,
    operation_name_flaw,
    request_operation_name_flaw,
)
from components.api.validation.violation import Flaw, Report, entry_path

__all__ = ["CODES", "check_authority", "check_operations"]

CODES = {
    "V1042": "a route changes a header that cannot be changed",
    "V1043": "a route gives a header a value that is none",
    "V1088": "a request's authority is set in more than one place",
}

Check = Callable[[str], Flaw | None]


def check_operations(headers: Headers, path: str, report: Report, *, names: str, values: str) -> None:
    """All changes of a `headers` at `path`; `names` and `values` are the codes to refuse under."""
    for direction, operations, check in (
        ("request", headers.request, request_operation_name_flaw),
        ("response", headers.response, operation_name_flaw),
    ):
        if operations is None:
            continue
        where = f"{path}.{direction}"
        if operations.add:
            _check_entries(operations.add, f"{where}.add", check, names, values, report)
        if operations.set:
            _check_entries(operations.set, f"{where}.set", check, names, values, report)
        for index, name in enumerate(operations.remove):
            if (flaw := operation_name_flaw(name)) is not None:
                report.refuse(names, f"{where}.remove[{index}]", *flaw)


def check_authority(rewrite: HTTPRewrite | None, headers: Headers, path: str, report: Report) -> None:
    """The authority of requests is set at most once: by the rewrite, or by a header; `path` is the route's."""
    operations = headers.request
    if operations is None:
        return
    current = rewrite.authority if rewrite is not None else None
    for word, entries in (("set", operations.set), ("add", operations.add)):
        for name, value in entries.items():
            if not is_authority(name):
                continue
            if current:
                where = entry_path(f"{path}.headers.request.{word}", name)
                message = f"the authority is set to {value!r}, and to {current!r} elsewhere"
                report.refuse("V1088", where, message, "Set it once, by rewrite.authority or by one header.")
            current = value


def _check_entries(
    entries: Mapping[str, str], path: str, check: Check, names: str, values: str, report: Report
) -> None:
    for name, value in entries.items():
        if (flaw := check(name)) is not None:
            report.refuse(names, entry_path(path, name), *flaw)
        if (flaw := header_value_flaw(value)) is not None:
            report.refuse(values, entry_path(path, name), *flaw)
