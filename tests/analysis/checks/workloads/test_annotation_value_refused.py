"""M0803: an annotation with a value that the injector refuses."""

from __future__ import annotations

import pytest

from components.analysis.checks.workloads import annotation_value_refused
from tests.analysis.checking import findings_of

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {%s: %s}}
spec: {containers: [{name: web}]}
"""
BAD = {
    "sidecar.istio.io/interceptionMode": "redirect",
    "status.sidecar.istio.io/port": "65536",
    "readiness.status.sidecar.istio.io/periodSeconds": "-1",
    "traffic.sidecar.istio.io/includeOutboundIPRanges": "10.0.0.0/33",
    "traffic.sidecar.istio.io/excludeInboundPorts": "80,http",
    "traffic.sidecar.istio.io/excludeInterfaces": "eth0,,eth1",
    "prometheus.istio.io/merge-metrics": "yes please",
    "sidecar.istio.io/proxyCPU": "100 m",
    "proxy.istio.io/config": "[1]",
}
GOOD = {
    "sidecar.istio.io/interceptionMode": "TPROXY",
    "status.sidecar.istio.io/port": "0",
    "readiness.status.sidecar.istio.io/periodSeconds": "10",
    "traffic.sidecar.istio.io/includeOutboundIPRanges": "*",
    "traffic.sidecar.istio.io/excludeInboundPorts": "80, 81",
    "traffic.sidecar.istio.io/excludeInterfaces": "eth0",
    "prometheus.istio.io/merge-metrics": "t",
    "sidecar.istio.io/proxyCPU": "100m",
    "proxy.istio.io/config": "proxyMetadata: {}",
}


@pytest.mark.parametrize("key", BAD)
def test_a_value_that_the_injector_refuses_is_reported(key: str) -> None:
    (found,) = findings_of(annotation_value_refused, POD % (key, f"'{BAD[key]}'"))
    assert (found.code, found.istio) == ("M0803", "IST0125")


@pytest.mark.parametrize("key", GOOD)
def test_a_value_that_it_takes_is_not(key: str) -> None:
    assert not findings_of(annotation_value_refused, POD % (key, f"'{GOOD[key]}'"))
