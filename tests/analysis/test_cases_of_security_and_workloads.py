"""Istio's own cases for the analyzers of security, workloads, telemetry, webhooks and the Gateway API: the same codes
for the same objects with the same severity, and nothing else under these codes.
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
from components.analysis.finding import Finding
from components.analysis.mesh_config import find_mesh_config, find_mesh_networks
from components.analysis.reading import Source, read_paths
from components.analysis.snapshot import Snapshot

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "istio-analyzers"
CODES: Mapping[str, frozenset[str]] = {
    "annotations.K8sAnalyzer": frozenset({"IST0107", "IST0108", "IST0125", "IST0135"}),
    "annotations.AlphaAnalyzer": frozenset({"IST0136"}),
    "applicationUID.Analyzer": frozenset({"IST0144"}),
    "auth.AuthorizationPoliciesAnalyzer": frozenset({"IST0101", "IST0127"}),
    "authn.BlockedCIDRsAnalyzer": frozenset({"IST0175"}),
    "conditions.ConditionAnalyzer": frozenset({"IST0171"}),
    "deployment.MultiServiceAnalyzer": frozenset({"IST0116", "IST0137"}),
    "externalcontrolplane.ExternalControlPlaneAnalyzer": frozenset({"IST0163", "IST0164"}),
    "injection.Analyzer": frozenset({"IST0102", "IST0103", "IST0123", "IST0148"}),
    "injection.ImageAnalyzer": frozenset({"IST0158"}),
    "injection.ImageAutoAnalyzer": frozenset({"IST0146", "IST0147"}),
    "k8sgateway.CRDVersionAnalyzer": frozenset({"IST0176"}),
    "k8sgateway.SelectorAnalyzer": frozenset({"IST0166"}),
    "meshnetworks.MeshNetworksAnalyzer": frozenset({"IST0126"}),
    "service.PortNameAnalyzer": frozenset({"IST0118", "IST0150"}),
    "services.MultiClusterServiceAnalyzer": frozenset({"IST0170"}),
    "telemetry.DefaultSelectorAnalyzer": frozenset({"IST0160"}),
    "telemetry.LightstepAnalyzer": frozenset({"IST0002"}),
    "telemetry.ProviderAnalyzer": frozenset({"IST0157"}),
    "telemetry.SelectorAnalyzer": frozenset({"IST0101", "IST0159"}),
    "webhook.Analyzer": frozenset({"IST0139"}),
}
GROUPS = ("security", "workloads", "proxies", "ambient")

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own test data is not at {CASES}")


def cases() -> Iterator[Any]:
    """Every case of these analyzers."""
    path = CASES / "cases.json"
    for case in json.loads(path.read_text()) if path.exists() else ():
        if case["analyzer"] in CODES:
            yield pytest.param(case, id=f"{case['analyzer']}: {case['name']} ({case['id']})")


def snapshot_of(case: Mapping[str, Any]) -> Snapshot:
    names = [*case["input_files"], case["mesh_config_file"], case["mesh_networks_file"]]
    flaws: list[Finding] = []
    objects: list[Declared[Any]] = []
    bare: list[Mapping[str, Any]] = []
    for each in read_paths([str(CASES / name) for name in names if name]):
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
    codes, snapshot = CODES[case["analyzer"]], snapshot_of(case)
    found = Counter(
        (finding.istio, finding.severity.value, finding.kind, finding.namespace, finding.name)
        for each in registered()
        if each.check.istio in codes and each.module.split(".")[3] in GROUPS
        for finding in each.run(snapshot)
        if finding.istio in codes
    )
    assert found == Counter(
        (each["code"], each["level"].lower(), each["kind"], each["namespace"], each["name"])
        for each in case["expected"]
    )
