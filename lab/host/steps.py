"""Steps that wait for each other, run side by side: the order of a start, without its content."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

# A step that waits holds a thread, so there are more of them than there will ever be steps.
_THREADS = 64
BUILDS_AT_ONCE = 2


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something to do once, after the steps named in `after`."""

    name: str
    work: Callable[[], object]
    after: tuple[str, ...] = ()
    build: bool = False
    """Builds take all the processor they get: only two run at a time, in the order in which they were added."""


def needed(steps: Sequence[Step], wanted: Collection[str]) -> tuple[Step, ...]:
    """Those of `steps`, in their order, that `wanted` stand on, and `wanted` themselves."""
    names = set(wanted)
    for step in reversed(steps):
        if step.name in names:
            names.update(step.after)
    return tuple(step for step in steps if step.name in names)


class Steps:
    """A graph of steps under way."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="lab")
        self._builds = ThreadPoolExecutor(BUILDS_AT_ONCE, thread_name_prefix="lab-build")
        self._futures: dict[str, Future[None]] = {}

    def add(self, step: Step) -> None:
        """Run a step once those it stands on, added before, are done. A failed step fails those after it."""
        needed = [self._futures[other] for other in step.after]

        def run() -> None:
            for future in needed:
                future.result()
            step.work()

        pool = self._builds if step.build else self._pool
        self._futures[step.name] = pool.submit(run)

    def wait(self, names: Iterable[str]) -> None:
        """Wait for these steps. Raises the error of the first step that fails, be it one of these or not.

        A start that cannot succeed any more should say so at once and not after the next long build.
        """
        wanted = {self._futures[name] for name in names}
        pending = set(self._futures.values())
        while True:
            done = {future for future in self._futures.values() if future.done()}
            for future in done:
                if not future.cancelled() and (error := future.exception()):
                    raise error
            if wanted <= done:
                return
            pending -= done
            wait(pending, return_when=FIRST_COMPLETED)

    def close(self) -> None:
        """Let what runs end, start nothing new."""
        self._builds.shutdown(wait=False, cancel_futures=True)
        for future in self._futures.values():
            future.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._builds.shutdown(wait=True)

    @property
    def names(self) -> tuple[str, ...]:
        """All steps, in the order in which they were added."""
        return tuple(self._futures)
