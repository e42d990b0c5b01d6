"""What of the host a cell sees, all of it read-only, and what it runs first."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from lab.cell import enter, etc
from lab.cell.daemons import BINARIES, TOOLS
from lab.cell.enter import Mounted
from lab.cell.layout import Layout

# Handy inside when it is there.
OPTIONAL = ("kubectl",)
# Where a Debian host keeps links into /usr, and older or other hosts folders.
TOP = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")


def script(layout: Layout, *, tools: Mapping[str, Path], registry_folder: Path) -> str:
    """The script of the cell's first process on this host, with this interpreter."""
    python, prefix = Path(sys.executable).resolve(), Path(sys.base_prefix).resolve()
    mounted = [
        Mounted(source=Path("/usr"), inside="usr", folder=True),
        Mounted(source=registry_folder, inside="srv/registry", folder=True),
    ]
    if not prefix.is_relative_to("/usr"):
        mounted.append(Mounted(source=prefix, inside=str(prefix).lstrip("/"), folder=True))
    for name in (*BINARIES, *(name for name in OPTIONAL if name in tools)):
        mounted.append(Mounted(source=tools[name].resolve(), inside=f"{TOOLS[1:]}/{name}", folder=False))
    links = {}
    for name in TOP:
        top = Path("/", name)
        if top.is_symlink():
            links[name] = os.readlink(top)
        elif top.is_dir():
            mounted.append(Mounted(source=top, inside=name, folder=True))
    command = ["tini", "-s", "--", str(python), "-I", "-S", f"/etc/{etc.SUPERVISOR}", f"/etc/{etc.PLAN}"]
    return enter.script(layout, mounted=mounted, links=links, command=command)
