"""One check over the documents of a text."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from components.analysis.analysing import decoded
from components.analysis.declared import Declared
from components.analysis.finding import Finding
from components.analysis.mesh_config import find_mesh_config, find_mesh_networks
from components.analysis.reading import Source, read_text
from components.analysis.snapshot import Snapshot

__all__ = ["findings_of", "lines_of", "snapshot_of"]


def snapshot_of(text: str, *, mesh_config: Mapping[str, Any] | None = None, complete: bool = False) -> Snapshot:
    """The documents of a text as one mesh; every one must be readable and of its kind's shape."""
    flaws: list[Finding] = []
    objects: list[Declared[Any]] = []
    for each in read_text("mesh.yaml", text):
        assert isinstance(each, Source), each
        objects.append(decoded(each, flaws))
    assert not flaws, flaws
    bare = [mesh_config] if mesh_config is not None else []
    return Snapshot(
        objects,
        mesh_config=find_mesh_config(objects, bare),
        mesh_networks=find_mesh_networks(objects, bare),
        complete=complete,
    )


def findings_of(
    module: ModuleType, text: str, *, mesh_config: Mapping[str, Any] | None = None, complete: bool = False
) -> list[Finding]:
    """What one check, given as its module, finds in a text."""
    return list(module.check(snapshot_of(text, mesh_config=mesh_config, complete=complete)))


def lines_of(findings: list[Finding], text: str) -> list[str]:
    """The lines the findings point at, without blanks at their ends."""
    return [text.splitlines()[(finding.line or 0) - 1].strip() for finding in findings]
