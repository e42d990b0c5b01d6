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

__all__ = ["CODES", "AnalyzerCase", "Told", "analyzer_cases", "told_by_us"]

FOLDER = CASES / "istio-analyzers"
CODES: Mapping[str, frozenset[str]] = {
    "annotations.AlphaAnalyzer": frozenset({"IST0136"}),
    "annotations.K8sAnalyzer": frozenset({"IST0107", "IST0108", "IST0125", "IST0135"}),
    "applicationUID.Analyzer": frozenset({"IST0144"}),
    "auth.AuthorizationPoliciesAnalyzer": frozenset({"IST0101", "IST0127"}),
    "authn.BlockedCIDRsAnalyzer": frozenset({"IST0175"}),
    "conditions.ConditionAnalyzer": frozenset({"IST0171"}),
    "deployment.MultiServiceAnalyzer": frozenset({"IST0116", "IST0137"}),
    "deprecation.DeprecationAnalyzer": frozenset({"IST0002"}),
    "destinationrule.CaCertificateAnalyzer": frozenset({"IST0128", "IST0129"}),
    "destinationrule.SubsetSelectPodAnalyzer": frozenset({"IST0173", "IST0174"}),
    "envoyfilter.EnvoyPatchAnalyzer": frozenset({"IST0151", "IST0152", "IST0153", "IST0154", "IST0155"}),
    "externalcontrolplane.ExternalControlPlaneAnalyzer": frozenset({"IST0163", "IST0164"}),
    "gateway.CertificateAnalyzer": frozenset({"IST0138"}),
    "gateway.ConflictingGatewayAnalyzer": frozenset({"IST0101", "IST0145"}),
    "gateway.IngressGatewayPortAnalyzer": frozenset({"IST0101", "IST0162"}),
    "gateway.SecretAnalyzer": frozenset({"IST0101", "IST0161"}),
    "injection.Analyzer": frozenset({"IST0102", "IST0103", "IST0123", "IST0148"}),
    "injection.ImageAnalyzer": frozenset({"IST0158"}),
    "injection.ImageAutoAnalyzer": frozenset({"IST0146", "IST0147"}),
    "k8sgateway.CRDVersionAnalyzer": frozenset({"IST0176"}),
    "k8sgateway.SelectorAnalyzer": frozenset({"IST0166"}),
    "meshnetworks.MeshNetworksAnalyzer": frozenset({"IST0126"}),
    "schema.ValidationAnalyzer.VirtualService": frozenset({"IST0130", "IST0131"}),
    "service.PortNameAnalyzer": frozenset({"IST0118", "IST0150"}),
    "serviceentry.Analyzer": frozenset({"IST0134"}),
    "serviceentry.ConflictingServiceEntryProtocolAnalyzer": frozenset({"IST0177"}),
    "services.MultiClusterServiceAnalyzer": frozenset({"IST0170"}),
    "sidecar.SelectorAnalyzer": frozenset({"IST0101", "IST0110", "IST0111", "IST0167"}),
    "telemetry.DefaultSelectorAnalyzer": frozenset({"IST0160"}),
    "telemetry.LightstepAnalyzer": frozenset({"IST0002"}),
    "telemetry.ProviderAnalyzer": frozenset({"IST0157"}),
    "telemetry.SelectorAnalyzer": frozenset({"IST0101", "IST0159"}),
    "virtualservice.ConflictingMeshGatewayHostsAnalyzer": frozenset({"IST0109"}),
    "virtualservice.DestinationHostAnalyzer": frozenset({"IST0101", "IST0112", "IST0140"}),
    "virtualservice.DestinationRuleAnalyzer": frozenset({"IST0101"}),
    "virtualservice.GatewayAnalyzer": frozenset({"IST0101", "IST0132", "IST0165"}),
    "virtualservice.JWTClaimRouteAnalyzer": frozenset({"IST0149"}),
    "webhook.Analyzer": frozenset({"IST0139"}),
}
"""What each of Istio's analyzers can say; a case that expects nothing is about these codes, too."""


class Told(NamedTuple):
    """One message: its code and whom it is about."""

    code: str
    severity: str
    kind: str | None
    namespace: str | None
    name: str | None

    def __str__(self) -> str:
        name = "/".join(part for part in (self.namespace, self.name) if part)
        return f"{self.code} {self.severity} {self.kind} {name}"


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


def told_by_us(case: AnalyzerCase) -> Counter[Told]:
    """What we find in the files under the codes of that analyzer."""
    config = yaml.safe_load(case.mesh_config.read_text()) if case.mesh_config is not None else None
    findings = analyse(read_paths(map(str, case.files)), mesh_config=config).findings
    return Counter(_told(finding) for finding in findings if finding.istio in CODES[case.analyzer])


def _told(finding: Finding) -> Told:
    return Told(finding.istio or "", finding.severity.value, finding.kind, finding.namespace, finding.name)


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
            tuple(
                Told(told["code"], told["level"].lower(), told["kind"], told["namespace"], told["name"])
                for told in each["expected"]
            ),
        )
