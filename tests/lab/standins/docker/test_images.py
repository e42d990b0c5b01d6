"""The docker plugin under the real CLI, with a Docker daemon and a registry of the test's own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project
from tests.lab.standins.control_plane import tool

pytestmark = pytest.mark.lab

PROGRAM = """
import pulumi
import pulumi_docker as docker
image = docker.Image("image", image_name="REGISTRY/shop/web:1",
    build={"context": "web", "args": {"version": pulumi.Config().get("version") or "1"}, "builder_version": "BuilderV1"},
    registry={"server": "REGISTRY", "username": "user", "password": pulumi.Output.secret("hush-hush")})
pulumi.export("digest", image.repo_digest)
pulumi.export("base", image.base_image_name)
"""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """Where images are built and kept."""

    host: str
    registry: str
    storage: Path


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    """A daemon without network and a registry; both are gone afterwards."""
    missing = [name for name in ("docker", "dockerd", "docker-registry") if tool(name) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"a Docker daemon of the test's own needs root and {', '.join(missing) or 'nothing else'}")
    # Short, since a socket's path has at most 108 letters.
    folder = Path(tempfile.mkdtemp(prefix="standins-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        registry = f"localhost:{free.getsockname()[1]}"
    port = registry.partition(":")[2]
    (folder / "registry.yml").write_text(
        f"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {folder}/images}}}}\nhttp: {{addr: '127.0.0.1:{port}'}}\n"
    )
    host = f"unix://{folder}/docker.sock"
    commands = (
        ["docker-registry", "serve", f"{folder}/registry.yml"],
        [
            "dockerd", "--host", host, "--data-root", f"{folder}/data", "--exec-root", f"{folder}/exec",
            "--pidfile", f"{folder}/pid", "--bridge=none", "--iptables=false", "--ip-forward=false",
        ],
    )  # fmt: skip
    started = []
    try:
        for command in commands:
            with (folder / f"{command[0]}.log").open("wb") as log:
                started.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
        _until(lambda: subprocess.run(["docker", "--host", host, "info"], capture_output=True).returncode == 0)
        _until(lambda: _answers(f"http://{registry}/v2/"))
        yield Workshop(host=host, registry=registry, storage=folder / "images")
    finally:
        for process in started:
            process.terminate()
            process.wait(timeout=60)
        shutil.rmtree(folder)


def test_an_image_is_built_once_a_content(bare_project: Project, workshop: Workshop) -> None:
    """Built and pushed by up, not by preview; not again while the context is the same; again when it changes or is lost."""
    bare_project.extra["DOCKER_HOST"] = workshop.host
    bare_project.write(PROGRAM.replace("REGISTRY", workshop.registry))
    context = bare_project.folder / "web"
    context.mkdir()
    (context / "Dockerfile").write_text("FROM scratch\nARG version\nLABEL version=$version\nCOPY page /page\n")
    (context / "page").write_text("one")
    shown = bare_project.run("preview")
    assert "digest: [unknown]" in shown.output
    assert not list(workshop.storage.rglob("*sha256*"))
    up = bare_project.up()
    assert up.code == 0, up.output
    first = bare_project.outputs()
    assert str(first["digest"]).startswith(f"{workshop.registry}/shop/web@sha256:")
    assert first["base"] == f"{workshop.registry}/shop/web"
    assert "hush-hush" not in up.output + str(bare_project.resources())
    assert bare_project.unchanged().code == 0
    (context / "page").write_text("two")
    assert "1 to update" in bare_project.run("preview").output
    assert bare_project.up().code == 0
    second = bare_project.outputs()
    assert second["digest"] != first["digest"]
    bare_project.run("config", "set", "version", "2")
    assert bare_project.up().code == 0
    assert bare_project.outputs()["digest"] != second["digest"]
    assert bare_project.run("refresh", "--yes", "--expect-no-changes").code == 0
    shutil.rmtree(workshop.storage)
    assert "1 deleted" in bare_project.run("refresh", "--yes").output


def test_dockers_own_words_reach_the_user(bare_project: Project, workshop: Workshop) -> None:
    """A build that fails is told with the end of its output."""
    bare_project.extra["DOCKER_HOST"] = workshop.host
    bare_project.write(PROGRAM.replace("REGISTRY", workshop.registry))
    (bare_project.folder / "web").mkdir()
    (bare_project.folder / "web" / "Dockerfile").write_text("FROM scratch\nCOPY nothing /\n")
    shown = bare_project.up()
    assert shown.code != 0
    assert "docker build" in shown.output
    assert "nothing" in shown.output
    assert "Traceback" not in shown.output


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except OSError:
        return False


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come about within a minute"
        time.sleep(0.1)
