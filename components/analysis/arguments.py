"""What the command can be told."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

__all__ = ["FACES", "FAILING", "parsed"]

FACES = ("text", "json", "sarif", "markdown")
FAILING = ("error", "warning")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments by name; ends the process with exit code 2 when they can not be understood."""
    parser = argparse.ArgumentParser(
        prog="python -m components.analysis",
        description="What istiod would refuse, what istioctl and Kiali would report, and what nobody checks, of documents"
        " that need no cluster. Every code has a page in docs/checks.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help='file or folder of YAML or JSON; "-" reads standard input'
    )
    parser.add_argument("--output", choices=FACES, default="text", help="default: text")
    parser.add_argument(
        "--fail-on", choices=FAILING, default="error", help="exit 1 from this severity on; default: error"
    )
    parser.add_argument(
        "--mesh-config", metavar="FILE", help="Istio's mesh configuration, when no ConfigMap among the documents has it"
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help='leave out files and folders of folders, such as "charts/*/templates"; may be given several times',
    )
    parser.add_argument(
        "--complete",
        action="store_true",
        help="these documents are all there is in their namespaces: what is not among them does not exist",
    )
    return parser.parse_args(arguments)
