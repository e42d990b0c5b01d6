"""A Docker daemon to build with: the one that runs already, else one of our own that leaves the host's network alone."""

import contextlib
import hashlib
import http.client
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

from lab import folders
from lab.errors import LabError
from lab.host import detached
from lab.host.commands import SEARCH_PATH

_USUAL_SOCKET = Path("/var/run/docker.sock")
# A private /run: Docker and its containerd keep sockets, locks and network namespaces there under fixed names, and
# would pick up a containerd that is none of ours. Everything in it ends with the daemon.
# tini, because the first process of a pid namespace has to reap what containerd's shims leave behind.
_PRIVATE_RUN = 'mount -t tmpfs -o mode=755 tmpfs /run && exec tini -- dockerd --config-file "$1"'


def address() -> str:
    """What DOCKER_HOST has to be: of the daemon that runs already, else of our own, whether it runs yet or not.

    Raises LabError when DOCKER_HOST names a daemon that does not answer.
    """
    own = f"unix://{_socket()}"
    given = os.environ.get("DOCKER_HOST")
    if given and given != own:
        if not _answers(given):
            raise LabError(
                f"DOCKER_HOST is {given!r}, and no Docker daemon answers there. Start it, or unset DOCKER_HOST: the lab "
                "then starts one of its own."
            )
        return given
    usual = f"unix://{_USUAL_SOCKET}"
    return usual if given != own and _answers(usual) else own


def is_own(host: str) -> bool:
    """Whether an address is that of our own daemon."""
    return host == f"unix://{_socket()}"


def start(host: str) -> bool:
    """See that the daemon at `host` (from `address`) answers, starting ours if it is ours. Returns whether it did so."""
    if not is_own(host) or (detached.running(_record()) and _answers(host)):
        return False
    # A daemon of ours that is there and does not answer is of no use to anyone.
    stop()
    config = _state() / "daemon.json"
    log = _state() / "dockerd.log"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps(configuration(), indent=2))
    detached.start(
        _record(),
        [
            *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child=SIGKILL"),
            *("--mount-proc", "sh", "-c", _PRIVATE_RUN, "sh", str(config)),
        ],
        log=log,
    )
    detached.wait_until_up(_record(), lambda: _answers(host), what="The Docker daemon of the lab", log=log)
    return True


def stop() -> bool:
    """End our own daemon, if there is one, and remove its state. Nobody else's daemon is touched."""
    stopped = detached.stop(_record())
    _socket().unlink(missing_ok=True)
    # One in each controller's tree, or one in all where the trees are unified.
    for pattern in (_cgroup(), f"*/{_cgroup()}"):
        for group in Path("/sys/fs/cgroup").glob(pattern):
            _remove_cgroup(group)
    shutil.rmtree(_state(), ignore_errors=True)
    return stopped


def configuration() -> dict[str, object]:
    """What our own daemon is started with: no bridge, no firewall rules, no forwarding, data in the cache."""
    return {
        "hosts": [f"unix://{_socket()}"],
        "data-root": str(folders.cache() / "docker"),
        "pidfile": "/run/docker.pid",
        "cgroup-parent": f"/{_cgroup()}",
        "bridge": "none",
        "iptables": False,
        "ip6tables": False,
        "ip-forward": False,
        "ip-masq": False,
        "log-level": "warn",
    }


def _state() -> Path:
    return folders.state() / "docker"


def _socket() -> Path:
    return folders.state() / "docker.sock"


def _record() -> Path:
    return folders.state() / "docker.json"


def _cgroup() -> str:
    """One name a state folder, so that two daemons of ours do not remove each other's groups."""
    return f"mesh-lab-docker-{hashlib.sha256(bytes(folders.state())).hexdigest()[:8]}"


def _remove_cgroup(group: Path) -> None:
    # A cgroup is removed by rmdir alone, leaves first; cpu and cpuacct may be two names of the same one.
    with contextlib.suppress(OSError):
        for folder in sorted((entry for entry in group.rglob("*") if entry.is_dir()), reverse=True):
            folder.rmdir()
        group.rmdir()


def _answers(host: str) -> bool:
    if not host.startswith("unix://"):
        asked = ["docker", "--host", host, "version", "--format", "{{.Server.Version}}"]
        try:
            done = subprocess.run(
                asked, capture_output=True, env={**os.environ, "PATH": SEARCH_PATH}, timeout=15, check=False
            )
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0
    connection = http.client.HTTPConnection("localhost", timeout=5)
    connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.sock.settimeout(5)
    try:
        connection.sock.connect(host.removeprefix("unix://"))
        connection.request("GET", "/_ping")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
