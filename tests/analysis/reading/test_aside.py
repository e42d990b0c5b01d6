"""Reading in another process gives what reading in this one does, and survives what the parser does not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from components.analysis.reading import Source, Unread, Unusable, aside, read_paths

SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text("---\n".join([SERVICE] * 50))
    (tmp_path / "broken.yaml").write_text("a: [b\n---\n" + SERVICE)
    return tmp_path


def plain(read: Iterable[Source | Unread]) -> list[object]:
    return [each if isinstance(each, Unread) else (each.file, each.value, each.line("metadata.name")) for each in read]


def test_it_is_what_reading_here_is(folder: Path) -> None:
    here = plain(read_paths([str(folder)]))
    assert len(here) == 152
    assert plain(aside.Aside([str(folder)])) == here


def test_a_path_that_is_not_there_is_told_of_when_the_documents_are_taken(folder: Path) -> None:
    read = aside.Aside([str(folder), str(folder / "nowhere")])
    with pytest.raises(Unusable, match="nowhere' is not there"):
        list(read)


def test_a_parser_that_dies_is_told_of_and_what_it_read_before_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(paths: Iterable[str], exclude: Sequence[str]) -> Iterator[Source | Unread]:
        yield from read_paths([str(folder / "0.yaml")] * 2)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(aside, "read_paths", dying)
    *read, last = aside.Aside([str(folder)])
    assert len(read) == 64
    assert isinstance(last, Unread)
    assert (last.code, Path(last.file).name) == ("R003", "0.yaml")
    assert "signal 9" in last.message
