"""The registry's port, and what it knows of an image."""

import http.server
import json
import os
import threading
from typing import ClassVar

import pytest

from lab.errors import LabError
from lab.host import registry

CONFIG = {"config": {"Labels": {"lab.key": "abc"}}}


class _Registry(http.server.BaseHTTPRequestHandler):
    answers: ClassVar = {
        "/v2/istio/pilot/manifests/1": {"config": {"digest": "sha256:1"}},
        "/v2/istio/pilot/blobs/sha256:1": CONFIG,
        "/v2/half/manifests/1": {"config": {"digest": "sha256:gone"}},
        "/v2/plain/manifests/1": {"config": {"digest": "sha256:2"}},
        "/v2/plain/blobs/sha256:2": {"config": {"Labels": None}},
    }

    def do_GET(self):
        answer = self.answers.get(self.path)
        self.send_response(200 if answer else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer or {}).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def served(monkeypatch, tmp_path):
    """A registry with a whole image, half an image, and one without labels, on the port the lab is set to."""
    monkeypatch.setenv("MESH_LAB_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Registry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MESH_LAB_REGISTRY_PORT", str(server.server_port))
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(
    ("repository", "labels"),
    [
        pytest.param("istio/pilot", {"lab.key": "abc"}, id="whole"),
        pytest.param("plain", {}, id="without labels"),
        pytest.param("half", None, id="a manifest without its configuration"),
        pytest.param("none", None, id="not there"),
    ],
)
def test_labels_tell_what_an_image_was_made_from(served, repository, labels):
    """None means: build it (again)."""
    assert registry.labels(repository, "1") == labels


def test_a_taken_port_is_an_error_that_names_the_taker(served):
    """And the way out."""
    with pytest.raises(LabError) as error:
        registry.start()
    assert f"Port {served} on 127.0.0.1" in str(error.value)
    assert f"process {os.getpid()}" in str(error.value)
    assert "MESH_LAB_REGISTRY_PORT" in str(error.value)


@pytest.mark.parametrize("value", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused_with_its_value(monkeypatch, value):
    """Before anything is touched."""
    monkeypatch.setenv("MESH_LAB_REGISTRY_PORT", value)
    with pytest.raises(LabError, match=f"MESH_LAB_REGISTRY_PORT is '{value}'"):
        registry.port()


def test_the_port_is_5917_unless_set(monkeypatch):
    """The name of every image begins with it, on the host and in every cell."""
    monkeypatch.delenv("MESH_LAB_REGISTRY_PORT", raising=False)
    assert registry.name() == "localhost:5917"
