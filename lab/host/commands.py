"""Run the host's programs: output to a log, children that end with us, failures told in one paragraph."""

import os
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from lab.errors import LabError

# Debian keeps half of what the lab needs in sbin, which is not in everybody's PATH.
SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])

_UNREACHABLE = re.compile(
    r"dial tcp|no such host|i/o timeout|TLS handshake timeout|connection reset by peer|unexpected EOF|"
    r"Temporary failure resolving|Could not resolve|Could not connect|Failed to fetch|Unable to connect|"
    r"NewConnectionError|Failed to establish a new connection|ConnectTimeoutError|Connection timed out|"
    r"Couldn't download|Failed getting release|Invalid Release file|No matching distribution found"
)


class Commands:
    """Runs programs for named steps. `cancel` ends those under way and refuses new ones; safe from any thread."""

    def __init__(self, *, logs: Path) -> None:
        self._logs = logs
        self._children: set[subprocess.Popen[bytes]] = set()
        self._cancelled = False
        self._lock = threading.Lock()

    def run(
        self,
        *argv: str,
        step: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        feed: Callable[[IO[bytes]], None] | None = None,
        outlive: bool = False,
        hint: str = "",
    ) -> str:
        """Run to the end and return standard output.

        `env` is added to ours; `feed` writes the program's standard input. A program that may not be cut short, such as
        apt in the middle of unpacking, is started with `outlive`: it goes on when we are killed. Raises LabError; `hint`
        is the likely cause and its cure, where the program's own words would mislead.
        """
        prefix = [] if outlive else _ends_with_us()
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / (re.sub(r"[^a-z0-9.]+", "-", step.lower()).strip("-") + ".log")
        with log.open("wb") as errors, tempfile.TemporaryFile() as output:
            child = self._spawn([*prefix, *argv], cwd=cwd, env=env, errors=errors, output=output, fed=feed is not None)
            try:
                if feed is not None and child.stdin is not None:
                    _write(child.stdin, feed)
                code = child.wait()
            finally:
                self._children.discard(child)
                if child.poll() is None and not outlive:
                    child.kill()
                    child.wait()
            output.seek(0)
            text = output.read().decode(errors="replace")
        if code:
            raise LabError(self._failure(step, argv, code, text, log, hint))
        return text

    def cancel(self) -> None:
        """End the programs under way (but not those that may not be cut short) and refuse any more."""
        with self._lock:
            self._cancelled = True
            children = list(self._children)
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)

    def _spawn(
        self,
        argv: list[str],
        *,
        cwd: Path | None,
        env: Mapping[str, str] | None,
        errors: IO[bytes],
        output: IO[bytes],
        fed: bool,
    ) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._cancelled:
                raise LabError("Stopped before the end; run the same command again to continue.")
            child = subprocess.Popen(
                argv,
                cwd=cwd,
                env={**os.environ, "PATH": SEARCH_PATH, "LC_ALL": "C.UTF-8", **(env or {})},
                stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
            if argv[0] == "setpriv":
                self._children.add(child)
            return child

    def _failure(self, step: str, argv: tuple[str, ...], code: int, text: str, log: Path, hint: str) -> str:
        if self._cancelled:
            return f"{step}: stopped before the end; run the same command again to continue."
        said = log.read_text(errors="replace")
        if text:
            with log.open("a") as more:
                more.write(text)
        tail = " / ".join([line.strip() for line in (text + "\n" + said).splitlines() if line.strip()][-4:])[-700:]
        if not hint and _UNREACHABLE.search(said + text):
            return (
                f"{step}: a package registry did not answer as it should. Check the machine's network, proxy and mirror "
                f"settings, then run the same command again: what is already done is kept. It said: {tail} (all of it "
                f"in {log})"
            )
        return (
            f"{step}: {' '.join(argv)[:200]} ended with exit code {code}. It said: {tail} (all of it in {log}). "
            f"{hint + ' ' if hint else ''}Nothing is lost: the same command continues from here once the cause is gone."
        )


def _ends_with_us() -> list[str]:
    """The kernel ends the program, and all it started, with us even at kill -9.

    So that no orphan works on a folder which the next run cleans. Only root can make the process namespace.
    """
    dies = ["setpriv", "--pdeathsig", "KILL", "--"]
    return [*dies, "unshare", "--pid", "--fork", "--kill-child=SIGKILL", "--"] if os.geteuid() == 0 else dies


def _write(stdin: IO[bytes], feed: Callable[[IO[bytes]], None]) -> None:
    try:
        with stdin:
            feed(stdin)
    except BrokenPipeError:
        # The program ended early; its exit code and its words tell more than the broken pipe.
        return
