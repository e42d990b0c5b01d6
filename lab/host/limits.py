"""The one limit of this machine that a mesh outgrows: how many inotify instances a user may have.

All sidecars run as one user (1337), and each holds three or four instances: of the kernel's 128, about 30 proxies have them
all, and the next one's Envoy aborts. The limit belongs to the user namespace, which the cells share with the host.
"""

from pathlib import Path

LIMIT = Path("/proc/sys/fs/inotify/max_user_instances")
ENOUGH = 2048
"""Some 500 proxies, more than the node takes pods."""


def raised(*, state: Path, limit: Path = LIMIT) -> bool:
    """Raise the limit where it is lower, and note in `state` what it was. False where it can not be raised."""
    before = int(limit.read_text())
    if before >= ENOUGH:
        return True
    note = _note(state)
    if not note.exists():
        note.write_text(str(before))
    try:
        limit.write_text(str(ENOUGH))
    except OSError:
        note.unlink()
        return False
    return True


def restore(*, state: Path, limit: Path = LIMIT) -> None:
    """As it was before, unless somebody has set it to something else since."""
    note = _note(state)
    if not note.exists():
        return
    if limit.read_text().strip() == str(ENOUGH):
        limit.write_text(note.read_text())
    note.unlink()


def _note(state: Path) -> Path:
    return state / "inotify-instances-before"
