"""Which cell has which addresses: one file a cell, written before anything else of it and removed after all else."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

from lab.cell import link
from lab.cell.layout import Layout, Slot, cell_folder


def recorded(state: Path, name: str) -> Layout | None:
    """The layout of a cell that has its addresses; None before it was first started and after it was forgotten."""
    slot = _read(cell_folder(state, name))
    return None if slot is None else Layout(name=name, state=state, slot=slot)


def claim(state: Path, name: str) -> Layout:
    """The cell's layout, with addresses chosen now if it has none. Raises LabError when its link or network is another's."""
    with locked(state, "addresses"):
        found, there = recorded(state, name), link.interfaces()
        if found is None:
            taken = [slot.number for folder in (state / "cells").iterdir() if (slot := _read(folder)) is not None]
            found = Layout(name=name, state=state, slot=link.choose(taken, there=there, routed=link.routes()))
        link.check(found, there=there)
        found.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = found.folder / "slot.new"
        half.write_text(str(found.slot.number))
        half.rename(found.folder / "slot")
        return found


def forget(state: Path, name: str) -> None:
    """Remove the cell's folder, its slot last: killed in between, the next stop still knows whose the rest is."""
    folder = cell_folder(state, name)
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name != "slot":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    shutil.rmtree(folder)


@contextlib.contextmanager
def locked(state: Path, what: str) -> Iterator[None]:
    """Hold a lock file: a cell's own while it is changed, that of the addresses while they are chosen."""
    folder = state / "cells"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> Slot | None:
    try:
        return Slot(number=int((folder / "slot").read_text()))
    except (OSError, ValueError):
        return None
