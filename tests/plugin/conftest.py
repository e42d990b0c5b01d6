"""A project of a user's on a control plane with Istio's kinds, run by the real CLI."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from lab.tools import golang
from lab.tools.build import istio_files
from lab.tools.toolbox import Toolbox
from tests.lab.standins.conftest import Project, bare_project, installed, plane, project
from tests.lab.standins.control_plane import ControlPlane
from tests.plugin.nodes import nodes

__all__ = ["bare_project", "installed", "plane", "project"]

ROOT = Path(__file__).parents[2]
CONSUMER = Path(__file__).with_name("consumer")
DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
INGRESS = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "istio-ingress"}}


@pytest.fixture(scope="session", name="charts")
def _charts() -> Path:
    """Istio's charts, as the lab has them."""
    go = golang.find()
    folder = istio_files(Toolbox(go=go)) / "charts" if go else None
    if folder is None or not folder.is_dir():
        pytest.skip("Istio's charts are not in the lab's cache; `make up` brings them")
    return folder


@pytest.fixture(scope="session", name="istio_kinds")
def _istio_kinds(plane: ControlPlane, charts: Path) -> ControlPlane:
    """The API server knows Istio's kinds, and the namespace that its gateway is in."""
    for definition in yaml.safe_load_all((charts / "base" / "files" / "crd-all.gen.yaml").read_text()):
        if definition:
            plane.call("POST", DEFINITIONS, definition)
    plane.call("POST", "/api/v1/namespaces", INGRESS)
    return plane


@pytest.fixture(name="consumer")
def _consumer(project: Project, istio_kinds: ControlPlane) -> Iterator[Project]:
    """The project of the folder `consumer`, copied elsewhere: all it has of this repository is the plugin's path."""
    settings = yaml.safe_load((CONSUMER / "Pulumi.yaml").read_text())
    (provider,) = settings["plugins"]["providers"]
    provider["path"] = str((CONSUMER / provider["path"]).resolve())
    settings["name"] = "project"
    (project.folder / "Pulumi.yaml").write_text(yaml.safe_dump(settings))
    project.write((CONSUMER / "__main__.py").read_text())
    assert project.run("config", "set", "--secret", "key", "hush-hush").code == 0
    with nodes(istio_kinds):
        yield project
        project.run("destroy", "--yes", "--skip-preview")
