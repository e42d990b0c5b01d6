"""Tables of rules: a valid document, a small change, and the one code that the change provokes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

from components.api import Resource, decode
from components.api.registry import kinds
from components.api.validation import KINDS, Report, Severity, Violation

__all__ = ["GONE", "Row", "changed", "require_broken", "violations"]

GONE = object()
"""As the value of a change: the field is taken out."""


class Row(NamedTuple):
    """A rule broken."""

    code: str
    words: str
    """What is changed, in words; the name of the test."""
    spec: Mapping[str, Any]
    """A valid spec, before the change."""
    change: Mapping[str, Any]
    """New values by path below spec, such as http.0.retries.attempts."""
    path: str
    """Where the violation is, below spec; empty: at the spec itself."""
    severity: Severity = Severity.ERROR
    beside: tuple[str, ...] = ()
    """Codes of other rules that the change cannot but break too."""


def changed(spec: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a spec with new values."""
    made: dict[str, Any] = copy.deepcopy(dict(spec))
    for path, value in change.items():
        *above, last = path.split(".")
        at: Any = made
        for step in above:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is GONE:
            del at[last]
        elif isinstance(at, list):
            at[int(last) :] = [value, *at[int(last) + 1 :]]
        else:
            at[last] = value
    return made


def violations(kind: str, spec: Mapping[str, Any], **metadata: Any) -> list[Violation]:
    """What the webhook's rules of a kind say, those of the CRD left out."""
    known = next(each for each in kinds() if each.name == kind and each.group.endswith(".istio.io"))
    names = {"name": "here", "namespace": "shop", **metadata}
    written = {"apiVersion": known.api_version, "kind": kind, "metadata": names, "spec": dict(spec)}
    document = decode(written)
    assert isinstance(document, Resource)
    report = Report()
    for module in ("metadata", KINDS[known.group, kind]):
        loaded = import_module(f"components.api.validation.{module}")
        loaded.check(document, report)
        if hasattr(loaded, "check_written"):
            loaded.check_written(written, report)
    return report.violations


def require_broken(kind: str, row: Row) -> None:
    """The row's change breaks its rule and no other: code, severity, the field that was changed, words for a person."""
    found = violations(kind, changed(row.spec, row.change))
    assert {each.code for each in found} == {row.code, *row.beside}
    first = next(each for each in found if each.code == row.code)
    assert first.path == (f"spec.{row.path}" if row.path else "spec")
    assert first.severity is row.severity
    assert first.message
    assert not first.message.endswith(".")
    assert first.remedy.endswith(".")
