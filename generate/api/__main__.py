"""`python -m generate.api` writes the generated part of components/api; with --check it only compares."""

from __future__ import annotations

import argparse
import sys

from generate.api.outputs import ROOT, differences, outputs, write
from generate.api.source import GATEWAY, ISTIO, SourceUnavailable, module_folder


def main() -> int:
    """Exit 0: written, or nothing to write; 1: --check found differences.

    Exit 2: the definitions are not to be had, or words.toml does not fit them.
    """
    parser = argparse.ArgumentParser(prog="python -m generate.api", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    parser.add_argument("--offline", action="store_true", help="download nothing")
    arguments = parser.parse_args()
    try:
        folders = [module_folder(each, offline=arguments.offline) for each in (ISTIO, GATEWAY)]
        wanted = outputs(*folders)
    except (SourceUnavailable, ValueError) as reason:
        print(reason, file=sys.stderr)
        return 2
    changed = differences(wanted)
    if not arguments.check:
        write(wanted)
    for path in changed:
        print(f"{'differs' if arguments.check else 'written'}: {ROOT.name}/{path}")
    return 1 if arguments.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
