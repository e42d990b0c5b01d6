"""istiod's own validation, asked about documents: a small Go program around it, built with the versions of the lab."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Answer", "Istiod", "istiod"]

SOURCE = Path(__file__).with_name("istiod") / "main.go"
MODULE = Path(__file__).resolve().parents[2] / "lab" / "tools" / "istio"


class Answer(NamedTuple):
    """What istiod says of a document; empty: nothing."""

    misshapen: str
    """The document cannot be read as its kind."""
    refusal: str
    warning: str


class Istiod(NamedTuple):
    """The built program."""

    program: Path

    def ask(self, documents: Sequence[Mapping[str, Any]]) -> list[Answer]:
        """An answer for each document, in their order."""
        lines = "".join(json.dumps(document) + "\n" for document in documents)
        answers = self.program.with_name("answers.jsonl")
        done = subprocess.run([self.program, answers], input=lines, text=True, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"istiod's rules could not be asked: {done.stderr.strip() or done.returncode}")
        return [Answer(**json.loads(line)) for line in answers.read_text().split("\n") if line]


@contextmanager
def istiod() -> Iterator[Istiod]:
    """The program, built for as long as it is used. Some seconds with a warm Go cache, minutes with a cold one.

    Raises RuntimeError when Go is not there or the program cannot be built.
    """
    go = shutil.which("go")
    if go is None:
        raise RuntimeError("Go is not on the search path; it is needed to build istiod's rules")
    with tempfile.TemporaryDirectory(prefix="istiod-") as folder:
        program = Path(folder) / "istiod"
        command = [go, "build", "-mod=readonly", "-o", str(program), str(SOURCE)]
        done = subprocess.run(command, cwd=MODULE, text=True, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"istiod's rules could not be built: {done.stderr.strip()}")
        yield Istiod(program)
