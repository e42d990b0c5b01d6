"""M0942: a waypoint that is asked for does not exist."""

from __future__ import annotations

import pytest

from components.analysis.checks.ambient import waypoint_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of, lines_of

LABELS = "labels: {istio.io/use-waypoint: %s%s}"
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, %s}\n---\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: servicex, namespace: shop, %s}\n---\n"
GATEWAY = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: %s}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
"""


@pytest.mark.parametrize("labelled", [NAMESPACE, SERVICE], ids=["a namespace", "a service"])
def test_a_name_that_no_gateway_has_is_reported(labelled: str) -> None:
    text = labelled % (LABELS % ("waypiont", "")) + GATEWAY % "shop"
    (found,) = findings_of(waypoint_not_found, text)
    assert (found.code, found.severity) == ("M0942", Severity.ERROR)
    assert "waypiont" in lines_of([found], text)[0]


def test_without_any_gateway_it_is_a_note() -> None:
    """It may be kept elsewhere; where all is there, it is not."""
    text = NAMESPACE % (LABELS % ("waypoint", ""))
    (found,) = findings_of(waypoint_not_found, text)
    assert found.severity is Severity.INFO
    (found,) = findings_of(waypoint_not_found, text, complete=True)
    assert found.severity is Severity.ERROR


def test_one_that_is_there_is_not_reported_in_its_own_namespace_or_another() -> None:
    assert not findings_of(waypoint_not_found, NAMESPACE % (LABELS % ("waypoint", "")) + GATEWAY % "shop")
    elsewhere = LABELS % ("waypoint", ", istio.io/use-waypoint-namespace: infra")
    assert not findings_of(waypoint_not_found, NAMESPACE % elsewhere + GATEWAY % "infra")
    assert findings_of(waypoint_not_found, NAMESPACE % elsewhere + GATEWAY % "shop")
