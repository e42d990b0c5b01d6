"""Which addresses a cell may have, and what is not its own."""

from ipaddress import IPv4Network

import pytest

from lab.cell import link
from lab.cell.link import Interface
from lab.errors import LabError
from tests.lab.cell.doubles import layout


def interface(name="eth7", *networks, mac="aa:bb:cc:dd:ee:ff"):
    return Interface(name=name, hardware_address=mac, networks=tuple(IPv4Network(network) for network in networks))


@pytest.mark.parametrize(
    ("taken", "there", "routed", "number"),
    [
        pytest.param([], [], [], 0, id="nothing taken"),
        pytest.param([0, 1], [], [], 2, id="two cells there"),
        pytest.param([1], [], [], 0, id="the first one gone"),
        pytest.param([], ["198.18.0.0/30"], [], 1, id="an interface has the first"),
        pytest.param([], [], ["198.18.0.0/29"], 2, id="a route holds the first two"),
    ],
)
def test_a_cell_gets_the_lowest_free_network(taken, there, routed, number):
    """Networks of other cells, of interfaces and of routes are passed over."""
    networks = [IPv4Network(network) for network in routed]
    assert link.choose(taken, there=[interface("eth7", *there)], routed=networks).number == number


@pytest.mark.parametrize(
    ("there", "routed", "named"),
    [
        pytest.param(["198.18.0.0/15"], [], "interface eth7", id="an interface"),
        pytest.param([], ["198.18.0.0/16"], "route to 198.18.0.0/16", id="a route"),
    ],
)
def test_without_a_free_network_the_error_names_who_has_it(there, routed, named):
    """What overlaps the whole range is named, with what to do."""
    networks = [IPv4Network(network) for network in routed]
    with pytest.raises(LabError, match=named):
        link.choose([], there=[interface("eth7", *there)], routed=networks)


def test_an_interface_of_the_cells_name_is_not_taken_over():
    """Only the MAC makes a link the cell's; another's is reported, not deleted."""
    with pytest.raises(LabError, match="ip link delete mesh-dev"):
        link.check(layout(), there=[interface("mesh-dev")])


def test_a_network_that_came_into_use_later_is_reported():
    """A cell that has its addresses keeps them, so that somebody else's use of them is an error."""
    with pytest.raises(LabError, match=r"198\.18\.0\.0/30 of cell dev .* interface eth7"):
        link.check(layout(), there=[interface("eth7", "198.18.0.0/24")])


def test_the_cells_own_link_is_no_obstacle():
    """A link with the cell's name and MAC, left by an earlier run, is its own."""
    own = interface("mesh-dev", "198.18.0.0/30", mac=layout().hardware_address)
    assert link.check(layout(), there=[own, interface("eth0", "192.0.2.0/24")]) is None
