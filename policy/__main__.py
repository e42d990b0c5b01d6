"""Started by Pulumi with this folder; serves the policies until the engine is gone."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Find the repository's packages from whatever project the engine checks, then serve."""
    # In place of this folder, which Python puts first and whose modules must not hide others of their names.
    sys.path[0] = str(ROOT)
    from policy.pack import serve

    serve()


if __name__ == "__main__":
    main()
