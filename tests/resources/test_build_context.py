"""The tag of an image is its content's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from components.resources.build_context import content_tag

ARGS = {"BUILDER": "golang:1.26"}


@pytest.fixture(name="context")
def _context(tmp_path: Path) -> Path:
    (tmp_path / "cmd").mkdir()
    (tmp_path / "main.go").write_text("package main\n")
    (tmp_path / "main_test.go").write_text("package main\n")
    (tmp_path / "cmd" / "tool.go").write_text("package cmd\n")
    (tmp_path / ".dockerignore").write_text("*\n!*.go\n!cmd\n*_test.go\n")
    return tmp_path


@pytest.mark.parametrize("file", ["main.go", "cmd/tool.go"])
def test_a_change_the_build_can_see_changes_the_tag(context: Path, file: str) -> None:
    """In the folder itself or below it."""
    before = content_tag(context, ARGS)
    (context / file).write_text("package changed\n")
    assert content_tag(context, ARGS) != before


@pytest.mark.parametrize("file", ["main_test.go", "README.md", "notes/today"])
def test_a_change_the_build_can_not_see_keeps_it(context: Path, file: str) -> None:
    """Tests and notes are left out by .dockerignore: no build, no new image, no change in the preview."""
    before = content_tag(context, ARGS)
    (context / file).parent.mkdir(exist_ok=True)
    (context / file).write_text("changed\n")
    assert content_tag(context, ARGS) == before


def test_becoming_executable_changes_it(context: Path) -> None:
    """The mode is part of what is copied."""
    before = content_tag(context, ARGS)
    (context / "main.go").chmod(0o755)
    assert content_tag(context, ARGS) != before


def test_another_builder_changes_it(context: Path) -> None:
    """The same sources compiled by another Go are another image."""
    assert content_tag(context, ARGS) != content_tag(context, {"BUILDER": "golang:1.27"})


def test_a_copy_elsewhere_has_the_same_tag(context: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither the folder's place nor times count."""
    other = tmp_path_factory.mktemp("elsewhere") / "copy"
    subprocess.run(["cp", "-r", str(context), str(other)], check=True)
    assert content_tag(other, ARGS) == content_tag(context, ARGS)
