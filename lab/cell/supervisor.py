"""Runs inside a cell as `python supervisor.py PLAN`: starts its daemons, restarts what dies, until it is ended itself.

Standard library only, and nothing of this project: it is copied into the cell's /etc and runs there. PLAN is a JSON
file: {"server", "ca", "certificate", "key", "logs", "status", "environment", "daemons": [{"name", "argv", "after",
"restarts_with"}]}. STATUS is a JSON file it keeps: name -> {"state", "starts", "exits", "pid",
"since"}, the last one in seconds since the epoch.
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

TICK = 0.05
# A daemon that ends at once is started again at once, then ever more slowly; one that ran this long counts as sound.
BACKOFF = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0)
SOUND = 10.0
LOG_LIMIT = 20_000_000


class Declared(TypedDict):
    """One daemon of the plan."""

    name: str
    argv: list[str]
    after: list[str]
    restarts_with: list[str]


class Plan(TypedDict):
    """The file handed over."""

    server: str
    ca: str
    certificate: str
    key: str
    logs: str
    status: str
    environment: dict[str, str]
    daemons: list[Declared]


@dataclass
class Running:
    """One daemon and how it fares."""

    declared: Declared
    process: subprocess.Popen[bytes] | None = None
    state: str = "waiting"
    starts: int = 0
    exits: list[int] = field(default_factory=list)
    begun: float = 0.0
    since: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    awaited: list[str] = field(default_factory=list)


class Supervisor:
    """The loop: reap, restart, start what may start, write down how it stands."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._daemons = {declared["name"]: Running(declared) for declared in plan["daemons"]}
        for running in self._daemons.values():
            running.awaited = list(running.declared["after"])
        self._tls = ssl.create_default_context(cafile=plan["ca"])
        self._tls.load_cert_chain(plan["certificate"], plan["key"])
        self._written = ""

    def run(self) -> None:
        """Supervise for ever."""
        while True:
            ended = [running for running in self._daemons.values() if self._reap(running)]
            for running in ended:
                self._end_dependants(running.declared["name"])
            answers: dict[str, bool] = {}
            for running in self._daemons.values():
                if (
                    running.process is None
                    and time.monotonic() >= running.not_before
                    and self._may_start(running, answers)
                ):
                    self._start(running)
            self._write_status()
            time.sleep(TICK)

    def _reap(self, running: Running) -> bool:
        if running.process is None or (code := running.process.poll()) is None:
            return False
        self._ended(running, code)
        return True

    def _ended(self, running: Running, code: int) -> None:
        now = time.monotonic()
        running.process = None
        running.state = "ended"
        running.exits = [*running.exits[-4:], code]
        running.failures = 1 if now - running.begun > SOUND else running.failures + 1
        running.not_before = now + BACKOFF[min(running.failures, len(BACKOFF)) - 1]
        running.awaited = list(running.declared["after"])

    def _end_dependants(self, name: str) -> None:
        for other in self._daemons.values():
            if name in other.declared["restarts_with"] and other.process is not None:
                with contextlib.suppress(ProcessLookupError):
                    other.process.send_signal(signal.SIGKILL)

    def _may_start(self, running: Running, answers: dict[str, bool]) -> bool:
        while running.awaited:
            check = running.awaited[0]
            if check not in answers:
                answers[check] = self._answers(check)
            if not answers[check]:
                running.state = f"waiting for {check}"
                return False
            running.awaited.pop(0)
        return True

    def _answers(self, check: str) -> bool:
        kind, _, what = check.partition(" ")
        try:
            if kind == "unix":
                with socket.socket(socket.AF_UNIX) as caller:
                    caller.connect(what)
                return True
            if kind == "tcp":
                host, _, port = what.partition(":")
                with socket.create_connection((host, int(port)), timeout=1):
                    return True
            address = urlsplit(self._plan["server"])
            connection = http.client.HTTPSConnection(address.hostname or "", address.port, timeout=2, context=self._tls)
            with contextlib.closing(connection):
                connection.request("GET", what)
                return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _start(self, running: Running) -> None:
        log = Path(self._plan["logs"]) / f"{running.declared['name']}.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        running.starts += 1
        running.begun, running.since = time.monotonic(), time.time()
        with log.open("ab") as out:
            try:
                running.process = subprocess.Popen(
                    running.declared["argv"],
                    env=self._plan["environment"],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            except OSError as error:
                out.write(f"E cannot be started: {error}\n".encode())
                # As a shell says it.
                self._ended(running, 127)
                return
        running.state = "running"

    def _write_status(self) -> None:
        text = json.dumps(dict(self._status()))
        if text != self._written:
            status = Path(self._plan["status"])
            half = status.with_suffix(".new")
            half.write_text(text)
            half.replace(status)
            self._written = text

    def _status(self) -> Iterator[tuple[str, dict[str, object]]]:
        for name, running in self._daemons.items():
            pid = running.process.pid if running.process else None
            yield (
                name,
                {
                    "state": running.state,
                    "starts": running.starts,
                    "exits": running.exits,
                    "pid": pid,
                    "since": running.since,
                },
            )


def main() -> None:
    """Read the plan and supervise."""
    os.umask(0o022)
    plan: Plan = json.loads(Path(sys.argv[1]).read_text())
    Supervisor(plan).run()


if __name__ == "__main__":
    main()
