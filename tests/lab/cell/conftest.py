"""Cells for the tests that need a real one, made from the parts the lab has prepared on this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.cell import Cell
from lab.errors import LabError
from lab.host.prepare import Host, prepare
from lab.progress import Progress
from lab.target import CELL_TOOLS


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """The machine with all that a cluster and its images need; one that cannot run the lab fails here and says why."""
    try:
        with prepare(Progress(), only=("cluster", "mesh-images")) as prepared:
            prepared.ready("all")
            yield prepared
    except LabError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def make_cell(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Cell]]:
    """Declare a cell under a state folder of the tests; ended with all the others at the end."""
    state = tmp_path_factory.mktemp("state")
    made: list[Cell] = []

    def make(name: str) -> Cell:
        tools: dict[str, Path] = {tool: host.tools.path(tool) for tool in CELL_TOOLS}
        made.append(
            Cell(
                name=name,
                state=state,
                tools=tools,
                registry_folder=host.registry_folder,
                registry_port=host.registry_port,
                pause_image=host.images.reference("pause"),
            )
        )
        return made[-1]

    yield make
    for cell in made:
        cell.stop()
