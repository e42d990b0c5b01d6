"""`python -m components.analysis` as a user or a job runs it: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SURPRISING = """\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: servicex
  namespace: shop
spec:
  hosts: [servicex]
  http:
  - fault:
      delay: {fixedDelay: 5s, percentage: {value: 50}}
    timeout: 2s
    route:
    - destination: {host: servicex}
---
apiVersion: v1
kind: Service
metadata: {name: servicex, namespace: shop}
spec:
  ports: [{name: http, port: 80}]
"""
REFUSED = SURPRISING.replace("timeout: 2s", "timeout: 10us")


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.analysis", *arguments]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=60)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "mesh.yaml").write_text(SURPRISING)
    return tmp_path


def test_a_warning_is_shown_with_its_line_and_fails_only_when_asked(folder: Path) -> None:
    told = run(str(folder))
    assert told.returncode == 0
    first, line, *_ = told.stdout.splitlines()
    assert first == f"{folder}/mesh.yaml:11: warning M0301 VirtualService shop/servicex spec.http[0].timeout"
    assert line == "    | timeout: 2s"
    assert told.stdout.splitlines()[-1] == "2 objects: no errors, 1 warning, no notes"
    assert run(str(folder), "--fail-on", "warning").returncode == 1


def test_an_error_fails(tmp_path: Path) -> None:
    (tmp_path / "mesh.yaml").write_text(REFUSED)
    assert run(str(tmp_path)).returncode == 1


def test_json_has_the_shape_that_is_promised(folder: Path) -> None:
    """Every field of a finding is always there; a document without a namespace has null."""
    said = json.loads(run(str(folder), "--output", "json").stdout)
    assert said["objects"] == 2
    (finding,) = said["findings"]
    assert finding.pop("message")
    assert finding.pop("remedy")
    assert finding == {
        "code": "M0301",
        "severity": "warning",
        "kind": "VirtualService",
        "namespace": "shop",
        "name": "servicex",
        "field": "spec.http[0].timeout",
        "file": f"{folder}/mesh.yaml",
        "line": 11,
        "istio": None,
    }


def test_what_the_webhook_refuses_has_its_code_and_istioctls(tmp_path: Path) -> None:
    (tmp_path / "mesh.yaml").write_text(REFUSED.replace("  namespace: shop\n", "", 1))
    findings = json.loads(run(str(tmp_path), "--output", "json").stdout)["findings"]
    refusals = [each for each in findings if each["code"].startswith("V")]
    assert {(each["severity"], each["istio"], each["namespace"]) for each in refusals} == {("error", "IST0106", None)}
    assert "spec.http[0].timeout" in {each["field"] for each in refusals}


def test_an_input_that_can_not_be_used_ends_with_2_and_the_rest_is_analysed(folder: Path) -> None:
    (folder / "broken.yaml").write_text("a: [b\n")
    told = run(str(folder), "--output", "json")
    assert told.returncode == 2
    assert {each["code"] for each in json.loads(told.stdout)["findings"]} == {"R003", "M0301"}
    assert "Traceback" not in told.stdout + told.stderr


def test_a_path_that_is_not_there_is_one_paragraph(tmp_path: Path) -> None:
    told = run(str(tmp_path / "nowhere"))
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.count("\n") == 1
    assert "nowhere' is not there" in told.stderr


def test_standard_input_is_read(tmp_path: Path) -> None:
    told = run("-", given=SURPRISING)
    assert told.returncode == 0
    assert told.stdout.startswith("standard input:11: warning M0301")
    assert "    | timeout: 2s" in told.stdout


def test_complete_says_that_what_is_not_there_does_not_exist(tmp_path: Path) -> None:
    text = SURPRISING.replace("- destination: {host: servicex}", "- destination: {host: other}")
    namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
    (tmp_path / "mesh.yaml").write_text(text[: text.index("---")] + namespace)
    assert run(str(tmp_path)).returncode == 0
    assert run(str(tmp_path), "--complete").returncode == 1


def test_the_mesh_configuration_can_be_given(tmp_path: Path) -> None:
    mesh, config = tmp_path / "mesh.yaml", tmp_path / "config.yaml"
    mesh.write_text(SURPRISING)
    config.write_text("rootNamespace: elsewhere\n")
    assert run(str(mesh), "--mesh-config", str(config)).returncode == 0
    told = run(str(mesh), "--mesh-config", str(mesh))
    assert told.returncode == 2
    assert "holds no mesh configuration" in told.stderr


def test_a_reader_that_stops_reading_is_no_mistake(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}.yaml").write_text(SURPRISING.replace("servicex", f"servicex-{number}"))
    command = f"{sys.executable} -m components.analysis {folder} | head -1"
    told = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert told.stderr == ""
    assert len(told.stdout.splitlines()) == 1


def test_bytes_that_are_not_utf_8_are_named_from_standard_input_too() -> None:
    command = [sys.executable, "-m", "components.analysis", "-"]
    told = subprocess.run(command, cwd=ROOT, input=b"a: b\nc: \xff\n", capture_output=True, timeout=60)
    assert (told.returncode, told.stderr) == (2, b"")
    assert told.stdout.startswith(b"standard input:2: error R002")


def test_an_empty_path_is_not_the_folder_it_runs_in() -> None:
    """As a variable that is not set would give."""
    told = run("")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("analysis: '' is not there.")


def test_a_full_disk_is_one_paragraph(folder: Path) -> None:
    command = [sys.executable, "-m", "components.analysis", str(folder)]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("analysis: the findings could not be written: No space left on device.")


def test_an_interrupt_is_one_line_and_leaves_no_process(tmp_path: Path) -> None:
    """As Ctrl-C does it: the signal goes to both processes. The reader waits for a file that nobody writes."""
    fifo = tmp_path / "mesh.yaml"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "components.analysis", str(fifo)]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    # Opening waits until the reader has opened it too; then both processes are there.
    with fifo.open("w"):
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said == "analysis: interrupted; nothing was written.\n"
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
