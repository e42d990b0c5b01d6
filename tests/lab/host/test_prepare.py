"""The whole of it on the real machine: packages, tools, daemons, images."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lab import folders
from lab.host import detached, docker, registry
from lab.host.commands import Commands
from lab.host.prepare import prepare
from lab.images.build import build
from lab.images.catalogue import IMAGES, PAUSE
from lab.images.images import KEY, Images
from lab.progress import Progress
from lab.tools import golang

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def host():
    """The machine with everything on it."""
    with prepare(Progress()) as prepared:
        prepared.ready("all")
        yield prepared


def _docker(host, *arguments):
    env = {**os.environ, "DOCKER_HOST": host.docker_host}
    done = subprocess.run(["docker", *arguments], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_second_run_builds_nothing_and_says_nothing(host):
    """All that is there is recognised by what it was made from."""
    out = io.StringIO()
    with prepare(Progress(stream=out)) as again:
        again.ready("all")
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("tool", "argument", "says"),
    [
        ("kubelet", "--version", "Kubernetes v1.35.4"),
        ("kube-apiserver", "--version", "Kubernetes v1.35.4"),
        ("coredns", "-version", "CoreDNS-1.15.0"),
        ("pilot-discovery", "version", "1.31.0-lab"),
        ("pulumi", "version", "v3.259.0"),
        ("helm", "version", 'Version:"v3'),
        ("kubectl", "version", "Client Version"),
        ("envoy", "--version", "/1.40.0/"),
    ],
)
def test_tools_run_and_say_their_version(host, tool, argument, says):
    """Built for this machine, from the module that is pinned."""
    done = subprocess.run([host.tools.path(tool), argument], capture_output=True, text=True, check=False)
    assert says in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "command", "says"),
    [
        pytest.param("istio/pilot", ["version"], "1.31.0-lab", id="istiod"),
        pytest.param("istio/proxyv2", ["version"], "1.31.0-lab", id="the proxy's agent"),
        pytest.param("load-client", ["sh", "-c", "vegeta -version; id -u"], "65532", id="the load client"),
        pytest.param("builder", ["go", "version"], "go1.", id="the builder"),
        pytest.param("base", ["iptables", "--version"], "nf_tables", id="the base"),
    ],
)
def test_images_run(host, name, command, says):
    """Each has what it needs to start, without a network."""
    said = _docker(host, "run", "--rm", "--network=none", host.images.reference(name), *command)
    assert says in said


def test_an_image_comes_back_from_the_registry(host):
    """What a cell will pull is what was pushed."""
    reference = host.images.reference("pause")
    _docker(host, "rmi", "--force", reference)
    _docker(host, "pull", reference)
    said = _docker(host, "image", "inspect", "--format", '{{index .Config.Labels "lab.key"}}', reference)
    assert said.strip() == host.images.key(PAUSE)


def test_every_pushed_image_is_in_the_registry_under_its_key(host):
    """Looked up as a node would, not in the Docker daemon."""
    for image in (image for image in IMAGES if image.pushed):
        assert (registry.labels(image.name, image.tag) or {}).get(KEY) == host.images.key(image)


def test_the_charts_are_there(host):
    """The three that the program installs."""
    for chart in ("base", "istio-control/istio-discovery", "gateway"):
        assert (host.charts / chart / "Chart.yaml").exists()


def test_a_pause_container_ends_when_asked(host):
    """A pod that ignored SIGTERM would take half a minute to go."""
    name = "mesh-lab-test-pause"
    _docker(host, "run", "--detach", "--rm", "--name", name, "--network=none", host.images.reference("pause"))
    _docker(host, "kill", "--signal=TERM", name)
    assert _docker(host, "wait", name).strip() in ("0", "")


def test_our_own_daemons_leave_the_machine_as_it_was(host, tmp_path, monkeypatch):
    """Started, used and stopped: no mount, link, rule, cgroup or file under /run is left, and nobody else's is gone."""
    pause = host.tools.path("pause")
    monkeypatch.setenv("MESH_LAB_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MESH_LAB_REGISTRY_PORT", "5937")
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/state/docker.sock")
    before = _machine()
    go = golang.find()
    assert go is not None
    commands = Commands(logs=folders.state() / "logs")
    address = docker.address()
    try:
        assert docker.start(address)
        assert registry.start()
        assert _machine() == before
        host.tools.path("pause").parent.mkdir(parents=True)
        shutil.copy(pause, host.tools.path("pause"))
        images = Images(toolbox=host.tools, go=go)
        silent = Progress(stream=io.StringIO())
        build(
            PAUSE, images=images, toolbox=host.tools, go=go, docker_host=address, commands=commands, progress=silent
        )  # fmt: skip
        assert registry.labels("pause", PAUSE.tag) == {KEY: images.key(PAUSE)}
        assert not docker.start(address)
        assert not registry.start()
    finally:
        assert docker.stop()
        assert registry.stop()
    assert _machine() == before
    assert detached.running(tmp_path / "state/docker.json") is None
    assert sorted(entry.name for entry in (tmp_path / "state").iterdir()) == ["logs"]


def _machine():
    rules = subprocess.run(["iptables-save"], capture_output=True, text=True, check=True).stdout
    return {
        "mounts": sorted(line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()),
        # A cell's link may come or go meanwhile.
        "links": sorted(e.name for e in Path("/sys/class/net").iterdir() if not e.name.startswith("mesh-")),
        "rules": [line for line in rules.splitlines() if not line.startswith(("#", ":"))],
        "run": sorted(entry.name for entry in Path("/run").iterdir()),
        "forward": Path("/proc/sys/net/ipv4/ip_forward").read_text(),
        "cgroups": sorted(str(entry) for entry in Path("/sys/fs/cgroup").glob("*/mesh-lab-docker-*")),
    }
