"""When the last table may be shown again instead of measuring."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab import measured
from lab.program import Update


def update(started: str, *, changed: bool = False, succeeded: bool = True) -> Update:
    return Update(started=started, succeeded=succeeded, changed=changed)


@pytest.mark.parametrize(
    ("code", "updates", "shown"),
    [
        pytest.param(0, [update("2")], True, id="no update since"),
        pytest.param(0, [update("3"), update("2", changed=True)], True, id="an update since that changed nothing"),
        pytest.param(0, [update("4"), update("3", changed=True), update("2")], False, id="an update since that did"),
        pytest.param(0, [update("3", succeeded=False), update("2")], False, id="an update since that failed"),
        pytest.param(0, [update("9"), update("8")], False, id="so many updates since that it is not listed"),
        pytest.param(0, [], False, id="no history"),
        pytest.param(1, [update("2")], False, id="a verdict that failed"),
    ],
)
def test_a_table_is_shown_again_only_while_it_is_true(code: int, updates: list[Update], shown: bool) -> None:
    """Every verdict held, and nothing changed or failed since."""
    kept = measured.now(update="2", code=code, table="table")
    assert kept.still_true(updates) is shown


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    """It is the same after writing and reading."""
    kept = measured.now(update="2", code=0, table="21 hold\n")
    measured.save(tmp_path / "measured.json", kept)
    assert measured.load(tmp_path / "measured.json") == kept


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"version": 1}'], ids=["no file", "empty", "cut", "a list", "older"]
)
def test_what_can_not_be_read_counts_as_not_measured(tmp_path: Path, content: str | None) -> None:
    """A damaged record costs a measurement and no error."""
    file = tmp_path / "measured.json"
    if content is not None:
        file.write_text(content)
    assert measured.load(file) is None
