"""Say what is being done, with the seconds since the start."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Lines such as ` 12.3s  kube-apiserver: built in 41 s`, whole even when several threads speak.

    `clock` gives seconds and only ever grows; the first reading is the zero of the column.
    """

    def __init__(self, *, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Print one line now."""
        with self._lock:
            # Looked up at each line, because a test or a caller may have put another stream in place.
            stream = self._stream or sys.stderr
            print(f"{self._clock() - self._start:6.1f}s  {text}", file=stream, flush=True)

    @contextmanager
    def step(self, subject: str, *, doing: str, done: str) -> Iterator[None]:
        """Print `subject: doing` now and `subject: done in N s` at the end, or that it failed and after how long."""
        begun = self._clock()
        self.say(f"{subject}: {doing}")
        try:
            yield
        except BaseException:
            self.say(f"{subject}: failed after {self._seconds(begun)}")
            raise
        self.say(f"{subject}: {done} in {self._seconds(begun)}")

    def _seconds(self, begun: float) -> str:
        took = self._clock() - begun
        return f"{took:.1f} s" if took < 10 else f"{took:.0f} s"
