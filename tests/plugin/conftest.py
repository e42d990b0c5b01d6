"""A project of a user's on a control plane with Istio's kinds, run by the real CLI."""

from __future__ import annotations

import time
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
NAMESPACES = "/api/v1/namespaces"
INSTALLED = ("istio-system", "istio-ingress")
GONE_SECONDS = 60


@pytest.fixture(scope="session", name="charts")
def _charts() -> Path:
    """Istio's charts, as the lab has them."""
    go = golang.find()
    folder = istio_files(Toolbox(go=go)) / "charts" if go else None
    if folder is None or not folder.is_dir():
        pytest.skip("Istio's charts are not in the lab's cache; `make up` brings them")
    return folder


@pytest.fixture(name="istio_kinds")
def _istio_kinds(plane: ControlPlane, charts: Path) -> Iterator[ControlPlane]:
    """For one test the API server knows Istio's kinds, and has the namespaces that an installed Istio has."""
    listed = yaml.safe_load_all((charts / "base" / "files" / "crd-all.gen.yaml").read_text())
    definitions = [definition for definition in listed if definition]
    for definition in definitions:
        plane.call("POST", DEFINITIONS, definition)
    for name in INSTALLED:
        plane.call("POST", NAMESPACES, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    yield plane
    made = [f"{NAMESPACES}/{name}" for name in INSTALLED]
    made += [f"{DEFINITIONS}/{definition['metadata']['name']}" for definition in definitions]
    for path in made:
        plane.call("DELETE", path)
    end = time.monotonic() + GONE_SECONDS
    while any(plane.exists(path) for path in made):
        assert time.monotonic() < end, f"not all of {', '.join(made)} went away"
        time.sleep(0.2)


@pytest.fixture(name="user")
def _user(project: Project, plane: ControlPlane) -> Iterator[Project]:
    """A project of a user's, elsewhere: all it has of this repository is the plugin's path. What it made is destroyed."""
    settings = yaml.safe_load((CONSUMER / "Pulumi.yaml").read_text())
    (provider,) = settings["plugins"]["providers"]
    provider["path"] = str((CONSUMER / provider["path"]).resolve())
    settings["name"] = "project"
    (project.folder / "Pulumi.yaml").write_text(yaml.safe_dump(settings))
    with nodes(plane):
        yield project
        project.run("destroy", "--yes", "--skip-preview")


@pytest.fixture(name="consumer")
def _consumer(istio_kinds: ControlPlane, user: Project) -> Project:
    """The project of the folder `consumer`, where Istio's kinds are known."""
    user.write((CONSUMER / "__main__.py").read_text())
    assert user.run("config", "set", "--secret", "key", "hush-hush").code == 0
    return user
