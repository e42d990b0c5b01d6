"""The command once the documents are being read: analyse them, write the findings, tell the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from components.analysis.analysing import Analysis, analyse
from components.analysis.check import registered
from components.analysis.faces import face
from components.analysis.finding import Severity
from components.analysis.reading import Source, Unread, Unusable

__all__ = ["report"]

FAILING = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}


def report(asked: argparse.Namespace, read: Iterable[Source | Unread], mesh_config: Mapping[str, Any] | None) -> int:
    """Write what was asked for; the exit code. Raises Unusable for a path that is not there, and when nothing can
    be written.
    """
    registered()  # imports the checks while the first documents are still being read
    analysis = analyse(read, mesh_config=mesh_config, complete=asked.complete)
    try:
        print(face(asked.output)(analysis), flush=True)
    except BrokenPipeError:  # such as `| head`: nobody reads on, and that is no mistake
        _forget_output()
    except OSError as error:
        _forget_output()
        raise Unusable(f"the findings could not be written: {error.strerror}. Give the output another place.") from None
    return _exit_code(analysis, asked.fail_on)


def _forget_output() -> None:
    """Nothing is tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(analysis: Analysis, fail_on: str) -> int:
    if any(finding.code.startswith("R") for finding in analysis.findings):
        return 2
    return int(any(finding.severity in FAILING[fail_on] for finding in analysis.findings))
