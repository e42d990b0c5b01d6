"""The stand-ins beside the official parts, where a machine has these."""

import os
import sys
from pathlib import Path

import pytest

from lab.standins.install import Installed, install
from tests.lab.standins.conftest import Project

pytestmark = pytest.mark.lab

PROGRAM = """
import pulumi_kubernetes as k8s
k8s.core.v1.ConfigMap("settings", metadata={"name": "both", "namespace": "default"}, data={"color": "red"})
k8s.rbac.v1.ClusterRole("role", metadata={"name": "both"},
    rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}])
k8s.core.v1.Service("service", metadata={"name": "both", "namespace": "default"}, spec={"ports": [{"port": 80}]})
"""
# Given anew by the server or drawn at random each time an object is made.
FRESH = frozenset(
    {"uid", "resourceVersion", "creationTimestamp", "time", "manager", "__fieldManager", "clusterIP", "clusterIPs"}
)


@pytest.fixture
def official(installed: Installed, tmp_path: Path) -> Installed:
    """The same CLI with the machine's official language host and kubernetes plugin."""
    found = install(
        pulumi_home=tmp_path / "official",
        pulumi=installed.pulumi,
        python=Path(sys.executable),
        official_homes=[Path(os.environ.get("PULUMI_HOME", Path.home() / ".pulumi"))],
    )
    missing = [part.name for part in found.parts if not part.official and "docker" not in part.name]
    if missing:
        pytest.skip(f"this machine has no official {', '.join(missing)} to compare with")
    return found


def test_state_is_the_same_as_officially(project: Project, official: Installed) -> None:
    """URNs, types, ids, inputs and outputs, and the official plugin sees no change in a stand-in's state."""
    project.write(PROGRAM)
    assert project.up().code == 0
    ours = _comparable(project)
    project.installed = official
    assert project.unchanged().code == 0
    assert project.run("destroy", "--yes", "--skip-preview").code == 0
    assert project.up().code == 0
    assert _comparable(project) == ours


def _comparable(project: Project) -> dict[str, object]:
    kept = ("type", "id", "inputs", "outputs", "parent")
    return {
        str(row["urn"]): _without_fresh({key: row.get(key) for key in kept})
        for row in project.resources()
        if str(row["type"]).startswith("kubernetes:")
    }


def _without_fresh(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_fresh(item) for key, item in value.items() if key not in FRESH}
    return [_without_fresh(item) for item in value] if isinstance(value, list) else value
