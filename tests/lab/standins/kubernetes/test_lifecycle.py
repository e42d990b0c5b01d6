"""The kubernetes plugin under the real CLI, against a real API server."""

import json
import time
import urllib.error
from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project
from tests.lab.standins.control_plane import ControlPlane

pytestmark = pytest.mark.lab

SHOP = """
import pulumi
import pulumi_kubernetes as k8s

config = pulumi.Config()
namespace = k8s.core.v1.Namespace("ns", metadata={"name": config.require("namespace")})
inside = {"namespace": namespace.metadata.name}
settings = k8s.core.v1.ConfigMap("settings", metadata={**inside}, data={"color": config.get("color") or "red"})
fixed = k8s.core.v1.ConfigMap("fixed", metadata={**inside, "name": "fixed"}, data={"color": config.get("color") or "red"})
secret = k8s.core.v1.Secret("secret", metadata={**inside, "name": "s"}, string_data={"password": "hush-hush"})
account = k8s.core.v1.ServiceAccount(
    "account", metadata={**inside, "name": "account", "labels": {"color": config.get("color") or "red"}})
service = k8s.core.v1.Service("service", metadata={**inside, "name": "web"},
    spec={"ports": [{"name": "http", "port": 80, "targetPort": 8000}]})
pulumi.export("settings", settings.metadata.name)
pulumi.export("address", service.spec.cluster_ip)
pulumi.export("password", secret.data["password"])
"""

WIDGETS = """
import pulumi
import pulumi_kubernetes as k8s

config = pulumi.Config()
namespace = k8s.core.v1.Namespace("ns", metadata={"name": config.require("namespace")})
definition = k8s.apiextensions.v1.CustomResourceDefinition("definition",
    metadata={"name": "widgets.life.example.org"},
    spec={"group": "life.example.org", "scope": "Namespaced", "names": {"kind": "Widget", "plural": "widgets"},
          "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
              "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]})
for at in range(config.require_int("count")):
    k8s.apiextensions.CustomResource(f"widget-{at}", api_version="life.example.org/v1", kind="Widget",
        metadata={"name": f"widget-{at}", "namespace": "NAMESPACE", "annotations": json_annotations},
        spec={"size": 80}, opts=pulumi.ResourceOptions(depends_on=[definition, namespace]))
"""


def _shop(project: Project, namespace: str) -> None:
    project.write(SHOP)
    project.run("config", "set", "namespace", namespace)


def _done(project: Project) -> None:
    up = project.up()
    assert up.code == 0, up.output


def _types(project: Project) -> dict[str, dict[str, object]]:
    return {str(row["urn"]).rpartition("::")[2]: row for row in project.resources()}


def test_what_is_up_is_unchanged_until_it_changes(project: Project, plane: ControlPlane) -> None:
    """Up, a preview without changes, an update and a replacement, and destroy leaves nothing."""
    _shop(project, "life")
    _done(project)
    first = project.outputs()
    assert str(first["address"]).startswith("10.96.")
    assert plane.exists(f"/api/v1/namespaces/life/configmaps/{first['settings']}")
    assert project.unchanged().code == 0
    project.run("config", "set", "color", "blue")
    shown = project.run("preview", "--diff")
    assert "2 to replace" in shown.output
    assert "1 to update" in shown.output
    _done(project)
    second = project.outputs()
    assert second["settings"] != first["settings"]
    assert not plane.exists(f"/api/v1/namespaces/life/configmaps/{first['settings']}")
    fixed = plane.call("GET", "/api/v1/namespaces/life/configmaps/fixed")
    account = plane.call("GET", "/api/v1/namespaces/life/serviceaccounts/account")
    assert fixed["data"] == {"color": "blue"}
    assert "'color': 'blue'" in str(account["metadata"])
    assert project.unchanged().code == 0
    gone = project.run("destroy", "--yes", "--skip-preview")
    assert gone.code == 0, gone.output
    assert not plane.exists("/api/v1/namespaces/life")
    assert project.resources() == []


def test_state_has_the_official_shape_and_no_secret_in_clear(project: Project) -> None:
    """Ids, the three kept fields, and secrets as ciphertext only: in inputs, in outputs, on the screen."""
    _shop(project, "shape")
    up = project.up()
    rows = _types(project)
    account, namespace = rows["account"], rows["ns"]
    assert (account["id"], namespace["id"]) == ("shape/account", "shape")
    assert account["type"] == "kubernetes:core/v1:ServiceAccount"
    outputs = account["outputs"]
    assert isinstance(outputs, dict)
    assert outputs["__inputs"] == account["inputs"]
    assert outputs["__initialApiVersion"] == "v1"
    assert str(outputs["__fieldManager"]).startswith("pulumi-kubernetes-")
    state = json.dumps(project.resources())
    for text in ("hush-hush", "aHVzaC1odXNo"):
        assert text not in state
        assert text not in up.output


def test_a_preview_knows_what_is_declared_and_not_what_the_server_decides(project: Project) -> None:
    """Names are known before anything exists; addresses are not, and nothing is made."""
    _shop(project, "seen")
    shown = project.run("preview")
    assert shown.code == 0, shown.output
    assert 'settings: "settings-' in shown.output
    assert "address : [unknown]" in shown.output


def test_drift_shows_after_refresh_and_up_takes_it_back(project: Project, plane: ControlPlane) -> None:
    """A changed field and a deleted object are found; a field of another manager is taken back by force only."""
    _shop(project, "drift")
    _done(project)
    labels = {"metadata": {"labels": {"color": "green"}}}
    plane.call("PATCH", "/api/v1/namespaces/drift/serviceaccounts/account", labels, "application/merge-patch+json")
    plane.call("DELETE", "/api/v1/namespaces/drift/configmaps/fixed")
    assert project.unchanged().code == 0
    refreshed = project.run("refresh", "--yes")
    assert "1 updated" in refreshed.output
    assert "1 deleted" in refreshed.output
    refused = project.up()
    assert refused.code != 0
    assert "PULUMI_K8S_ENABLE_PATCH_FORCE" in refused.output
    forced = project.up(PULUMI_K8S_ENABLE_PATCH_FORCE="true")
    assert forced.code == 0, forced.output
    assert "blue" not in str(plane.call("GET", "/api/v1/namespaces/drift/serviceaccounts/account")["metadata"])
    assert plane.exists("/api/v1/namespaces/drift/configmaps/fixed")
    again = project.run("refresh", "--yes", "--expect-no-changes")
    assert again.code == 0, again.output


def test_an_immutable_field_becomes_a_replacement(project: Project) -> None:
    """Also where no table says so: the server's dry run does."""
    program = """
import pulumi
import pulumi_kubernetes as k8s
value = pulumi.Config().require_int("value")
k8s.scheduling.v1.PriorityClass("priority", metadata={"name": "standins-priority"}, value=value)
"""
    project.write(program)
    project.run("config", "set", "value", "1")
    _done(project)
    project.run("config", "set", "value", "2")
    assert "1 to replace" in project.run("preview").output
    _done(project)
    assert project.unchanged().code == 0


def test_the_same_thing_written_another_way_is_no_change(project: Project) -> None:
    """Quantities are compared as the server compares them; refresh keeps the words of the program."""
    program = """
import pulumi
import pulumi_kubernetes as k8s
k8s.core.v1.ResourceQuota("quota", metadata={"name": "standins", "namespace": "default"},
    spec={"hard": {"cpu": pulumi.Config().require("cpu")}})
"""
    project.write(program)
    project.run("config", "set", "cpu", "1")
    _done(project)
    project.run("config", "set", "cpu", "1000m")
    assert project.unchanged().code == 0
    assert project.run("refresh", "--yes", "--expect-no-changes").code == 0


def test_a_deployment_is_waited_for(project: Project, plane: ControlPlane) -> None:
    """Up ends when the status says so; what is not ready in time is kept, told, and healed by the next up."""
    program = """
import pulumi
import pulumi_kubernetes as k8s
labels = {"app": "slow"}
k8s.apps.v1.Deployment("slow", metadata={"name": "slow", "namespace": "default",
        "annotations": {"pulumi.com/timeoutSeconds": pulumi.Config().require("seconds")}},
    spec={"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels},
        "spec": {"containers": [{"name": "c", "image": "nothing"}]}}})
"""
    project.write(program)
    project.run("config", "set", "seconds", "1")
    late = project.up()
    assert late.code != 0
    assert "Deployment default/slow: not ready after 1 s; 0 of 1 replicas available" in late.output
    assert "slow" in _types(project)
    project.run("config", "set", "seconds", "60")
    path = "/apis/apps/v1/namespaces/default/deployments/slow"
    with project.start("up", "--yes", "--skip-preview") as update:
        time.sleep(1)
        assert update.poll() is None
        status = {"replicas": 1, "updatedReplicas": 1, "readyReplicas": 1, "availableReplicas": 1}
        patch = {"status": {**status, "observedGeneration": 99}}
        plane.call("PATCH", f"{path}/status", patch, "application/merge-patch+json")
        output, _ = update.communicate(timeout=60)
    assert update.returncode == 0, output
    assert project.unchanged().code == 0


@pytest.mark.parametrize(
    ("annotation", "ready"),
    [
        ('{"pulumi.com/waitFor": "jsonpath={.spec.size}=80"}', True),
        ('{"pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "1"}', False),
        ('{"pulumi.com/waitFor": "condition=Ready", "pulumi.com/skipAwait": "true"}', True),
    ],
    ids=["holds", "never holds", "not waited for"],
)
def test_an_annotation_says_what_to_wait_for(project: Project, annotation: str, ready: bool) -> None:
    """waitFor, timeoutSeconds and skipAwait on a kind without a rule of its own."""
    project.write(WIDGETS.replace("json_annotations", annotation).replace("NAMESPACE", "waits"))
    project.run("config", "set", "namespace", "waits")
    project.run("config", "set", "count", "1")
    assert (project.up().code == 0) is ready


def test_an_update_killed_midway_is_healed_by_the_next(project: Project, plane: ControlPlane) -> None:
    """After kill -9 of the engine: no process stays, and with the two healing options the next up ends the work."""
    project.write(WIDGETS.replace("json_annotations", "{}").replace("NAMESPACE", "heals"))
    project.run("config", "set", "namespace", "heals")
    project.run("config", "set", "count", "60")
    path = "/apis/life.example.org/v1/namespaces/heals/widgets"
    with project.start("up", "--yes", "--skip-preview") as update:
        while _count(plane, path) < 10:
            assert update.poll() is None, update.communicate()[0]
            time.sleep(0.02)
        update.kill()
    assert 10 <= _count(plane, path) < 60
    project.run("cancel", "--yes")
    healed = project.up(PULUMI_K8S_UPSERT_EXISTING_OBJECTS="true", PULUMI_K8S_ENABLE_PATCH_FORCE="true")
    assert healed.code == 0, healed.output
    assert _count(plane, path) == 60
    assert project.unchanged().code == 0
    project.run("destroy", "--yes", "--skip-preview")
    assert not plane.exists("/api/v1/namespaces/heals")


def test_what_exists_already_is_not_taken_over_unasked(project: Project, plane: ControlPlane) -> None:
    """The error says what to do; with upsert the object is adopted."""
    plane.call("POST", "/api/v1/namespaces/default/configmaps", {"metadata": {"name": "theirs"}, "data": {"a": "1"}})
    project.write(
        "import pulumi_kubernetes as k8s\n"
        "k8s.core.v1.ConfigMap('c', metadata={'name': 'theirs', 'namespace': 'default'}, data={'b': '2'})\n"
    )
    refused = project.up()
    assert refused.code != 0
    assert "ConfigMap default/theirs already exists" in refused.output
    assert "upsertExistingObjects" in refused.output
    assert project.up(PULUMI_K8S_UPSERT_EXISTING_OBJECTS="true").code == 0


def test_a_preview_without_a_cluster_shows_what_is_declared(bare_project: Project, tmp_path: Path) -> None:
    """Said once, and nothing is made; up is refused with the address."""
    nowhere = {"server": "https://127.0.0.1:9"}
    content = {
        "current-context": "c",
        "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u"}}],
        "clusters": [{"name": "k", "cluster": nowhere}],
        "users": [{"name": "u", "user": {}}],
    }
    file = tmp_path / "kubeconfig"
    file.write_text(json.dumps(content))
    bare_project.extra["KUBECONFIG"] = str(file)
    _shop(bare_project, "nowhere")
    shown = bare_project.run("preview", "--diff")
    assert shown.code == 0, shown.output
    assert shown.output.count("unreachable") == 1
    assert "https://127.0.0.1:9" in shown.output
    assert "+ 7 to create" in shown.output
    refused = bare_project.up()
    assert refused.code != 0
    assert "the Kubernetes cluster is unreachable: no API server answers at https://127.0.0.1:9" in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "k8s.core.v1.ConfigMapPatch('p', metadata={'name': 'x'})",
            "resource type 'kubernetes:core/v1:ConfigMapPatch'",
        ),
        ("k8s.Provider('p', render_yaml_to_directory='x')", "provider option 'renderYamlToDirectory'"),
        ("k8s.helm.v3.Release('r', chart='x')", "resource type 'kubernetes:helm.sh/v3:Release'"),
        (
            "k8s.apiextensions.CustomResource('c', api_version='no.such/v1', kind='Thing', metadata={'name': 'x'})",
            "serves no kind Thing in no.such/v1",
        ),
        (
            "k8s.core.v1.Service('s', metadata={'name': 'Upper', 'namespace': 'default'}, spec={'ports': [{'port': 80}]})",
            "Invalid value",
        ),
    ],
    ids=["patch", "provider option", "release", "unknown kind", "refused by the server"],
)
def test_an_error_is_one_paragraph_that_names_the_cause(project: Project, program: str, said: str) -> None:
    """No traceback, exit code not 0."""
    project.write(f"import pulumi_kubernetes as k8s\n{program}\n")
    shown = project.up()
    assert shown.code != 0
    assert said in shown.output
    assert "Traceback" not in shown.output


def _count(plane: ControlPlane, path: str) -> int:
    try:
        listed = plane.call("GET", path)["items"]
    except urllib.error.HTTPError:
        return 0
    assert isinstance(listed, list)
    return len(listed)
