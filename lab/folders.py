"""Where the lab keeps what it made: a cache that may be lost at any time, and the state of what is running."""

import os
import shutil
from pathlib import Path

from lab.errors import LabError

# The Cache Directory Tagging Specification: backup programs skip a folder whose tag begins with this line.
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_TAG = f"{_SIGNATURE}\n# Made by the lab of this project; safe to delete.\n"


def cache() -> Path:
    """`$MESH_LAB_CACHE`, else `${XDG_CACHE_HOME:-~/.cache}/mesh-lab`; made and tagged when missing."""
    folder = _chosen("MESH_LAB_CACHE", "XDG_CACHE_HOME", ".cache")
    tag = folder / "CACHEDIR.TAG"
    if not tag.exists():
        if folder.exists() and any(folder.iterdir()):
            raise LabError(
                f"The cache folder {folder} holds files that the lab did not make. Give MESH_LAB_CACHE a folder of its "
                "own, empty or not there yet."
            )
        folder.mkdir(parents=True, exist_ok=True)
        tag.write_text(_TAG)
    return folder


def state() -> Path:
    """`$MESH_LAB_STATE`, else `${XDG_STATE_HOME:-~/.local/state}/mesh-lab`; made when missing."""
    folder = _chosen("MESH_LAB_STATE", "XDG_STATE_HOME", ".local/state")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def purge() -> None:
    """Remove the cache folder, only if it carries the lab's own tag: a mistyped path must not cost anyone their files."""
    folder = _chosen("MESH_LAB_CACHE", "XDG_CACHE_HOME", ".cache")
    if not folder.exists():
        return
    tag = folder / "CACHEDIR.TAG"
    if not tag.exists() or tag.read_text() != _TAG:
        raise LabError(
            f"{folder} is not removed: it has no CACHEDIR.TAG of the lab, so the lab did not make it. Check MESH_LAB_CACHE."
        )
    # The tag goes last: killed in between, the next purge still knows the folder.
    for entry in folder.iterdir():
        if entry == tag:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    tag.unlink()
    folder.rmdir()


def _chosen(own: str, xdg: str, usual: str) -> Path:
    if value := os.environ.get(own):
        folder = Path(value)
    else:
        base = os.environ.get(xdg) or str(Path.home() / usual)
        folder = Path(base) / "mesh-lab"
    if not folder.is_absolute():
        raise LabError(f"{own} or {xdg} gives the relative path {str(folder)!r}: give an absolute one.")
    folder = folder.resolve()
    # The Docker daemon of the lab sees a private, empty /run.
    if folder.is_relative_to("/run"):
        raise LabError(f"{folder} lies below /run, which is emptied at every start. Give {own} a folder on a disk.")
    return folder
