"""Started by Pulumi as `python plugin ENGINE_ADDRESS`; serves the components until the engine is gone."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Find the repository's packages from wherever the engine starts this, then serve."""
    # In place of this folder, which Python puts first and whose modules must not hide others of their names.
    sys.path[0] = str(ROOT)
    from plugin.provider import serve

    serve()


if __name__ == "__main__":
    main()
