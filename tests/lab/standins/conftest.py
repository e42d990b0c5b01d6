"""What the tests against the real Pulumi CLI share: a Pulumi home, a control plane, and a project in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lab.standins.install import Installed, install
from tests.lab.standins.control_plane import ControlPlane, control_plane, tool

PLANE_TOOLS = ("etcd", "kube-apiserver", "kube-controller-manager")
UPDATE_SECONDS = 180


@dataclass(kw_only=True)
class Run:
    """One run of the CLI: all it said, and its exit code."""

    code: int
    output: str


@dataclass(kw_only=True)
class Project:
    """A Pulumi project with one stack, `test`, in a file:// backend of its own."""

    folder: Path
    installed: Installed
    extra: dict[str, str] = field(default_factory=dict)

    def write(self, program: str) -> None:
        (self.folder / "__main__.py").write_text(program)

    def environment(self, **more: str) -> dict[str, str]:
        base = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "KUBECONFIG"))}
        own = {
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
        }
        return self.installed.environment(base | own | self.extra | more)

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [str(self.installed.pulumi), "--non-interactive", "--color=never", *arguments],
            cwd=self.folder, env=self.environment(**more), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *arguments: str, **more: str) -> Run:
        with self.start(*arguments, **more) as child:
            output, _ = child.communicate(timeout=UPDATE_SECONDS)
        return Run(code=child.returncode, output=output)

    def up(self, **more: str) -> Run:
        return self.run("up", "--yes", "--skip-preview", **more)

    def unchanged(self) -> Run:
        return self.run("preview", "--expect-no-changes")

    def resources(self) -> list[dict[str, object]]:
        exported = json.loads(self.run("stack", "export").output)
        listed = exported["deployment"].get("resources", [])
        assert isinstance(listed, list)
        return listed

    def outputs(self) -> dict[str, object]:
        shown = json.loads(self.run("stack", "output", "--json").output)
        assert isinstance(shown, dict)
        return shown


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A Pulumi home with the stand-ins, whatever official parts the machine has."""
    pulumi, helm = tool("pulumi"), tool("helm")
    if pulumi is None:
        pytest.skip("the Pulumi CLI is neither in the lab's cache nor on PATH; `make up` builds it")
    return install(
        pulumi_home=tmp_path_factory.mktemp("pulumi-home"),
        pulumi=pulumi,
        python=Path(sys.executable),
        helm=helm,
        search_path="",
    )


@pytest.fixture(scope="session")
def plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """One API server for all tests; each test has a namespace of its own."""
    found = {name: tool(name) for name in PLANE_TOOLS}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} are neither in the lab's cache nor on PATH; `make up` brings them")
    tools = {name: path for name, path in found.items() if path is not None}
    with control_plane(tmp_path_factory.mktemp("plane"), tools) as running:
        yield running


@pytest.fixture
def bare_project(installed: Installed, tmp_path: Path) -> Project:
    """A project without a cluster."""
    folder = tmp_path / "project"
    (folder / "backend").mkdir(parents=True)
    runtime = {"name": "python", "options": {"virtualenv": "venv"}}
    (folder / "Pulumi.yaml").write_text(json.dumps({"name": "project", "runtime": runtime}))
    (folder / "venv").symlink_to(sys.prefix)
    made = Project(folder=folder, installed=installed)
    started = made.run("stack", "init", "test")
    assert started.code == 0, started.output
    return made


@pytest.fixture
def project(bare_project: Project, plane: ControlPlane) -> Iterator[Project]:
    """A project on the control plane; what is left of it is destroyed afterwards."""
    bare_project.extra["KUBECONFIG"] = str(plane.kubeconfig)
    yield bare_project
    bare_project.run("cancel", "--yes")
    bare_project.run("destroy", "--yes", "--skip-preview")
