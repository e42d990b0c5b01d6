"""The image registry on loopback, over a folder of the cache that every cell's own registry serves too."""

import http.client
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab import folders
from lab.errors import LabError
from lab.host import detached

_DEFAULT_PORT = 5917
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def port() -> int:
    """`$MESH_LAB_REGISTRY_PORT`, else 5917. Raises LabError when it is not a port number."""
    given = os.environ.get("MESH_LAB_REGISTRY_PORT", str(_DEFAULT_PORT))
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise LabError(f"MESH_LAB_REGISTRY_PORT is {given!r}: give a port number from 1 to 65535.")
    return int(given)


def name() -> str:
    """The registry's part of an image reference, the same on the host and in every cell: `localhost:5917`."""
    return f"localhost:{port()}"


def folder() -> Path:
    """Where the images are. A second registry process may serve the same folder read-only."""
    return folders.cache() / "registry"


def start() -> bool:
    """See that our registry answers. Returns whether it had to be started. Raises LabError when the port is taken."""
    if detached.running(_record()) is not None and _answers():
        return False
    stop()
    if holder := _holder(port()):
        raise LabError(
            f"Port {port()} on 127.0.0.1, where the lab's image registry listens, is taken by {holder}. Stop that, or set "
            "MESH_LAB_REGISTRY_PORT to a free port and run the same command again."
        )
    log = _state() / "registry.log"
    config = _state() / "config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    # The registry reads YAML, of which JSON is a part.
    config.write_text(json.dumps(_configuration(), indent=2))
    detached.start(_record(), ["docker-registry", "serve", str(config)], log=log)
    detached.wait_until_up(_record(), _answers, what="The image registry of the lab", log=log)
    return True


def stop() -> bool:
    """End our registry, if there is one. The images stay in the cache."""
    stopped = detached.stop(_record())
    shutil.rmtree(_state(), ignore_errors=True)
    return stopped


def labels(repository: str, tag: str) -> Mapping[str, str] | None:
    """The labels of an image in the registry, None when it is not there or not whole."""
    manifest = _get(f"/v2/{repository}/manifests/{tag}")
    if manifest is None:
        return None
    config = _get(f"/v2/{repository}/blobs/{manifest['config']['digest']}")
    if config is None:
        return None
    return config["config"].get("Labels") or {}


def _configuration() -> dict[str, object]:
    return {
        "version": 0.1,
        "log": {"level": "warn", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder())}, "delete": {"enabled": True}},
        "http": {"addr": f"127.0.0.1:{port()}", "secret": "loopback"},
    }


def _state() -> Path:
    return folders.state() / "registry"


def _record() -> Path:
    return folders.state() / "registry.json"


def _answers() -> bool:
    return _get("/v2/") is not None


def _get(path: str) -> Mapping[str, Any] | None:
    connection = http.client.HTTPConnection("127.0.0.1", port(), timeout=10)
    try:
        connection.request("GET", path, headers={"Accept": _MANIFEST})
        answer = connection.getresponse()
        if answer.status != 200:
            return None
        document: Mapping[str, Any] = json.loads(answer.read())
        return document
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        return None
    finally:
        connection.close()


def _holder(number: int) -> str:
    """Who listens on a TCP port of the host, empty when nobody does."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(table).exists():
            continue
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == number:
                inodes.add(f"socket:[{fields[9]}]")
    if not inodes:
        return ""
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        try:
            if any(os.readlink(handle) in inodes for handle in (process / "fd").iterdir()):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                return f"process {process.name} ({command[:120]})"
        except OSError:
            # It ended while we looked, or one of its handles did.
            continue
    return "a process that cannot be seen from here"
