"""What a mesh becomes, as the tests of its documents look at it."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from components.api import encode
from components.manifests import documents
from components.model import Mesh

GOLDEN = Path(__file__).with_name("golden")


def spec(mesh: Mesh, kind: str, name: str) -> Any:
    """The spec of one document."""
    return next(encode(d)["spec"] for d in documents(mesh) if d.kind == kind and d.metadata.name == name)


def require_golden(row: str, mesh: Mesh, kinds: Collection[str]) -> None:
    """The documents of these kinds are those of the row's golden file; with REWRITE_GOLDEN it is written first."""
    chosen = [encode(document) for document in documents(mesh) if document.kind in kinds]
    written = yaml.safe_dump_all(chosen, sort_keys=False, width=120)
    golden = GOLDEN / f"{row}.yaml"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(written)
    assert written == golden.read_text()
