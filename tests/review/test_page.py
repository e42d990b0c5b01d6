"""The page about the comment shows one as it is written."""

from __future__ import annotations

import os
from pathlib import Path

from components.review import markdown
from components.review.__main__ import main
from tests.review.previews import RECORDED, faults, looked_at

PAGE = Path(__file__).parents[2] / "docs" / "review.md"
BEGIN, END = "<!-- begin: the comment -->\n", "<!-- end: the comment -->\n"


def test_the_example_of_the_page_is_what_is_written() -> None:
    """REWRITE_GOLDEN=1 writes it; the change of its heading is that of the words."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    shown, _, after = rest.partition(END)
    written = f"\n{markdown(looked_at('canary'))}\n"
    if os.environ.get("REWRITE_GOLDEN"):
        PAGE.write_text(f"{before}{BEGIN}{written}{END}{after}")
        shown = written
    assert shown == written
    assert "from 10 % to 25 %" in shown


def test_the_options_that_the_page_names_are_there() -> None:
    """Each of them, with a value that the page names."""
    preview = str(RECORDED / "failed.json")
    given = (["--output", "text"], ["--stack", "dev"], ["--fail-on", "error"], ["--fail-on", "warning"])
    assert [main([preview, *options], analyse=faults) for options in given] == [0, 0, 1, 1]
    assert all(f"{options[0]} " in PAGE.read_text() or f"`{options[0]}`" in PAGE.read_text() for options in given)
