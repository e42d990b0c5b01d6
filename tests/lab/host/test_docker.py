"""Which Docker daemon is used, and that nobody else's is touched."""

import http.server
import socketserver
import threading

import pytest

from lab.errors import LabError
from lab.host import docker


class _Ping(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/_ping" else 404)
        self.end_headers()

    def address_string(self):
        return "unix"

    def log_message(self, *args):
        pass


class _UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@pytest.fixture
def daemon(tmp_path):
    """The address of something that answers as a Docker daemon does."""
    with _UnixServer(str(tmp_path / "d.sock"), _Ping) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"unix://{tmp_path}/d.sock"
        server.shutdown()


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """A state folder of the test's own."""
    monkeypatch.setenv("MESH_LAB_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DOCKER_HOST", raising=False)


def test_a_daemon_that_docker_host_names_is_used_and_neither_started_nor_stopped(daemon, monkeypatch):
    """It was there before the lab and is there after it."""
    monkeypatch.setenv("DOCKER_HOST", daemon)
    assert docker.address() == daemon
    assert not docker.is_own(daemon)
    assert not docker.start(daemon)
    assert not docker.stop()
    assert docker.address() == daemon


@pytest.mark.parametrize("host", ["unix:///not/there", "tcp://127.0.0.1:1"])
def test_a_docker_host_that_does_not_answer_is_an_error(host, monkeypatch):
    """Silently taking another daemon than the one asked for would surprise."""
    monkeypatch.setenv("DOCKER_HOST", host)
    with pytest.raises(LabError, match=f"DOCKER_HOST is '{host}'"):
        docker.address()


def test_our_own_address_in_docker_host_is_ours_even_while_it_does_not_run(tmp_path, monkeypatch):
    """The lab prints that address for use in a shell, and a later run in that shell must still start the daemon."""
    own = f"unix://{tmp_path}/state/docker.sock"
    monkeypatch.setenv("DOCKER_HOST", own)
    assert docker.address() == own
    assert docker.is_own(own)


def test_our_daemon_leaves_the_network_of_the_host_alone(tmp_path):
    """No bridge, no rules, no forwarding, and a cgroup of its own."""
    configuration = docker.configuration()
    assert configuration["bridge"] == "none"
    assert [configuration[key] for key in ("iptables", "ip6tables", "ip-forward", "ip-masq")] == [False] * 4
    assert configuration["hosts"] == [f"unix://{tmp_path}/state/docker.sock"]
    assert configuration["data-root"] == f"{tmp_path}/cache/docker"
