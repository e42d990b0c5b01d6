"""The pack's environment, and this repository's program with the pack, run by the real CLI without a cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from lab.overlay import PROJECT, lab_settings, write_stack_file
from lab.standins.install import Installed
from tests.lab.standins.conftest import Project, Run, bare_project, installed, plane, project
from tests.plugin.conftest import _charts

__all__ = ["_charts", "bare_project", "installed", "plane", "project"]

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy"
STACKS = ("dev", "prod")

Preview = Callable[..., Run]


@pytest.fixture(scope="session", name="pack")
def _pack(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack, made ready as its page says: `pulumi install` in its folder."""
    user = Project(folder=tmp_path_factory.mktemp("pack"), installed=installed)
    made = user.run("install", "--cwd", str(PACK))
    assert made.code == 0, made.output
    return PACK


@pytest.fixture(scope="session", name="mesh")
def _mesh(installed: Installed, charts: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The program's project with stacks of the names that it has files for, in a backend of its own."""
    made = Project(folder=tmp_path_factory.mktemp("mesh"), installed=installed)
    (made.folder / "backend").mkdir()
    made.extra["KUBECONFIG"] = str(made.folder / "no-cluster")
    (made.folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": PROJECT, "runtime": "python"}))
    images = {"registry": "registry.test", "builder": "builder", "load-client": "load-client"}
    settings = lab_settings(hub="registry.test/istio", tag="tag", address="192.0.2.1", charts=charts, images=images)
    for name in STACKS:
        started = made.run("stack", "init", name)
        assert started.code == 0, started.output
        write_stack_file(ROOT / f"Pulumi.{name}.yaml", made.folder / f"{name}.yaml", settings=settings, extra={})
    return made


@pytest.fixture(name="preview")
def _preview(mesh: Project, pack: Path, tmp_path: Path) -> Preview:
    """Preview one of the program's stacks with the pack: `settings` laid over the stack's own, `config` for the pack."""

    def preview(stack: str, *, config: str = "{}", **settings: Any) -> Run:
        stack_file, pack_config = tmp_path / f"{stack}.yaml", tmp_path / "policy.json"
        write_stack_file(mesh.folder / f"{stack}.yaml", stack_file, settings=settings, extra={})
        pack_config.write_text(config)
        told = ("--policy-pack", str(pack), "--policy-pack-config", str(pack_config))
        place = ("--cwd", str(ROOT), "--stack", stack, "--config-file", str(stack_file))
        return mesh.run("preview", "--suppress-outputs", *place, *told)

    return preview
