"""Where the definitions are: the folders of pinned Go modules, Istio's API and the Gateway API."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["GATEWAY", "ISTIO", "SourceUnavailable", "module_folder", "pinned_version"]

PINNED = Path(__file__).with_name("go.mod")
ISTIO = "istio.io/api"
GATEWAY = "sigs.k8s.io/gateway-api"


class SourceUnavailable(RuntimeError):
    """The Go module cannot be had on this machine now."""


def pinned_version(module: str = ISTIO) -> str:
    """The version of a module that go.mod names."""
    line = next(line for line in PINNED.read_text().splitlines() if f"{module} " in line)
    return line.split()[-1]


def module_folder(module: str = ISTIO, *, offline: bool = False) -> Path:
    """The folder of the module in Go's module cache; downloaded first if need be, unless `offline`.

    Raises SourceUnavailable when there is no Go, or when the module is neither cached nor to be downloaded.
    """
    if shutil.which("go") is None:
        raise SourceUnavailable("there is no `go` on this machine. Install Go 1.25 or later and try again.")
    environment = dict(os.environ) | ({"GOPROXY": "off"} if offline else {})
    with tempfile.TemporaryDirectory() as folder:
        # Go writes beside the go.mod it works with; the pinned one stays as it is.
        for name in ("go.mod", "go.sum"):
            shutil.copy(PINNED.with_name(name), folder)
        command = ["go", "mod", "download", "-json", module]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout or "{}")
    if done.returncode != 0 or "Dir" not in answer:
        why = " ".join(str(answer.get("Error") or done.stderr).split())
        raise SourceUnavailable(
            f"{module} {pinned_version(module)} is not to be had: {why}. Run `python -m generate.api` where Go"
            " modules can be downloaded."
        )
    return Path(answer["Dir"])
