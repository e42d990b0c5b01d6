"""The definition of a kind of the Gateway API is older than Istio needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0902",
    title="a definition of the Gateway API is too old",
    severity=Severity.WARNING,
    reads=("CustomResourceDefinition",),
    istio="IST0176",
)

BUNDLE_VERSION = "gateway.networking.k8s.io/bundle-version"
LEAST: Mapping[str, tuple[int, int, int]] = {
    "grpcroutes.gateway.networking.k8s.io": (1, 1, 0),
    "backendtlspolicies.gateway.networking.k8s.io": (1, 4, 0),
    "tlsroutes.gateway.networking.k8s.io": (1, 5, 0),
    "tcproutes.gateway.networking.k8s.io": (1, 6, 0),
}
VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+].*)?", re.ASCII)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Definitions whose bundle version is below Istio's minimum; release candidates count as their release. Source:
    pkg/config/schema/gatewayapi of Istio 1.31.
    """
    for definition in snapshot.of("CustomResourceDefinition"):
        least = LEAST.get(definition.name)
        given = definition.annotations.get(BUNDLE_VERSION)
        read = VERSION.fullmatch(given) if given is not None else None
        if least is None or read is None:
            continue
        if tuple(int(part or 0) for part in read.groups()) < least:
            needed = ".".join(map(str, least))
            yield CHECK.found(
                definition,
                f'metadata.annotations["{BUNDLE_VERSION}"]',
                f"{definition.name} is of version {given}; Istio needs {needed} and leaves older ones out",
                f"Install the definitions of Gateway API {needed} or later.",
            )
