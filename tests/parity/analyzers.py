"""Istio's own cases of its analyzers, and what we find in the same files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from components.analysis import Finding, analyse
from components.analysis.reading import read_paths
from tests.parity.cases import CASES

__all__ = ["AnalyzerCase", "Told", "analyzer_cases", "told_by_us"]

FOLDER = CASES / "istio-analyzers"


class Told(NamedTuple):
    """One message: its code and whom it is about."""

    code: str
    kind: str | None
    namespace: str | None
    name: str | None

    def __str__(self) -> str:
        name = "/".join(part for part in (self.namespace, self.name) if part)
        return f"{self.code} {self.kind} {name}"


class AnalyzerCase(NamedTuple):
    """Files, and what one analyzer of Istio says of them."""

    number: int
    name: str
    analyzer: str
    files: tuple[Path, ...]
    mesh_config: Path | None
    expected: tuple[Told, ...]


@cache
def analyzer_cases() -> tuple[AnalyzerCase, ...]:
    """All cases of the folder, by number."""
    return tuple(sorted(_cases(), key=lambda case: case.number))


@cache
def codes_of(analyzer: str) -> frozenset[str]:
    """The codes that an analyzer can give, as far as the cases show: those that any of its cases expects."""
    return frozenset(told.code for case in analyzer_cases() if case.analyzer == analyzer for told in case.expected)


def told_by_us(case: AnalyzerCase) -> Counter[Told]:
    """What we find in the files under the codes of that analyzer, and under any code it expects."""
    config = yaml.safe_load(case.mesh_config.read_text()) if case.mesh_config is not None else None
    findings = analyse(read_paths(map(str, case.files)), mesh_config=config).findings
    return Counter(_told(finding) for finding in findings if finding.istio in codes_of(case.analyzer))


def _told(finding: Finding) -> Told:
    return Told(finding.istio or "", finding.kind, finding.namespace, finding.name)


def _cases() -> Iterator[AnalyzerCase]:
    listed: list[Mapping[str, Any]] = json.loads((FOLDER / "cases.json").read_text())
    for each in listed:
        files = [*each["input_files"], *filter(None, [each["mesh_networks_file"]])]
        config = each["mesh_config_file"]
        yield AnalyzerCase(
            each["id"],
            each["name"],
            each["analyzer"],
            tuple(FOLDER / file for file in files),
            FOLDER / config if config else None,
            tuple(Told(told["code"], told["kind"], told["namespace"], told["name"]) for told in each["expected"]),
        )
