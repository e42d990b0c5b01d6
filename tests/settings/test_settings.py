"""A stack's configuration is refused as a whole, with every problem, before anything is touched."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from components.model import Addon
from components.settings import IstioProfile, Settings, SettingsError
from components.settings.__main__ import main
from components.settings.settings import READERS, Value

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="values")
def _values() -> dict[str, Value]:
    config = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    return {key: declared["default"] for key, declared in config.items()} | {"registry": "registry.test:5000/team"}


def test_every_key_of_the_project_is_read_into_one_field(values: dict[str, Value]) -> None:
    """Pulumi.yaml, the readers and the fields name the same settings."""
    assert set(values) == set(READERS)
    assert len(READERS) == len(fields(Settings))
    assert Settings.parse(values).istio_profile is IstioProfile.LOAD_BALANCER


@pytest.mark.parametrize(
    ("key", "given", "allowed"),
    [
        pytest.param("replicas", "two", "give a whole number from 1 to 50", id="no number"),
        pytest.param("canaryWeight", 101, "give a whole number from 0 to 100", id="over its range"),
        pytest.param("production", "yes", "give true or false", id="neither true nor false"),
        pytest.param("mutualTLS", "strict", "give one of STRICT, PERMISSIVE", id="in small letters"),
        pytest.param("suppress", [{"code": "M0301"}], "give a list of objects with code, reason", id="no reason"),
        pytest.param("suppress", "M0301", "give a list of objects with code, reason", id="a code alone"),
        pytest.param("suppress", [{"code": "V1001", "reason": "x"}], "'V1001' can not be let stand", id="a refusal"),
        pytest.param("suppress", [{"code": "M1", "reason": "x"}], "M or IST and four digits", id="no code"),
        pytest.param("domain", "http://mesh.test", "give a DNS domain", id="a domain with a scheme"),
        pytest.param("istioVersion", "1.29.2", "from 1.30.0 on", id="charts that drift"),
        pytest.param("istioVersion", "latest", "from 1.30.0 on", id="no version"),
        pytest.param("istioCharts", "/nowhere", "there is no base/Chart.yaml", id="a folder without charts"),
        pytest.param("istioProfile", "minikube", "give one of load-balancer, node-port", id="an unknown profile"),
        pytest.param("istioValues", "{", "this is no JSON", id="values that are no JSON"),
        pytest.param("istioValues", {"cni": {}}, "there is no chart 'cni'", id="values of another chart"),
        pytest.param("addons", ["jeager"], "give a list, each of prometheus, jaeger, grafana, kiali", id="no addon"),
        pytest.param("addons", "jaeger", "give a list", id="an addon that is no list"),
        pytest.param("addons", ["jaeger", "jaeger"], "give each addon once", id="an addon twice"),
        pytest.param("addonImages", {"jaeger": 2}, "give an object of images", id="an image that is no text"),
        pytest.param("registry", "https://registry.test", "without a scheme", id="a registry with a scheme"),
        pytest.param("registry", "", "give a registry", id="no registry"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    values: dict[str, Value], key: str, given: Value, allowed: str
) -> None:
    """The error has the key, the value given and what is allowed."""
    with pytest.raises(SettingsError) as refused:
        Settings.parse({**values, key: given})
    assert f"{key} is {given!r}; " in str(refused.value)
    assert allowed in str(refused.value)


def test_findings_that_may_stand_have_a_reason_each(values: dict[str, Value]) -> None:
    """They are handed on as the analysis takes them; without an object, all are meant."""
    values["suppress"] = [{"code": "M0301", "reason": "the delay is what we test"}]
    (kept,) = Settings.parse(values).suppress
    assert (kept.code, kept.object, kept.reason) == ("M0301", "*", "the delay is what we test")


def test_all_problems_come_at_once(values: dict[str, Value]) -> None:
    """Two wrong values and an unknown key make three lines."""
    with pytest.raises(SettingsError) as refused:
        Settings.parse({**values, "replicas": 0, "production": 1, "replica": 2})
    assert len(str(refused.value).splitlines()) == 3


def test_values_that_disagree_are_refused(values: dict[str, Value]) -> None:
    """A budget that forbids every eviction, and failures rehearsed on production."""
    with pytest.raises(SettingsError, match="no pod could ever be evicted"):
        Settings.parse({**values, "replicas": 1, "minAvailable": 1})
    with pytest.raises(SettingsError, match="failures are not rehearsed on production"):
        Settings.parse({**values, "production": True, "rehearseFailures": True})


def test_a_stack_file_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m components.settings Pulumi.staging.yaml` lists the stacks that there are, and exits 2."""
    monkeypatch.chdir(ROOT)
    assert main(["Pulumi.staging.yaml"]) == 2
    assert (
        "there is no file Pulumi.staging.yaml; stack files here are Pulumi.dev.yaml, Pulumi.prod.yaml"
        in capsys.readouterr().err
    )


def test_addons_are_looked_for_in_their_folder(values: dict[str, Value], tmp_path: Path) -> None:
    """A folder without the manifest of one of them is named with the one that is missing."""
    (tmp_path / "jaeger.yaml").write_text("")
    asked = {**values, "addons": ["jaeger", "kiali"], "addonManifests": str(tmp_path)}
    with pytest.raises(SettingsError) as refused:
        Settings.parse(asked)
    assert str(refused.value) == (
        f"- addons has kiali and addonManifests is {str(tmp_path)!r}, where there is no kiali.yaml; "
        "give the folder samples/addons of Istio, or leave it out"
    )
    assert Settings.parse({**asked, "addons": ["jaeger"]}).addons == (Addon.JAEGER,)
