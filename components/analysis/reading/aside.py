"""Reading in a process of its own: this one loads the checks meanwhile, and a parser that dies does not take it along."""

from __future__ import annotations

import fcntl
import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from components.analysis.reading.files import Unread, Unusable, read_paths
from components.analysis.reading.source import Source, Text

__all__ = ["Aside", "read_aside"]

ROOM = 1024 * 1024
"""Bytes; Linux lets everybody have as much (pipe-max-size)."""
AT_ONCE = 64
"""Documents of one message."""


def read_aside(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterable[Source | Unread]:
    """The documents of paths, read in another process where the system can copy this one, in this one otherwise."""
    return Aside(paths, exclude) if hasattr(os, "fork") else read_paths(paths, exclude)


class Aside:
    """The documents of paths. Reading begins when this is made; iterating takes what is there, and waits for the rest.

    Iterating raises Unusable for a path that is not there.
    """

    def __init__(self, paths: Iterable[str], exclude: Sequence[str] = ()) -> None:
        receiving, sending = os.pipe()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            # What is read while nobody takes it yet has to fit, or the reader waits with it.
            fcntl.fcntl(sending, fcntl.F_SETPIPE_SZ, ROOM)
        sys.stdout.flush()
        sys.stderr.flush()
        self._child = os.fork()
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
        _, status = os.waitpid(self._child, 0)
        if status != 0:
            message = f"or a file after it ended the parser ({_ending(status)})"
            yield Unread(
                file or "the input", "R003", 1, message, "Give the files after it one by one to find out which."
            )


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
