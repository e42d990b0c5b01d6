"""Write a cell's /etc, its supervisor's plan and the administrator's kubeconfig: the thin shell over `files`."""

import base64
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import yaml

from lab.cell import supervisor
from lab.cell.daemons import daemons, environment
from lab.cell.files import PKI, files, kubeconfig
from lab.cell.layout import Layout

# Taken over from the host as they are: the loader's cache, and what the iptables and other commands are links to.
TAKEN_OVER = ("ld.so.cache", "alternatives", "protocols", "services", "localtime")
PLAN = "cell/plan.json"
SUPERVISOR = "cell/supervisor.py"
STATUS = "/var/log/cell/status.json"


def write(layout: Layout, *, pause_image: str, registry_port: int) -> None:
    """Write all files but the certificates; the same input writes the same, over whatever was left half done."""
    texts = {
        **files(layout, pause_image=pause_image, registry_port=registry_port),
        PLAN: json.dumps(plan(layout), indent=1),
        SUPERVISOR: Path(supervisor.__file__).read_text(),
    }
    for name, text in texts.items():
        path = layout.etc / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in TAKEN_OVER:
        _take_over(Path("/etc") / name, layout.etc / name)
    for folder in (
        "lib/etcd",
        "lib/containerd",
        "lib/kubelet",
        "lib/cni",
        "log/cell",
        "log/pods",
        "log/containers",
    ):
        (layout.var / folder).mkdir(parents=True, exist_ok=True)
    # Debian keeps old paths alive: /var/run and /var/lock lie in /run.
    for name in ("run", "lock"):
        link = layout.var / name
        if not link.is_symlink():
            link.symlink_to("/run" if name == "run" else "/run/lock")
    layout.root.mkdir(exist_ok=True)


def write_kubeconfig(layout: Layout) -> None:
    """The administrator's kubeconfig with certificates inside, for use from the host; readable by its owner alone."""
    cluster = {"server": layout.server, "certificate-authority-data": _base64(layout.pki / "ca.crt")}
    user = {
        "client-certificate-data": _base64(layout.pki / "admin.crt"),
        "client-key-data": _base64(layout.pki / "admin.key"),
    }
    half = layout.kubeconfig.with_suffix(".new")
    half.touch(mode=0o600)
    half.write_text(yaml.safe_dump(kubeconfig(layout.node, cluster=cluster, user=user)))
    half.rename(layout.kubeconfig)


def plan(layout: Layout) -> Mapping[str, object]:
    """What the supervisor is handed (see there)."""
    return {
        "server": layout.server,
        "ca": f"{PKI}/ca.crt",
        "certificate": f"{PKI}/admin.crt",
        "key": f"{PKI}/admin.key",
        "logs": "/var/log/cell",
        "status": STATUS,
        "environment": dict(environment()),
        "daemons": [asdict(daemon) for daemon in daemons(layout)],
    }


def _take_over(source: Path, target: Path) -> None:
    if target.is_symlink() or target.exists() or not os.path.lexists(source):
        return
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copyfile(source, target, follow_symlinks=False)


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()
