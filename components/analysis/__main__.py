"""`python -m components.analysis PATH...`: YAML files and folders in, findings out.

Exit code 0: nothing at or above --fail-on; 1: something; 2: an input that could not be used as it stands, though the
rest was analysed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from components.analysis.analysing import Analysis, analyse
from components.analysis.faces import FACES, face
from components.analysis.finding import Finding, Severity
from components.analysis.reading import Source, Unusable, read_paths, read_text

FAILING = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}


def main(arguments: Sequence[str]) -> int:
    """Run with these arguments; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        config = _mesh_config(asked.mesh_config) if asked.mesh_config else None
        analysis = analyse(_read(asked.paths), mesh_config=config, complete=asked.complete)
    except Unusable as unusable:
        print(f"analysis: {unusable}", file=sys.stderr)
        return 2
    try:
        print(face(asked.output)(analysis), flush=True)
    except BrokenPipeError:  # such as `| head`: nobody reads on, and that is no mistake
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _exit_code(analysis, asked.fail_on)


def _parser() -> argparse.ArgumentParser:
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
        "--fail-on", choices=tuple(FAILING), default="error", help="exit 1 from here on; default: error"
    )
    parser.add_argument(
        "--mesh-config", metavar="FILE", help="the mesh configuration, when no ConfigMap among them has it"
    )
    parser.add_argument(
        "--complete",
        action="store_true",
        help="these documents are all there is in their namespaces: what is not among them does not exist",
    )
    return parser


def _read(paths: Iterable[str]) -> Iterator[Source | Finding]:
    for path in paths:
        if path == "-":
            yield from read_text("standard input", sys.stdin.read())
        else:
            yield from read_paths([path])


def _mesh_config(path: str) -> Mapping[str, Any]:
    for each in read_paths([path]):
        if isinstance(each, Finding):
            raise Unusable(f"{each.message}, line {each.line}. {each.remedy}")
        if "kind" not in each.value:
            return each.value
    raise Unusable(
        f"{path!r} holds no mesh configuration. Give a file with the fields of Istio's MeshConfig, without kind."
    )


def _exit_code(analysis: Analysis, fail_on: str) -> int:
    if any(finding.code.startswith("R") for finding in analysis.findings):
        return 2
    return int(any(finding.severity in FAILING[fail_on] for finding in analysis.findings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
