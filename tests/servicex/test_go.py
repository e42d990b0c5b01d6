"""servicex under Go's race detector and, for a while, its fuzzers."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from lab import folders
from lab.host import packages
from lab.host.commands import Commands
from lab.progress import Progress
from lab.tools import golang

pytestmark = pytest.mark.lab

SERVICEX = Path(__file__).parents[2] / "servicex"
FUZZERS = re.findall(
    r"^func (Fuzz\w+)\(", "\n".join(file.read_text() for file in SERVICEX.glob("*_test.go")), re.MULTILINE
)
# g++ depends on the C library's headers, which gcc alone only recommends.
COMPILER = (packages.Package(name="g++", programs=("gcc", "g++")),)


@pytest.fixture(scope="module", name="go")
def _go() -> str:
    """A Go that can build it, and the C compiler that the race detector links with."""
    commands, progress = Commands(logs=folders.state() / "logs"), Progress()
    packages.install(COMPILER, commands=commands, progress=progress)
    return str(golang.fetch(commands=commands, progress=progress).program)


def test_no_test_of_servicex_shows_a_race(go: str) -> None:
    """Every Go test, run with -race."""
    environment = {**os.environ, "CGO_ENABLED": "1"}
    ran = subprocess.run([go, "test", "-race", "./..."], cwd=SERVICEX, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("fuzzer", FUZZERS)
def test_what_it_parses_bears_ten_thousand_fuzzed_inputs(go: str, fuzzer: str) -> None:
    """Configuration, request lines and headers: no panic, no broken log line."""
    ran = subprocess.run(
        [go, "test", "-run", "^$", "-fuzz", f"^{fuzzer}$", "-fuzztime", "10000x", "."],
        cwd=SERVICEX,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "execs: " in ran.stdout


def test_there_are_fuzzers() -> None:
    """The test above can not pass for want of them."""
    assert FUZZERS
