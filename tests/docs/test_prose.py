"""Prose that shows code shows code that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.manifests import documents
from components.model import Mesh

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT)} block {number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL), 1)
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_python_runs_and_declares_what_can_be_written(block: str) -> None:
    """Every block runs as it stands, and a mesh that it declares becomes documents."""
    names: dict[str, object] = {}
    exec(compile(block, "block", "exec"), names)
    for value in names.values():
        if isinstance(value, Mesh):
            assert list(documents(value))


def test_the_readme_has_a_block_that_declares_a_mesh() -> None:
    """The test above can not pass for want of blocks."""
    assert any(str(block.id).startswith("README.md") for block in BLOCKS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    """Links of a page are files or folders beside it."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("target", ["up", "test", "check", "prove", "preview", "down", "purge", "bench", "generate"])
def test_the_makefile_has_the_targets_that_the_words_name(target: str) -> None:
    """The outside contract's commands."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
