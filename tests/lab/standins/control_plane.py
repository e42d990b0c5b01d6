"""A Kubernetes API for tests: etcd, kube-apiserver and two controllers on loopback, no node."""

import json
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError
from lab.tools import golang
from lab.tools.toolbox import Toolbox

TOKEN = "admin-token"
START_SECONDS = 60.0
# Without these, namespaces and objects deleted in the foreground never end.
CONTROLLERS = "namespace-controller,garbage-collector-controller"


def tool(name: str) -> Path | None:
    """A tool's executable: from the lab's cache, else from PATH; None where it is in neither."""
    go = golang.find()
    if go is not None:
        try:
            built = Toolbox(go=go).path(name)
        except LabError:
            built = None
        if built is not None and built.exists():
            return built
    found = shutil.which(name)
    return Path(found) if found else None


@dataclass(frozen=True, kw_only=True)
class ControlPlane:
    """A running API server; `kubeconfig` is a file, `url` its address."""

    url: str
    kubeconfig: Path
    authority: Path

    def call(self, method: str, path: str, body: object = None, content: str = "application/json") -> dict[str, object]:
        """One request as administrator; raises urllib's HTTPError for an answer of 400 and above."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": content},
        )
        context = ssl.create_default_context(cafile=str(self.authority))
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            parsed = json.load(answer)
        assert isinstance(parsed, dict)
        return parsed

    def exists(self, path: str) -> bool:
        try:
            self.call("GET", path)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise
        return True


@contextmanager
def control_plane(folder: Path, tools: dict[str, Path]) -> Iterator[ControlPlane]:
    """Start one in `folder`; everything it started has ended afterwards."""
    etcd, peer, secure, manager = _free_ports(4)
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> None:
        with (folder / f"{name}.log").open("wb") as output:
            command = [str(tools[name]), *arguments]
            started.append(subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT))

    key = folder / "service-accounts.key"
    subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
    (folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
    try:
        start(
            "etcd", "--data-dir", "etcd", "--unsafe-no-fsync",
            "--listen-client-urls", f"http://127.0.0.1:{etcd}", "--advertise-client-urls", f"http://127.0.0.1:{etcd}",
            "--listen-peer-urls", f"http://127.0.0.1:{peer}",
            "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}", "--initial-cluster", f"default=http://127.0.0.1:{peer}",
        )  # fmt: skip
        start(
            "kube-apiserver", f"--etcd-servers=http://127.0.0.1:{etcd}", f"--secure-port={secure}",
            "--bind-address=127.0.0.1", "--cert-dir=certificates", "--token-auth-file=tokens.csv",
            "--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/16",
            "--service-account-issuer=https://kubernetes.default", f"--service-account-key-file={key}",
            f"--service-account-signing-key-file={key}", "--disable-admission-plugins=ServiceAccount",
            "--endpoint-reconciler-type=none",
        )  # fmt: skip
        authority = folder / "certificates" / "apiserver.crt"
        plane = ControlPlane(url=f"https://127.0.0.1:{secure}", kubeconfig=folder / "kubeconfig", authority=authority)
        _wait_ready(plane, started, folder)
        plane.kubeconfig.write_text(_kubeconfig(plane))
        start(
            "kube-controller-manager", f"--kubeconfig={plane.kubeconfig}", f"--controllers={CONTROLLERS}",
            f"--secure-port={manager}", "--bind-address=127.0.0.1", "--cert-dir=manager", "--leader-elect=false",
            "--kube-api-qps=500", "--kube-api-burst=1000",
        )  # fmt: skip
        yield plane
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _wait_ready(plane: ControlPlane, started: list[subprocess.Popen[bytes]], folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            plane.call("GET", "/api/v1/namespaces/default")
            return
        except (OSError, ValueError) as error:
            if any(process.poll() is not None for process in started) or time.monotonic() > end:
                tail = (folder / "kube-apiserver.log").read_text()[-2000:]
                raise RuntimeError(f"the API server did not become ready: {error}\n{tail}") from error
        time.sleep(0.2)


def _kubeconfig(plane: ControlPlane) -> str:
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "test",
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
            "clusters": [
                {
                    "name": "test",
                    "cluster": {"server": plane.url, "certificate-authority": str(plane.authority)},
                }
            ],
            "users": [{"name": "admin", "user": {"token": TOKEN}}],
        }
    )


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports
