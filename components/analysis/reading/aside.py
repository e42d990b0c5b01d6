"""Reading in a process of its own: this one loads the checks meanwhile, and a parser that dies does not take it along."""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from components.analysis.reading.files import Unread, Unusable, read_paths
from components.analysis.reading.source import Source, Text

__all__ = ["Aside", "read_aside"]

ROOM = 1024 * 1024
"""Bytes; Linux lets everybody have as much (pipe-max-size)."""
AT_ONCE = 64
"""Documents of one message."""


@contextmanager
def read_aside(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Iterable[Source | Unread]]:
    """The documents of paths, read in another process where the system can copy this one, in this one otherwise.

    However the block ends, the other process ends with it.
    """
    if not hasattr(os, "fork"):
        yield read_paths(paths, exclude)
        return
    aside = Aside(paths, exclude)
    try:
        yield aside
    finally:
        aside.close()


class Aside:
    """The documents of paths. Reading begins when this is made; iterating takes what is there, and waits for the rest.

    Iterating raises Unusable for a path that is not there.
    """

    def __init__(self, paths: Iterable[str], exclude: Sequence[str] = ()) -> None:
        receiving, sending = os.pipe()
        _widen(sending)
        sys.stdout.flush()
        sys.stderr.flush()
        self._child: int | None = os.fork()
        if self._child == 0:
            os.close(receiving)
            _read(paths, exclude, sending)
        os.close(sending)
        self._from_child = os.fdopen(receiving, "rb")

    def __iter__(self) -> Iterator[Source | Unread]:
        texts: dict[str, Text] = {}
        file = ""
        with self._from_child as stream:
            for message in _messages(stream):
                if isinstance(message, str):
                    raise Unusable(message)
                for each in message:
                    file = each[0]
                    if len(each) == len(Unread._fields):
                        yield Unread(*each)
                    else:
                        _, value, place = each
                        yield Source(value, texts.setdefault(file, Text(file)), *place)
        status = self._ended()
        if status != 0:
            message = f"or a file after it ended the parser ({_ending(status)})"
            yield Unread(
                file or "the input", "R003", 1, message, "Give the files after it one by one to find out which."
            )

    def close(self) -> None:
        """End the other process if it still reads; nobody wants the rest."""
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
            self._ended()
            self._from_child.close()

    def _ended(self) -> int:
        assert self._child is not None
        _, status = os.waitpid(self._child, 0)
        self._child = None
        return status


def _widen(pipe: int) -> None:
    """What is read while nobody takes it yet has to fit, or the reader waits with it. Where that is refused, it waits."""
    import fcntl  # only systems that fork have it

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)


def _read(paths: Iterable[str], exclude: Sequence[str], sending: int) -> None:
    """The other process's whole life."""
    code = 1
    try:
        with os.fdopen(sending, "wb") as stream:
            batch: list[tuple[Any, ...]] = []
            try:
                for each in read_paths(paths, exclude):
                    batch.append(tuple(each) if isinstance(each, Unread) else (each.file, each.value, each.place))
                    if len(batch) >= AT_ONCE:
                        marshal.dump(batch, stream)
                        batch = []
                marshal.dump(batch, stream)
            except Unusable as unusable:
                marshal.dump(str(unusable), stream)
        code = 0
    finally:
        # Nothing of the process that this one is a copy of may run twice: no exit handlers, no buffers.
        os._exit(code)


def _messages(stream: BinaryIO) -> Iterator[str | list[tuple[Any, ...]]]:
    while True:
        try:
            yield marshal.load(stream)
        except EOFError:
            return


def _ending(status: int) -> str:
    number = os.waitstatus_to_exitcode(status)
    return f"signal {-number}" if number < 0 else f"exit code {number}"
