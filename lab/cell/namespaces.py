"""The first process of a cell: a shell script in namespaces of its own, held until it is let go. A thin shell."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from lab.cell import diagnosis
from lab.errors import LabError

# unshare stays outside as the parent, and its end is the cell's end.
UNSHARE = (
    *("unshare", "--mount", "--propagation", "private", "--net", "--pid", "--ipc", "--uts"),
    *("--fork", "--kill-child=SIGKILL"),
)


@contextlib.contextmanager
def first_process(script: str, log: Path) -> Iterator[tuple[int, Callable[[], None]]]:
    """Run `script` (see enter) in new namespaces; gives its pid on the host and what lets it go on.

    Left without being let go, by an error or by the death of this process, it ends. Its errors go to `log`.
    """
    with log.open("wb") as errors:
        # setsid --fork: it outlives this process and belongs to no terminal.
        process = subprocess.Popen(
            ["setsid", "--fork", *UNSHARE, "--", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin as into, process.stdout as out:

        def let_go() -> None:
            into.write(b"go\n")
            into.flush()

        process.wait()
        first = out.readline().strip()
        if not first:
            raise LabError(
                f"No process can be started in namespaces of its own: {diagnosis.last_words(log)} "
                "This takes root and a machine, or a privileged container, that allows it."
            )
        yield int(first), let_go
