"""The supervisor, with real processes that stand for daemons."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lab.cell import pki, supervisor
from tests.lab.cell.doubles import layout

PATIENCE = 20.0


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A folder with the certificates the supervisor shows to an API server."""
    folder = tmp_path_factory.mktemp("pki")
    pki.make(folder, [leaf for leaf in pki.certificates(layout()) if leaf.name == "admin"])
    return folder


@pytest.fixture
def supervise(tmp_path, certificates):
    """Start a supervisor over the given daemons; ended with all its daemons when the test is over."""
    started = []

    def start(*declared):
        plan = {
            "server": "https://127.0.0.1:1",
            "ca": str(certificates / "ca.crt"),
            "certificate": str(certificates / "admin.crt"),
            "key": str(certificates / "admin.key"),
            "logs": str(tmp_path),
            "status": str(tmp_path / "status.json"),
            "environment": {"PATH": "/usr/bin:/bin", "FOLDER": str(tmp_path)},
            "daemons": [{"after": [], "restarts_with": [], **daemon} for daemon in declared],
        }
        (tmp_path / "plan.json").write_text(json.dumps(plan))
        script = Path(supervisor.__file__)
        started.append(subprocess.Popen([sys.executable, "-I", "-S", str(script), str(tmp_path / "plan.json")]))
        return tmp_path

    yield start
    for process in started:
        process.kill()
        process.wait()
    for entry in status(tmp_path).values():
        if entry["pid"]:
            subprocess.run(["kill", "-9", str(entry["pid"])], capture_output=True)


def status(folder):
    try:
        return json.loads((folder / "status.json").read_text())
    except FileNotFoundError:
        return {}


def await_status(folder, true):
    deadline = time.monotonic() + PATIENCE
    while not (found := status(folder)) or not true(found):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def sleeper(name, **more):
    return {"name": name, "argv": ["sleep", "1000"], **more}


def test_a_daemon_that_dies_is_started_again(supervise):
    """It comes back with a new pid, and the status says how it ended."""
    folder = supervise(sleeper("etcd"))
    first = await_status(folder, lambda found: found["etcd"]["pid"])["etcd"]
    subprocess.run(["kill", "-9", str(first["pid"])], check=True)
    second = await_status(folder, lambda found: found["etcd"]["starts"] == 2 and found["etcd"]["pid"])["etcd"]
    assert second["pid"] != first["pid"]
    assert second["exits"] == [-9]
    assert second["since"] > first["since"]


def test_a_daemon_ends_with_the_one_it_restarts_with(supervise):
    """The API server's end starts the scheduler anew and leaves etcd alone."""
    folder = supervise(sleeper("etcd"), sleeper("api"), sleeper("scheduler", restarts_with=["api"]))
    first = await_status(folder, lambda found: all(entry["pid"] for entry in found.values()))
    subprocess.run(["kill", "-9", str(first["api"]["pid"])], check=True)
    last = await_status(folder, lambda found: found["scheduler"]["starts"] == 2 and found["scheduler"]["pid"])
    assert last["etcd"] == first["etcd"]


def test_a_daemon_waits_for_what_it_needs(supervise, tmp_path):
    """It starts when the socket answers, and says meanwhile what it waits for."""
    path = tmp_path / "socket"
    listen = f"import socket,time; s=socket.socket(socket.AF_UNIX); s.bind({str(path)!r}); s.listen(); time.sleep(1000)"
    folder = supervise(sleeper("kubelet", after=[f"unix {path}"]))
    waiting = await_status(folder, lambda found: found["kubelet"]["state"].startswith("waiting for"))
    assert waiting["kubelet"]["starts"] == 0
    assert str(path) in waiting["kubelet"]["state"]
    with subprocess.Popen([sys.executable, "-c", listen]) as listener:
        await_status(folder, lambda found: found["kubelet"]["state"] == "running")
        listener.kill()


@pytest.mark.parametrize(
    ("program", "code"),
    [pytest.param("false", 1, id="it ends at once"), pytest.param("/nowhere", 127, id="it is not there")],
)
def test_a_daemon_that_cannot_run_is_tried_again_and_spares_the_others(supervise, program, code):
    """Each end is counted with its code; the others run on."""
    folder = supervise(sleeper("etcd"), {"name": "kubelet", "argv": [program]})
    found = await_status(folder, lambda found: found["kubelet"]["starts"] >= 3)
    assert set(found["kubelet"]["exits"]) == {code}
    assert found["etcd"]["starts"] == 1


def test_what_a_daemon_says_is_in_its_log(supervise):
    """Output and errors go to one file of its name, under the given environment only."""
    folder = supervise({"name": "etcd", "argv": ["sh", "-c", "echo out $FOLDER; echo err >&2; exec sleep 1000"]})
    deadline = time.monotonic() + PATIENCE
    while not (folder / "etcd.log").exists() or "err" not in (folder / "etcd.log").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert (folder / "etcd.log").read_text().splitlines() == [f"out {folder}", "err"]
