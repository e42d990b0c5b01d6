"""A user's day on the lab, through the commands a user has. It takes stack dev and prod of the lab for itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.beside import Beside

ROOT = Path(__file__).parents[2]
MINUTES = 60
LONGEST = 40 * MINUTES
"""A cold machine builds everything first."""


@dataclass(frozen=True)
class Ran:
    """A command's end: its exit code and all that it printed."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def verdicts(printed: str) -> tuple[int, int, int]:
    """How many rows of the table that was printed hold, do not hold, and could not tell."""
    found = re.search(r"\b(\d+) hold, (\d+) do(?:es)? not hold, (\d+) could not tell;", " ".join(printed.split()))
    assert found is not None, printed
    hold, fail, untold = map(int, found.groups())
    return hold, fail, untold


@dataclass(frozen=True)
class Lab:
    """The lab as its commands show it."""

    def run(self, *arguments: str, env: Mapping[str, str] | None = None, given: str = "") -> Ran:
        command = [sys.executable, "-m", "lab", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**_environment(), **(env or {})},
            input=given,
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "lab", *arguments],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def environment(self, stack: str) -> dict[str, str]:
        """What `lab env` exports, over this process's own."""
        shown = self.run("env", "--stack", stack)
        assert shown.code == 0, shown.all
        printed = subprocess.run(["sh", "-c", f"{shown.out}\nenv -0"], capture_output=True, text=True, check=True)
        return dict(entry.split("=", 1) for entry in printed.stdout.split("\0") if "=" in entry)

    def kubectl(self, stack: str, *arguments: str) -> Ran:
        kubectl = Path(sys.executable).with_name("kubectl")
        done = subprocess.run(
            [str(kubectl), *arguments], env=self.environment(stack), capture_output=True, text=True, timeout=MINUTES
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def objects(self, stack: str, kinds: Sequence[str]) -> list[dict[str, Any]]:
        got = self.kubectl(stack, "get", ",".join(kinds), "--all-namespaces", "--output", "json")
        assert got.code == 0, got.all
        items: list[dict[str, Any]] = json.loads(got.out)["items"]
        return items

    def pulumi(self, stack: str, *arguments: str) -> Ran:
        return self.run("pulumi", "--stack", stack, "--", *arguments)

    def experiments(self, stack: str) -> Ran:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "components.experiments",
                "--stack",
                stack,
                "--output",
                "json",
                "--allow-production",
            ],
            cwd=ROOT,
            env=self.environment(stack),
            capture_output=True,
            text=True,
            timeout=10 * MINUTES,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "KUBECONFIG"}


@pytest.fixture(scope="session", name="lab")
def _lab() -> Iterator[Lab]:
    lab = Lab()
    ended = lab.run("down")
    assert ended.code == 0, ended.all
    yield lab
    ended = lab.run("down")
    assert ended.code == 0, ended.all


@pytest.fixture(scope="session", name="dev")
def _dev(lab: Lab) -> Ran:
    """Stack dev, up from nothing; what `make up` printed."""
    return lab.run("up", "--stack", "dev")


@pytest.fixture(scope="session", name="prod")
def _prod(lab: Lab, dev: Ran) -> Ran:
    """Stack prod, up beside dev."""
    return lab.run("up", "--stack", "prod")


@pytest.fixture(scope="module", name="standing")
def _standing(lab: Lab, dev: Ran) -> Ran:
    """Stack dev as it is declared, whatever the tests before did to it; brought up again if they destroyed it."""
    up = lab.run("up", "--stack", "dev")
    assert up.code == 0, up.all
    return up


@pytest.fixture(scope="module", name="beside")
def _beside(lab: Lab, standing: Ran) -> Beside:
    """Stack dev's cluster, for meshes beside the stack's own."""
    image, client = (lab.pulumi("dev", "stack", "output", name) for name in ("image", "loadClientImage"))
    assert (image.code, client.code) == (0, 0), image.all + client.all
    return Beside(lab.environment("dev"), *(each.out.strip().splitlines()[-1] for each in (image, client)))
