"""`python -m components.analysis` as a user or a job runs it: what it prints, and how it ends."""

from __future__ import annotations

import json
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
