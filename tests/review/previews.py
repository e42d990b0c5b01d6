"""Previews as tests give them: recorded ones, and ones made of two sides of plain documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from components.analysis import Finding, Severity
from components.api import JSON
from components.review import Review, read, review
from components.review.marking import unmarked

RECORDED = Path(__file__).with_name("recorded")
GOLDEN = Path(__file__).with_name("golden")
NAMES = ("canary", "create", "update", "unchanged", "removed", "replaced", "failed", "guarded", "outside")
"""Printed by Pulumi 3.259; made small by `recording`."""

PROJECT, STACK = "servicex-mesh", "dev"


def recorded(name: str) -> str:
    """The text of a recorded preview."""
    return (RECORDED / f"{name}.json").read_text()


def looked_at(name: str) -> Review:
    """The review of a recorded preview."""
    return review(read(recorded(name)), analyse=faults)


def faults(documents: Sequence[Mapping[str, JSON]], whole: bool) -> list[Finding]:
    """Stands in for the analysis: a warning for each route with a fault."""
    return [
        warning(document, f"route {route['name']!r} fails on purpose", f"spec.http[{place}].fault")
        for document in documents
        for place, route in enumerate(_routes(document))
        if "fault" in route
    ]


def warning(document: Mapping[str, Any], message: str, field: str = "", *, code: str = "M0301") -> Finding:
    """A finding about a document."""
    metadata = document["metadata"]
    return Finding(
        code=code,
        severity=Severity.WARNING,
        kind=document["kind"],
        namespace=metadata.get("namespace"),
        name=metadata["name"],
        field=field,
        message=message,
        remedy="Take the fault out before others call it.",
    )


def document(text: str) -> dict[str, Any]:
    """One document of YAML."""
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def step(op: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, **more: Any) -> dict[str, Any]:
    """One step as the engine writes it."""
    one = after or before
    assert one is not None
    version = one["apiVersion"] if "/" in one["apiVersion"] else f"core/{one['apiVersion']}"
    kind = f"kubernetes:{version}:{one['kind']}"
    parts = (one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"])
    urn = f"urn:pulumi:{STACK}::{PROJECT}::{PROJECT}:index:Mesh${kind}::{'/'.join(each for each in parts if each)}"
    states = {"oldState": before, "newState": after}
    told = {key: {"urn": urn, "type": kind, "inputs": each} for key, each in states.items() if each is not None}
    return {"op": op, "urn": urn, **told, **more}


def preview(steps: Iterable[Mapping[str, Any]], **more: Any) -> str:
    """What the engine prints."""
    return json.dumps({"steps": list(steps), "changeSummary": {}, **more})


def between(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> str:
    """A preview that makes one set of objects of another; objects that are in both sets and alike stay."""
    old, new = ({(each["kind"], each["metadata"]["name"]): each for each in side} for side in (before, after))
    steps = []
    for key in dict.fromkeys((*old, *new)):
        was, becomes = old.get(key), new.get(key)
        op = "same" if was == becomes else "create" if was is None else "delete" if becomes is None else "update"
        steps.append(step(op, was, becomes))
    return preview(steps, changeSummary={"same": sum(each["op"] == "same" for each in steps)})


def words(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """What is said of the change from some documents of YAML to others."""
    text = between(map(document, before), map(document, after))
    return [unmarked(line.text) for line in review(read(text), analyse=lambda _, whole: []).changes]


def _routes(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return document["spec"].get("http", []) if document["kind"] == "VirtualService" else []
