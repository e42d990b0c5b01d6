"""The command's exit codes and its messages, with stand-ins for pulumi and a cluster that is not there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from components.experiments.__main__ import main

from .test_stack import outputs, program

DEAD_CLUSTER = {
    "apiVersion": "v1",
    "kind": "Config",
    "clusters": [{"name": "dead", "cluster": {"server": "https://127.0.0.1:1"}}],
    "contexts": [{"name": "dead", "context": {"cluster": "dead", "user": "nobody"}}],
    "users": [{"name": "nobody", "user": {"token": "none"}}],
    "current-context": "dead",
}


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stack whose outputs a test writes, and a KUBECONFIG whose API server does not listen."""
    program(tmp_path, "pulumi", f"cat {tmp_path}/outputs.json")
    (tmp_path / "kubeconfig").write_text(json.dumps(DEAD_CLUSTER))
    (tmp_path / "outputs.json").write_bytes(outputs())
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))
    return tmp_path


def one_paragraph(complaint: str) -> str:
    """The last line on standard error, which is all that an error may be."""
    assert "Traceback" not in complaint
    return complaint.splitlines()[-1]


def test_a_cluster_that_does_not_answer_is_exit_2(stack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After the budget, which is said before anything is sent, one paragraph names the server and KUBECONFIG."""
    assert main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "requests in about" in said.err.splitlines()[0]
    assert "127.0.0.1:1" in one_paragraph(said.err)
    assert str(stack / "kubeconfig") in one_paragraph(said.err)


def test_production_is_refused_unless_allowed(stack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A marked stack gets no request; with the flag the run goes on, here to the cluster that is not there."""
    (stack / "outputs.json").write_bytes(outputs(production=True))
    assert main([]) == 2
    assert "give --allow-production for this run" in one_paragraph(capsys.readouterr().err)
    assert main(["--allow-production"]) == 2
    assert "127.0.0.1:1" in one_paragraph(capsys.readouterr().err)


def test_outputs_that_say_nothing_are_exit_2(stack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stack that is not up has no outputs."""
    (stack / "outputs.json").write_text("{}")
    assert main(["--stack", "dev"]) == 2
    assert "outputs of stack 'dev' do not say what to measure" in one_paragraph(capsys.readouterr().err)


def test_an_output_that_does_not_exist_yet_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Only text and JSON are offered."""
    with pytest.raises(SystemExit) as ended:
        main(["--output", "html"])
    assert ended.value.code == 2
    assert "'text', 'json'" in capsys.readouterr().err
