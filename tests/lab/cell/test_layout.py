"""Names, addresses and folders of a cell."""

import pytest

from lab.cell.layout import SLOTS, Slot, check_name
from lab.errors import LabError
from tests.lab.cell.doubles import layout


@pytest.mark.parametrize(
    ("number", "host", "cell"),
    [
        pytest.param(0, "198.18.0.1", "198.18.0.2", id="first cell"),
        pytest.param(1, "198.18.0.5", "198.18.0.6", id="second cell"),
        pytest.param(SLOTS - 1, "198.18.0.253", "198.18.0.254", id="last cell"),
    ],
)
def test_each_cell_has_a_network_of_four_addresses(number, host, cell):
    """The host has the first usable address of the cell's /30, the cell the second."""
    slot = Slot(number=number)
    assert (str(slot.host), str(slot.cell)) == (host, cell)


def test_no_two_cells_share_an_address():
    """The networks of all slots are disjoint."""
    networks = [Slot(number=number).network for number in range(SLOTS)]
    assert len({address for network in networks for address in network}) == 4 * SLOTS


@pytest.mark.parametrize("name", ["dev", "p", "prod-2", "a234567890"])
def test_a_short_name_names_a_cell(name):
    """The link's name, mesh-NAME, has at most the 15 characters an interface may have."""
    assert len(f"mesh-{check_name(name)}") <= 15


@pytest.mark.parametrize("name", ["", "a2345678901", "Dev", "1st", "dev-", "a/b", "..", "dev\n"])
def test_a_name_that_cannot_be_an_interface_is_refused(name):
    """The error gives the name and says what is allowed."""
    with pytest.raises(LabError, match="1 to 10 characters") as raised:
        check_name(name)
    assert repr(name) in str(raised.value)


def test_the_mac_tells_cells_of_one_name_apart(tmp_path):
    """Cells called the same under two state folders have different MACs, both locally administered unicast ones."""
    first, second = layout(tmp_path / "a"), layout(tmp_path / "b")
    assert first.hardware_address != second.hardware_address
    assert {first.hardware_address[:3], second.hardware_address[:3]} == {"02:"}
