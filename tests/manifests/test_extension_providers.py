"""Whom Istio's mesh configuration knows, and whom a mesh names in vain."""

from __future__ import annotations

import pytest

from components.manifests.extension_providers import mesh_config, undeclared_providers
from components.manifests.istio import chart_values, laid_over
from components.model import (
    JAEGER,
    Access,
    AccessLog,
    Addon,
    Custom,
    Mesh,
    NoAccessLog,
    NoMetric,
    NoTracing,
    Percent,
    Provider,
    Telemetry,
    Tracing,
    WholeMesh,
    Workload,
)

SHOP = Workload("shop", namespace="shop", port=8000)


def mesh(*telemetry: Telemetry, access: tuple[Access, ...] = ()) -> Mesh:
    return Mesh(versions=[SHOP.version("one")], telemetry=telemetry, access=access)


def test_jaeger_takes_spans_by_opentelemetry_and_is_the_meshs_default() -> None:
    """Service and port are those of Istio's manifest; the name is the one that the model has for it."""
    assert mesh_config([Addon.PROMETHEUS, Addon.JAEGER]) == {
        "enableTracing": True,
        "extensionProviders": [
            {
                "name": "jaeger",
                "opentelemetry": {"service": "jaeger-collector.istio-system.svc.cluster.local", "port": 4317},
            }
        ],
        "defaultProviders": {"tracing": ["jaeger"]},
    }


def test_a_mesh_without_jaeger_is_configured_as_before() -> None:
    """Prometheus asks by itself: istiod's values change for traces only, and those of no other chart ever."""
    assert mesh_config([Addon.PROMETHEUS, Addon.GRAFANA, Addon.KIALI]) == {}
    assert chart_values("istiod", gateway_service="NodePort", mesh_config={}) == {
        "base": {"validationFailurePolicy": "Fail"}
    }
    traced = mesh_config([Addon.JAEGER])
    assert chart_values("istiod", gateway_service="NodePort", mesh_config=traced)["meshConfig"] == traced
    assert "meshConfig" not in chart_values("base", gateway_service="NodePort", mesh_config=traced)
    assert "meshConfig" not in chart_values("gateway", gateway_service="NodePort", mesh_config=traced)


def test_the_users_values_win_and_their_lists_stand_alone() -> None:
    """As helm merges: maps join, a list replaces a list."""
    mine = {"extensionProviders": [{"name": "mine"}], "accessLogFile": "/dev/stdout"}
    laid = laid_over(mesh_config([Addon.JAEGER]), mine)
    assert laid["extensionProviders"] == [{"name": "mine"}]
    assert laid["accessLogFile"] == "/dev/stdout"
    assert laid["enableTracing"] is True


@pytest.mark.parametrize(
    ("telemetry", "who"),
    [
        pytest.param(Telemetry(SHOP, tracing=Tracing(provider=Provider("mine"))), "workload 'shop'", id="tracing"),
        pytest.param(
            Telemetry(WholeMesh(), access_logs=[AccessLog(provider=Provider("mine"))]), "whole mesh", id="log"
        ),
        pytest.param(
            Telemetry(SHOP, metrics=[NoMetric()], metrics_provider=Provider("mine")), "workload 'shop'", id="metrics"
        ),
    ],
)
def test_a_telemetry_that_names_a_provider_nobody_declares_is_found(telemetry: Telemetry, who: str) -> None:
    """With the place, the name, what there is and what to do; declared in the mesh's configuration, it is fine."""
    (said,) = undeclared_providers(mesh(telemetry), {})
    assert who in said
    assert "names the provider 'mine', which Istio's mesh configuration does not have; it has envoy, prometheus" in said
    assert "istiod.meshConfig.extensionProviders" in said
    assert undeclared_providers(mesh(telemetry), {"extensionProviders": [{"name": "mine"}]}) == ()


def test_an_access_rule_that_asks_a_provider_nobody_declares_is_found() -> None:
    """It would refuse every request."""
    rule = Access("ask", of=SHOP, action=Custom(Provider("judge")))
    (said,) = undeclared_providers(mesh(access=(rule,)), mesh_config([Addon.JAEGER]))
    assert said.startswith("access rule 'ask' names the provider 'judge'")
    assert "it has envoy, jaeger, prometheus" in said


def test_jaeger_that_is_not_installed_is_found_and_the_setting_is_named() -> None:
    """The addon is the shorter way."""
    traced = mesh(Telemetry(WholeMesh(), tracing=Tracing(sampling=Percent(5), provider=JAEGER)))
    (said,) = undeclared_providers(traced, mesh_config([Addon.PROMETHEUS]))
    assert "Add jaeger to the setting addons" in said
    assert undeclared_providers(traced, mesh_config([Addon.JAEGER])) == ()


def test_what_is_built_in_or_names_nobody_is_fine() -> None:
    """Access logs to the standard output, a share alone, and what is switched off."""
    fine = mesh(
        Telemetry(WholeMesh(), access_logs=[AccessLog()], tracing=Tracing(sampling=Percent(5)), metrics=[NoMetric()]),
        Telemetry(SHOP, access_logs=NoAccessLog(), tracing=NoTracing()),
    )
    assert undeclared_providers(fine, {}) == ()
