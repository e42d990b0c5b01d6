"""Istio's own cases for the analyzers of hosts, routes, gateways and proxies: the same codes for the same objects, and
nothing else under these codes; and nothing above an info for its samples.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from components.analysis.analysing import decoded
from components.analysis.check import registered
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.mesh_config import find_mesh_config, find_mesh_networks
from components.analysis.reading import Source, read_paths
from components.analysis.snapshot import Snapshot

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
CASES, SAMPLES = SHARED / "istio-analyzers", SHARED / "istio-samples"
CODES: Mapping[str, frozenset[str]] = {
    "virtualservice.ConflictingMeshGatewayHostsAnalyzer": frozenset({"M0230"}),
    "virtualservice.DestinationHostAnalyzer": frozenset(
        {"M0102", "M0103", "M0104", "M0107", "M0108", "M0109", "M0207"}
    ),
    "virtualservice.DestinationRuleAnalyzer": frozenset({"M0105"}),
    "virtualservice.GatewayAnalyzer": frozenset({"M0101", "M0507", "M0508"}),
    "virtualservice.JWTClaimRouteAnalyzer": frozenset({"M0233"}),
    "destinationrule.CaCertificateAnalyzer": frozenset({"M0130"}),
    "destinationrule.SubsetSelectPodAnalyzer": frozenset({"M0106", "M0107", "M0108", "M0109", "M0110"}),
    "deprecation.DeprecationAnalyzer": frozenset({"M0710", "M0711"}),
    "gateway.IngressGatewayPortAnalyzer": frozenset({"M0501", "M0502"}),
    "gateway.CertificateAnalyzer": frozenset({"M0503"}),
    "gateway.SecretAnalyzer": frozenset({"M0501", "M0504", "M0505"}),
    "gateway.ConflictingGatewayAnalyzer": frozenset({"M0501", "M0506"}),
    "serviceentry.Analyzer": frozenset({"M0120"}),
    "serviceentry.ConflictingServiceEntryProtocolAnalyzer": frozenset({"M0121"}),
    "sidecar.SelectorAnalyzer": frozenset({"M0701", "M0702", "M0703", "M0704"}),
    "envoyfilter.EnvoyPatchAnalyzer": frozenset({"M0720", "M0721", "M0722", "M0723"}),
}
"""Our checks for each of their analyzers: several of theirs share the code IST0101."""

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own test data is not at {CASES}")


def cases() -> Iterator[Any]:
    """Every case of these analyzers."""
    path = CASES / "cases.json"
    for case in json.loads(path.read_text()) if path.exists() else ():
        if case["analyzer"] in CODES:
            yield pytest.param(case, id=f"{case['analyzer']}: {case['name']} ({case['id']})")


def samples() -> Iterator[Any]:
    """Each sample alone, each folder, and all of them."""
    files = sorted(SAMPLES.rglob("*.yaml")) if SAMPLES.is_dir() else []
    for path in (*files, *sorted({each.parent for each in files}), SAMPLES):
        yield pytest.param(path, id=str(path.relative_to(SHARED)))


def snapshot_of(paths: list[str]) -> Snapshot:
    flaws: list[Finding] = []
    objects: list[Declared[Any]] = []
    bare: list[Mapping[str, Any]] = []
    for each in read_paths(paths):
        assert isinstance(each, Source), each
        if "kind" in each.value:
            objects.append(decoded(each, flaws))
        else:
            bare.append(each.value)
    return Snapshot(
        objects, mesh_config=find_mesh_config(objects, bare), mesh_networks=find_mesh_networks(objects, bare)
    )


@pytest.mark.parametrize("case", list(cases()))
def test_the_verdict_is_istios(case: Mapping[str, Any]) -> None:
    names = [*case["input_files"], case["mesh_config_file"], case["mesh_networks_file"]]
    snapshot = snapshot_of([str(CASES / name) for name in names if name])
    found = Counter(
        (finding.istio, finding.kind, finding.namespace, finding.name)
        for each in registered()
        if each.check.code in CODES[case["analyzer"]]
        for finding in each.run(snapshot)
        if finding.istio is not None
    )
    assert found == Counter((each["code"], each["kind"], each["namespace"], each["name"]) for each in case["expected"])


@pytest.mark.parametrize("path", list(samples()))
def test_istios_samples_are_right(path: Path) -> None:
    snapshot = snapshot_of([str(path)])
    codes = frozenset[str]().union(*CODES.values())
    loud = [
        (finding.code, finding.subject, finding.message)
        for each in registered()
        if each.check.code in codes or each.check.code[:3] in ("M01", "M05")
        for finding in each.run(snapshot)
        if finding.severity is not Severity.INFO
    ]
    assert not loud
