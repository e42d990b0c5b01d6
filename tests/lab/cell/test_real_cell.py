"""One real cluster: what it does, what it survives, and what it leaves behind."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from lab.cell import Milestone, cgroups, identity
from lab.cell.layout import cell_folder
from lab.errors import LabError
from lab.progress import Progress

pytestmark = pytest.mark.lab
PATIENCE = 90.0
ANSWER = (
    "use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => 8000, Listen => 9, ReuseAddr => 1) or die; "
    'while (my $c = $s->accept) { while (<$c>) { last if /^\\r?\\n$/ } print $c "HTTP/1.0 200 OK\\r\\n\\r\\nhello" }'
)


@pytest.fixture(scope="module")
def cell(make_cell):
    """A cell that runs, with a workload behind a Service that has a node port and the cell's address."""
    cell = make_cell("t-one")
    cluster = cell.start(Progress())
    apply(cell, workload(cluster.address))
    kubectl(cell, "wait", "--for=condition=Available", "deployment/web", f"--timeout={PATIENCE:.0f}s")
    kubectl(cell, "wait", "--for=condition=Ready", "pod/client", f"--timeout={PATIENCE:.0f}s")
    return cell


def workload(address):
    image = "localhost:5917/base:bookworm"
    web = {"containers": [{"name": "web", "image": image, "command": ["perl", "-e", ANSWER]}]}
    labels = {"app": "web"}
    template = {"metadata": {"labels": labels}, "spec": web}
    client = {"containers": [{"name": "client", "image": image, "command": ["sleep", "infinity"]}]}
    ports = [{"port": 80, "targetPort": 8000, "nodePort": 30080}]
    return [
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web"},
            "spec": {"selector": {"matchLabels": labels}, "template": template},
        },
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": "web"},
            "spec": {"type": "NodePort", "externalIPs": [address], "selector": labels, "ports": ports},
        },
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "client"}, "spec": client},
    ]


def kubectl(cell, *arguments, text=None):
    command = [str(cell.tools["kubectl"]), "--kubeconfig", str(cell.kubeconfig), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def apply(cell, documents):
    kubectl(cell, "apply", "-f", "-", text=json.dumps({"apiVersion": "v1", "kind": "List", "items": documents}))


def answer(url):
    """What the URL answers, once it does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                return response.read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def status(cell):
    return json.loads((cell.logs / "status.json").read_text())


def host_as_it_is():
    """What a cell might change on the host: interfaces, addresses, routes, rules, mounts, settings, groups, /etc."""
    commands = [
        ["ip", "-o", "link"],
        ["ip", "-o", "address"],
        ["ip", "route", "show", "table", "all"],
        ["iptables-save"],
        ["sysctl", "-a", "-r", "^(net|vm|kernel[.](panic|keys))"],
    ]
    seen = {" ".join(command): subprocess.run(command, capture_output=True, text=True).stdout for command in commands}
    # Other cells may come and go meanwhile, and counters count.
    lines = {
        name: [
            line
            for line in text.splitlines()
            if not line.startswith("#") and "mesh-" not in line and "198.18" not in line
        ]
        for name, text in seen.items()
    }
    lines["mounts"] = Path("/proc/self/mountinfo").read_text().splitlines()
    lines["etc"] = sorted(f"{path} {path.lstat().st_mtime_ns}" for path in Path("/etc").rglob("*"))
    return lines


def test_the_node_is_ready(cell):
    """One node with the cell's name and address."""
    node = json.loads(kubectl(cell, "get", "nodes", "-o", "json"))["items"][0]
    assert node["metadata"]["name"] == "mesh-t-one"
    assert {"type": "InternalIP", "address": cell.address} in node["status"]["addresses"]


def test_a_running_cell_is_started_without_doing_anything(cell):
    """The same processes serve after a second start."""
    before = status(cell)
    cell.start(Progress())
    assert {name: entry["pid"] for name, entry in status(cell).items()} == {n: e["pid"] for n, e in before.items()}


@pytest.mark.parametrize("port", [80, 30080], ids=["external address", "node port"])
def test_the_host_reaches_a_service(cell, port):
    """At the cell's address, from outside."""
    assert answer(f"http://{cell.address}:{port}/") == b"hello"


def test_a_pod_finds_a_service_by_name_and_nothing_outside(cell):
    """The cluster's names resolve in a pod, other names do not."""
    assert "web.default.svc.cluster.local" in kubectl(cell, "exec", "client", "--", "getent", "hosts", "web")
    outside = ["sh", "-c", "getent hosts example.com || echo unknown"]
    assert kubectl(cell, "exec", "client", "--", *outside).strip() == "unknown"


def test_a_pod_reaches_nothing_outside_the_cell(cell):
    """Neither the host's end of the link nor an address beyond can be called."""
    host = cell.address.rpartition(".")[0] + "." + str(int(cell.address.rpartition(".")[2]) - 1)
    # The registry of the host listens on loopback only, so a port that surely listens is made for this.
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "18999", "--bind", host], stderr=subprocess.DEVNULL
    ) as web:
        try:
            answer(f"http://{host}:18999/")
            probe = f"exec 3<>/dev/tcp/{host}/18999 && echo reached || echo refused"
            assert kubectl(cell, "exec", "client", "--", "timeout", "5", "bash", "-c", probe).strip() != "reached"
        finally:
            web.kill()


def test_the_node_itself_reaches_services_as_webhooks_need(cell):
    """The API server calls webhooks by Service address from the node's own network."""
    address = kubectl(cell, "get", "service", "web", "-o", "jsonpath={.spec.clusterIP}")
    program = f"import urllib.request; print(urllib.request.urlopen('http://{address}/', timeout=9).read().decode())"
    done = cell.exec([str(Path(sys.executable).resolve()), "-I", "-c", program])
    assert done.stdout.strip() == "hello", done.stderr


def test_what_runs_inside_sees_the_cells_files_only(cell):
    """The root is the cell's, and the host's /usr cannot be written."""
    assert cell.exec(["cat", "/etc/hostname"]).stdout.strip() == "mesh-t-one"
    assert "Read-only file system" in cell.exec(["touch", "/usr/x"]).stderr
    assert cell.exec(["ls", "/old", str(Path.home() / ".ssh")]).returncode != 0


def test_two_cells_run_side_by_side(cell, make_cell):
    """Each has its own address and node, and one ends without the other."""
    other = make_cell("t-two")
    other.start(Progress())
    assert other.address != cell.address
    assert "mesh-t-two" in kubectl(other, "get", "nodes", "-o", "name")
    other.stop()
    assert not other.running()
    assert answer(f"http://{cell.address}/") == b"hello"


@pytest.mark.parametrize("daemon", ["etcd", "kube-apiserver", "containerd", "kubelet", "kube-proxy"])
def test_a_killed_daemon_comes_back(cell, daemon):
    """After kill -9 of one daemon, start waits until the cluster is whole again, and the workload serves."""
    before = status(cell)[daemon]
    assert cell.exec(["kill", "-9", str(before["pid"])]).returncode == 0
    deadline = time.monotonic() + PATIENCE
    while not (status(cell)[daemon]["starts"] > before["starts"] and status(cell)[daemon]["pid"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    cell.start(Progress())
    assert answer(f"http://{cell.address}/") == b"hello"


def test_a_killed_cell_starts_again_with_its_data(cell):
    """After kill -9 of its first process the next start brings back what was deployed."""
    first = identity.load(cell_folder(cell.state, cell.name) / "process.json")
    os.kill(first.pid, signal.SIGKILL)
    cell.start(Progress())
    assert "deployment.apps/web" in kubectl(cell, "get", "deployments", "-o", "name")
    assert answer(f"http://{cell.address}/") == b"hello"


def test_a_link_that_was_deleted_is_made_again(cell):
    """Without its link the cell does not count as running, and start heals it."""
    subprocess.run(["ip", "link", "delete", "mesh-t-one"], check=True)
    assert not cell.running()
    cell.start(Progress())
    assert answer(f"http://{cell.address}/") == b"hello"


def test_a_daemon_that_cannot_run_is_named(make_cell):
    """The error names it and its log; stop cleans up."""
    sound = make_cell("t-broken")
    broken = dataclasses.replace(sound, tools={**sound.tools, "kubelet": Path("/bin/false")})
    with pytest.raises(LabError, match=r"kubelet is .*exit codes 1.*kubelet\.log"):
        broken.start(Progress())
    broken.stop()
    assert not broken.running()


def test_another_cell_of_the_same_name_is_left_alone(cell, tmp_path):
    """A cell under another state folder that would be called the same is refused, and stopping it touches nothing."""
    twin = dataclasses.replace(cell, state=tmp_path)
    with pytest.raises(LabError, match="mesh-t-one is there already"):
        twin.start(Progress())
    cell_folder(tmp_path, twin.name).mkdir(parents=True)
    (cell_folder(tmp_path, twin.name) / "slot").write_text("60")
    twin.stop()
    assert cell.running()
    assert answer(f"http://{cell.address}/") == b"hello"


def test_kept_images_are_there_in_the_next_fresh_cell(make_cell, tmp_path):
    """A cell that starts after images were kept has them before any pod asks."""
    plain = make_cell("t-keep")
    keeping = dataclasses.replace(
        plain, image_store=tmp_path, images=[plain.pause_image, "localhost:5917/base:bookworm"]
    )
    keeping.start(Progress(), until=Milestone.API)
    keeping.save_images(Progress())
    keeping.stop()
    keeping.start(Progress(), until=Milestone.NODE)
    listed = keeping.exec(["ctr", "-n", "k8s.io", "images", "ls", "-q"]).stdout.split()
    assert set(keeping.images) <= set(listed)
    keeping.stop()


def test_stop_leaves_the_host_as_it_was(make_cell):
    """Interfaces, routes, rules, mounts, settings, groups and /etc are as before, and the state is gone."""
    before = host_as_it_is()
    passing = make_cell("t-pass")
    passing.start(Progress(), until=Milestone.API)
    first = identity.load(cell_folder(passing.state, passing.name) / "process.json")
    passing.stop()
    assert host_as_it_is() == before
    assert not first.alive()
    groups = cgroups.hierarchies(cgroups.MOUNTS.read_text())
    assert not [mount for mount, _ in groups if (mount / "mesh-t-pass").exists()]
    assert not cell_folder(passing.state, passing.name).exists()
