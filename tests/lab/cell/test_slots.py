"""The address book of the cells."""

import pytest

from lab.cell import slots
from tests.lab.cell.doubles import layout


@pytest.fixture
def book(tmp_path):
    """A state folder in which dev has the first and prod the second address."""
    for number, name in enumerate(["dev", "prod"]):
        folder = layout(tmp_path, name=name).folder
        (folder / "etc").mkdir(parents=True)
        (folder / "slot").write_text(str(number))
    return tmp_path


def test_an_address_is_remembered_by_name(book):
    """Whatever starts first next time, each cell has its address again."""
    found = [slots.recorded(book, name) for name in ("prod", "dev")]
    assert [plan.address for plan in found if plan] == ["198.18.0.6", "198.18.0.2"]


def test_a_cell_that_was_forgotten_has_no_address(book):
    """Nothing of its folder is left; the others stay."""
    slots.forget(book, "dev")
    assert slots.recorded(book, "dev") is None
    assert not layout(book).folder.exists()
    assert slots.recorded(book, "prod") is not None


@pytest.mark.parametrize("text", ["", "first"], ids=["cut off", "not a number"])
def test_a_broken_entry_counts_as_none(book, text):
    """A file that does not hold a number gives no address."""
    (layout(book).folder / "slot").write_text(text)
    assert slots.recorded(book, "dev") is None


def test_forgetting_what_never_was_is_no_error(tmp_path):
    """A second stop finds nothing to do."""
    slots.forget(tmp_path, "dev")
    assert list(tmp_path.iterdir()) == []
