"""helm.v4.Chart under the real CLI, against a real API server."""

from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project
from tests.lab.standins.control_plane import ControlPlane

pytestmark = pytest.mark.lab

DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gears.chart.example.org}
spec:
  group: chart.example.org
  scope: Namespaced
  names: {kind: Gear, plural: gears}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
"""

TEMPLATES = """
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: {{ .Values.color }}, password: {{ .Values.password }}, since: 2026-01-01}
---
apiVersion: chart.example.org/v1
kind: Gear
metadata: {name: gear}
spec: {teeth: {{ .Values.teeth }}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: {{ .Release.Name }}-reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
---
apiVersion: v1
kind: Pod
metadata: {name: hook, annotations: {helm.sh/hook: pre-install}}
"""

PROGRAM = """
import pulumi
import pulumi_kubernetes as k8s

config = pulumi.Config()
namespace = k8s.core.v1.Namespace("ns", metadata={"name": "charts"})
chart = k8s.helm.v4.Chart("engine", chart="./chart", namespace="charts",
    values={"color": config.get("color") or "red", "password": pulumi.Output.secret("hush-hush"), "teeth": 12},
    opts=pulumi.ResourceOptions(depends_on=[namespace]))
pulumi.export("count", chart.resources.apply(len))
pulumi.export("kinds", chart.resources.apply(lambda found: sorted(type(item).__name__ for item in found)))
"""


def _write(project: Project) -> None:
    chart: Path = project.folder / "chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "crds").mkdir()
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: engine\nversion: 1.0.0\n")
    (chart / "templates" / "all.yaml").write_text(TEMPLATES)
    (chart / "crds" / "gears.yaml").write_text(DEFINITION)
    project.write(PROGRAM)


def test_a_charts_objects_are_children_and_live_as_one(project: Project, plane: ControlPlane) -> None:
    """Rendered, made in the right order on the first up, without hooks; unchanged then; one value changes one object."""
    _write(project)
    shown = project.run("preview")
    assert shown.code == 0, shown.output
    assert "+ 7 to create" in shown.output
    up = project.up()
    assert up.code == 0, up.output
    assert project.outputs() == {
        "count": 4,
        "kinds": ["ClusterRole", "ConfigMap", "CustomResourceDefinition", "str"],
    }
    rows = {str(row["urn"]).partition("$")[2]: row for row in project.resources() if "$" in str(row["urn"])}
    assert set(rows) == {
        "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition::engine:gears.chart.example.org",
        "kubernetes:core/v1:ConfigMap::engine:charts/settings",
        "kubernetes:chart.example.org/v1:Gear::engine:charts/gear",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::engine:engine-reader",
    }
    assert len({row["provider"] for row in rows.values()}) == 1
    settings = plane.call("GET", "/api/v1/namespaces/charts/configmaps/settings")
    assert settings["data"] == {"color": "red", "password": "hush-hush", "since": "2026-01-01"}
    assert "hush-hush" not in str(project.resources()) + up.output
    assert project.unchanged().code == 0
    project.run("config", "set", "color", "blue")
    changed = project.run("preview")
    assert "1 to replace" in changed.output
    assert "6 unchanged" in changed.output
    gone = project.run("destroy", "--yes", "--skip-preview")
    assert gone.code == 0, gone.output
    assert not plane.exists("/apis/rbac.authorization.k8s.io/v1/clusterroles/engine-reader")


def test_helms_own_words_reach_the_user(project: Project) -> None:
    """A template that fails is told with helm's message, and nothing is made."""
    _write(project)
    (project.folder / "chart" / "templates" / "bad.yaml").write_text('{{ fail "teeth must be even" }}')
    shown = project.run("preview")
    assert shown.code != 0
    assert "teeth must be even" in shown.output
    assert "Traceback" not in shown.output


def test_an_argument_that_is_not_covered_is_refused_by_name(project: Project) -> None:
    """A post-renderer would be silently left out otherwise."""
    _write(project)
    program = PROGRAM.replace('namespace="charts",', 'namespace="charts", post_renderer={"command": "cat"},')
    project.write(program)
    shown = project.run("preview")
    assert shown.code != 0
    assert "'postRenderer'" in shown.output
