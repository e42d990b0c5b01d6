"""The command: files and streams in, text and exit codes out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from components.analysis import Finding, Severity
from components.review.__main__ import main
from tests.review.previews import RECORDED, faults, recorded

UPDATE = str(RECORDED / "update.json")


def test_a_file_becomes_a_comment(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, whatever is found."""
    assert main([UPDATE], analyse=faults) == 0
    assert capsys.readouterr().out.startswith("<!-- mesh-review: servicex-mesh/dev -->\n")


def test_the_standard_input_is_a_dash(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a pipe works."""
    monkeypatch.setattr("sys.stdin", io.StringIO(recorded("failed")))
    assert main(["-"], analyse=faults) == 0
    assert "canaryWeight is '250'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "fail_on", "severity", "code"),
    [
        ("update", "warning", Severity.WARNING, 1),
        ("update", "error", Severity.WARNING, 0),
        ("update", "error", Severity.ERROR, 1),
        ("failed", "error", Severity.INFO, 1),
        ("unchanged", "warning", Severity.INFO, 0),
    ],
)
def test_findings_and_failures_end_with_1_where_asked(name: str, fail_on: str, severity: Severity, code: int) -> None:
    """A preview that failed is worse than any finding."""
    found = [Finding(code="V0001", severity=severity, message="m", remedy="r")]
    assert main([str(RECORDED / f"{name}.json"), "--fail-on", fail_on], analyse=lambda *_: found) == code


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b'{"steps": [', "no JSON", id="truncated"),
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\xff\xfe\x00", "UTF-8", id="no-text"),
        pytest.param(None, "No such file", id="no-file"),
    ],
)
def test_unusable_input_ends_with_2_and_one_paragraph(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr; nothing is printed that could become a comment."""
    file = tmp_path / "preview.json"
    if content is not None:
        file.write_bytes(content)
    assert main([str(file)], analyse=faults) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_preview_that_names_nothing_takes_its_names_from_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The project of Pulumi.yaml and the stack of --stack; without either it is refused."""
    (tmp_path / "p.json").write_text('{"diagnostics": [{"severity": "error", "message": "no language host"}]}')
    monkeypatch.chdir(tmp_path)
    assert main(["p.json", "--stack", "dev"], analyse=faults) == 2
    (tmp_path / "Pulumi.yaml").write_text("name: mine\n")
    assert main(["p.json", "--stack", "dev"], analyse=faults) == 0
    assert capsys.readouterr().out.startswith("<!-- mesh-review: mine/dev -->")
