"""Why a cell does not come up: from the supervisor's status and the daemons' logs to one paragraph. Reads, no more."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from lab.cell.layout import Layout

LINES = 4
WIDTH = 300
# A stack trace, and what unshare says of itself when the cell is killed.
NOISE = ("goroutine ", "\t", "unshare: sigprocmask")
# Ending this often while the cell starts is not bad luck any more.
TOO_OFTEN = 6


def status(layout: Layout) -> Mapping[str, Mapping[str, object]]:
    """Name of a daemon -> what the supervisor wrote about it; empty before it wrote."""
    try:
        found = json.loads((layout.logs / "status.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def running_since(layout: Layout, name: str) -> float | None:
    """When the daemon was last started, in seconds since the epoch; None when it does not run."""
    found = status(layout).get(name, {})
    since = found.get("since")
    return since if found.get("state") == "running" and isinstance(since, float) else None


def culprit(state: Mapping[str, Mapping[str, object]], suspects: Sequence[str]) -> str:
    """The daemon to name: the first of the suspects that does not run, else that ended most often, else the first."""
    for name in suspects:
        if state.get(name, {}).get("state") == "ended":
            return name
    for name in suspects:
        if _exits(state, name):
            return name
    return suspects[0]


def hopeless(state: Mapping[str, Mapping[str, object]], suspects: Sequence[str]) -> bool:
    """Whether one of the suspects ends again and again, so that there is nothing to wait for."""
    return any(isinstance(starts := state.get(name, {}).get("starts"), int) and starts > TOO_OFTEN for name in suspects)


def explain(layout: Layout, name: str) -> str:
    """How the daemon fares, its last words and where the rest is."""
    found = status(layout).get(name)
    log = layout.logs / f"{name}.log"
    how = "has not been started" if not found else f"is {found['state']}, started {found['starts']} times"
    if exits := _exits(status(layout), name):
        how += f", last exit codes {', '.join(str(code) for code in exits)}"
    return f"{name} {how}. Its last words: {last_words(log)} The whole log: {log}"


def last_words(log: Path) -> str:
    """The last few lines of a log, cut to a readable width; what looks like an error or the end goes before chatter."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, 2) - 20_000))
            lines = stream.read().decode(errors="replace").splitlines()
    except OSError:
        return "(it wrote no log)."
    lines = [line for line in lines if line.strip() and not line.startswith(NOISE)]
    telling = [line for line in lines if line.startswith(("E", "F")) or "rror" in line or "fatal" in line] or lines
    return " | ".join(line[:WIDTH] for line in telling[-LINES:]) + "." if telling else "(none)."


def _exits(state: Mapping[str, Mapping[str, object]], name: str) -> list[object]:
    exits = state.get(name, {}).get("exits")
    return exits if isinstance(exits, list) else []
