"""`python -m components.analysis PATH...`: YAML files and folders in, findings out.

Exit code 0: nothing at or above --fail-on; 1: something; 2: an input that could not be used as it stands, though the
rest was analysed.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from itertools import chain

from components.analysis.arguments import parsed
from components.analysis.reading import Unusable, mesh_config_of, read_bytes
from components.analysis.reading.aside import read_aside


def main(arguments: Sequence[str]) -> int:
    """Run with these arguments; the exit code."""
    asked = parsed(arguments)
    try:
        with read_aside([path for path in asked.paths if path != "-"], asked.exclude) as documents:
            from components.analysis.running import report  # while the other process reads

            config = mesh_config_of(asked.mesh_config) if asked.mesh_config else None
            given = [*read_bytes("standard input", sys.stdin.buffer.read())] if "-" in asked.paths else []
            return report(asked, chain(given, documents), config)
    except Unusable as unusable:
        print(f"analysis: {unusable}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("analysis: interrupted; nothing was written.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    # Documents hold no cycles and the process is short: looking for garbage would be a quarter of its time.
    gc.disable()
    sys.exit(main(sys.argv[1:]))
