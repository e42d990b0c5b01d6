"""istioctl itself is the judge: what it reports offline we report, under its code, for the same object."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from components.analysis import analyse
from components.analysis.reading import read_paths
from tests.parity.cases import CASES

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not CASES.is_dir(), reason=f"Istio's own cases are not at {CASES}"),
]

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*CASES.glob("istio-analyzers/*.yaml"), *CASES.glob("istio-samples/**/*.yaml")])
NO_DOCUMENTS = ("-mesh-cfg.yaml", "-meshconfig.yaml")
"""Mesh configurations, which istioctl takes by an option only."""
ELSEWHERE = ("Referenced host+subset in destinationrule not found", "Referenced gateway not found")
"""A subset of a host, or a Gateway, of which nothing is in the file: it may be kept elsewhere, and is a note of ours without
a code of istioctl's (docs/adr/0008-findings.md). istioctl reports such an error for most of Istio's own samples. Where the
file has others of the kind, tests/parity/test_analyzers.py asks for the code.
"""

Message = tuple[str, str]


@pytest.fixture(scope="module", name="istioctl")
def _istioctl() -> str:
    found = shutil.which("istioctl")
    if found is not None:
        return found
    command = [sys.executable, "-m", "lab", "tool", "istioctl"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def told_by_istioctl(program: str, file: Path) -> set[Message]:
    """Code and object, "VirtualService default/reviews", as istioctl names them."""
    command: Sequence[str] = [program, "analyze", "--use-kube=false", "--output", "json", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    messages = json.loads(ran.stdout or "[]")
    return {(each["code"], each["origin"]) for each in messages if not each["message"].startswith(ELSEWHERE)}


def told_by_us(file: Path) -> set[Message]:
    """The same of ours; a document without a namespace is one of namespace default, as istioctl has it."""
    findings = [each for each in analyse(read_paths([str(file)])).findings if each.istio is not None]
    return {
        (str(each.istio), f"{each.kind} {'/'.join(part for part in (namespace, each.name) if part)}")
        for each in findings
        for namespace in (each.namespace, each.namespace or "default")
    }


def test_what_istioctl_reports_offline_we_report(istioctl: str) -> None:
    theirs = 0
    missing: list[tuple[str, Message]] = []
    for file in FILES:
        if not file.name.endswith(NO_DOCUMENTS):
            told = told_by_istioctl(istioctl, file)
            theirs += len(told)
            missing += [(file.name, each) for each in sorted(told - told_by_us(file))]
    assert missing == []
    assert theirs > 50
