"""The table of the last measurement, kept so that an unchanged stack need not be measured again to be shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lab.program import Update


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`table` as it was printed at `at`, for the stack as the update that began at `update` left it.

    `code` is what the experiments said: 0 when no verdict failed.
    """

    update: str
    at: str
    code: int
    table: str

    def still_true(self, updates: Sequence[Update]) -> bool:
        """Whether every verdict held, and nothing changed or failed since; `updates` are newest first."""
        since = [update.started for update in updates]
        if self.code != 0 or self.update not in since:
            return False
        return all(update.succeeded and not update.changed for update in updates[: since.index(self.update)])


def now(*, update: str, code: int, table: str) -> Measured:
    """What was measured just now."""
    return Measured(update=update, at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"), code=code, table=table)


def load(file: Path) -> Measured | None:
    """What was kept; None when nothing was, or what was can not be read."""
    try:
        return Measured(**json.loads(file.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def save(file: Path, kept: Measured) -> None:
    """Keep it, whole or not at all."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(kept)))
    fresh.replace(file)
