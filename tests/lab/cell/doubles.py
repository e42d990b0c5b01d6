"""Values the tests of a cell share."""

from pathlib import Path

from lab.cell.layout import Layout, Slot


def layout(state: Path = Path("/state"), *, name: str = "dev", number: int = 0) -> Layout:
    return Layout(name=name, state=state, slot=Slot(number=number))
