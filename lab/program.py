"""The program as seen from outside: its stack, its Pulumi state, and the commands a person would type."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lab.errors import LabError
from lab.overlay import PROJECT

ROOT = Path(__file__).parents[1]
HISTORY = 10
"""How many entries of a stack's history are looked at."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """One stack of the program in `folder`. `environment` is what every Pulumi command runs in."""

    stack: str
    project: str = PROJECT
    folder: Path = ROOT
    pulumi: Path
    config_file: Path
    environment: Mapping[str, str]
    backend: Path | None
    """The folder of the file backend that is ours; None when the stack lives in a backend of the user's."""

    def prepare(self) -> None:
        """See that the stack is there and that no killed run stands in the way."""
        if self.backend is not None:
            (self.backend).mkdir(parents=True, exist_ok=True)
            # Only we write this backend, one run at a time: a lock in it is that of a run that was killed.
            if any((self.backend / ".pulumi" / "locks").rglob("*.json")):
                self._run("cancel", "--yes", quiet=True)
        if not self._exists():
            self._initialise()
        elif self.backend is not None:
            self._forget_pending()

    def up(self) -> None:
        """`pulumi up`, its own output passed through. Raises LabError when it fails."""
        self._run("up", "--yes", "--skip-preview", "--suppress-outputs")

    def preview(self, *more: str) -> int:
        """What an update would do to the mesh, in words; with arguments for Pulumi, what Pulumi says. The exit code."""
        if more:
            self._run("preview", "--suppress-outputs", *more)
            return 0
        said = self._capture("preview", "--json", "--show-sames")
        told = [sys.executable, "-m", "components.review", "-", "--output", "text", "--stack", self.stack]
        shown = subprocess.run(told, cwd=ROOT, input=said.stdout or said.stderr, text=True)
        return said.returncode or shown.returncode

    def destroy(self) -> None:
        self._run("destroy", "--yes", "--skip-preview", "--suppress-outputs")

    def any(self, arguments: Sequence[str]) -> int:
        """Any Pulumi command on the stack. Returns its exit code."""
        command = self._arguments(arguments, select=True)
        return subprocess.run(command, cwd=self.folder, env=dict(self.environment)).returncode

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs by name. Raises LabError when Pulumi does not give them."""
        asked = self._capture("stack", "output", "--json")
        if asked.returncode != 0:
            raise LabError(f"Pulumi does not give the outputs of stack {self.stack}: {_last_lines(asked.stderr)}")
        found: dict[str, Any] = json.loads(asked.stdout)
        return found

    def remove(self) -> None:
        """Forget a stack that is destroyed."""
        self._run("stack", "rm", "--yes", "--preserve-config", quiet=True)

    def updates(self) -> tuple[Update, ...]:
        """The stack's newest updates and refreshes, newest first; none before the first."""
        done = self._capture("stack", "history", "--json", "--page-size", str(HISTORY))
        if done.returncode != 0:
            return ()
        return tuple(
            Update(
                started=entry["startTime"],
                succeeded=entry.get("result") == "succeeded",
                changed=any(count for kind, count in (entry.get("resourceChanges") or {}).items() if kind != "same"),
            )
            for entry in json.loads(done.stdout or "[]")
        )

    def _exists(self) -> bool:
        if self.backend is not None:
            # Looked up where the backend keeps it: asking Pulumi costs a second of every start.
            return self._kept(self.backend).is_file()
        listed = self._capture("stack", "ls", "--json", select=False)
        if listed.returncode != 0:
            raise LabError(f"Pulumi can not list the stacks of your backend: {_last_lines(listed.stderr)}")
        return any(entry["name"].split("/")[-1] == self.stack for entry in json.loads(listed.stdout or "[]"))

    def _initialise(self) -> None:
        """Make the stack. Pulumi writes the salt of its secrets beside the project, so it is given another folder for that."""
        if self.config_file.parent == self.folder:
            self._run("stack", "init", self.stack, quiet=True, select=False)
            return
        folder = self.config_file.parent / "init"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "Pulumi.yaml").write_text(yaml.safe_dump({"name": self.project, "runtime": "python"}))
        self._run("stack", "init", self.stack, "--cwd", str(folder), quiet=True, select=False)
        made = folder / f"Pulumi.{self.stack}.yaml"
        salt = yaml.safe_load(made.read_text()) if made.is_file() else {}
        settings = yaml.safe_load(self.config_file.read_text())
        self.config_file.write_text(yaml.safe_dump({**settings, **salt}, sort_keys=False))
        shutil.rmtree(folder)

    def _forget_pending(self) -> None:
        """Take operations out of the state that a killed run had begun; what they made is adopted by the next update."""
        assert self.backend is not None
        stored = self._kept(self.backend).read_text()
        if '"pending_operations"' not in stored:
            return
        exported = self._capture("stack", "export")
        state = json.loads(exported.stdout)
        if not state["deployment"].pop("pending_operations", None):
            return
        self._capture("stack", "import", "--force", given=json.dumps(state))

    def _kept(self, backend: Path) -> Path:
        return backend / ".pulumi" / "stacks" / self.project / f"{self.stack}.json"

    def _arguments(self, arguments: Sequence[str], *, select: bool) -> list[str]:
        selected = ["--stack", self.stack] if select else []
        takes_config = arguments[0] in ("up", "preview", "refresh", "destroy", "config")
        configured = ["--config-file", str(self.config_file)] if takes_config else []
        return [str(self.pulumi), *arguments, *selected, *configured, "--non-interactive", "--color", _color()]

    def _run(self, *arguments: str, quiet: bool = False, select: bool = True) -> None:
        command = self._arguments(arguments, select=select)
        kept = subprocess.PIPE if quiet else None
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=kept,
            stderr=kept,
            text=True,
        )
        if done.returncode != 0:
            said = f": {_last_lines(done.stderr)}" if quiet else "; it said why above"
            raise LabError(f"`pulumi {arguments[0]}` of stack {self.stack} failed{said}. Nothing of the stack is lost.")

    def _capture(
        self, *arguments: str, given: str | None = None, select: bool = True
    ) -> subprocess.CompletedProcess[str]:
        command = self._arguments(arguments, select=select)
        return subprocess.run(
            command, cwd=self.folder, env=dict(self.environment), input=given or "", capture_output=True, text=True
        )


@dataclass(frozen=True, kw_only=True)
class Update:
    """One entry of a stack's history; `started` tells it from the others (a file backend numbers none)."""

    started: str
    succeeded: bool
    changed: bool


def own_environment(*, folder: Path, base: Mapping[str, str]) -> dict[str, str]:
    """A file backend and a passphrase of our own, below `folder`; what the user has set stays as it is."""
    environment = dict(base)
    environment.setdefault("PULUMI_BACKEND_URL", f"file://{folder / 'pulumi'}")
    if not {"PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"} & environment.keys():
        environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = str(_passphrase(folder))
    return environment


def _passphrase(folder: Path) -> Path:
    file = folder / "passphrase"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        fresh.replace(file)
    return file


def _color() -> str:
    return "always" if sys.stdout.isatty() else "never"


def _last_lines(text: str) -> str:
    return " ".join(text.split()[-60:]) or "it said nothing"
