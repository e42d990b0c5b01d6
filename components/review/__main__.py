"""`python -m components.review PREVIEW.json`: what a preview would do to the mesh, as a comment or in the terminal.

Exit codes: 0 told, 1 with --fail-on: a finding of that severity or a preview that failed, 2 unusable input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from components.analysis import Severity
from components.review import terminal
from components.review.comment import markdown
from components.review.errors import Unusable
from components.review.findings import Analyse
from components.review.preview import read
from components.review.review import review


def main(arguments: Sequence[str] | None = None, *, analyse: Analyse | None = None) -> int:
    """Read, review, print; the exit code is in the module's docstring. `analyse` stands in for the project's analysis."""
    given = _parser().parse_args(arguments)
    try:
        looked_at = review(read(_input(given.preview), project=_project(), stack=given.stack or ""), analyse=analyse)
    except Unusable as reason:
        print(f"review: {reason}.", file=sys.stderr)
        return 2
    if given.output == "text":
        terminal.text(looked_at, sys.stdout)
    else:
        sys.stdout.write(markdown(looked_at))
    if given.fail_on is None:
        return 0
    return int(bool(looked_at.failure) or looked_at.findings.at_least(Severity(given.fail_on)))


def _input(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text()
    except UnicodeDecodeError:
        raise Unusable(f"{name} is no text in UTF-8; give the output of `pulumi preview --json`") from None
    except OSError as error:
        raise Unusable(f"{name} can not be read: {error.strerror}; give a file, or - for the standard input") from None


def _project() -> str:
    """The project of the folder this runs in, for a preview that failed before it named one."""
    try:
        declared = yaml.safe_load(Path("Pulumi.yaml").read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ""
    return str(declared.get("name", "")) if isinstance(declared, dict) else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m components.review", description="What a preview would do to the mesh, in words and pictures."
    )
    parser.add_argument(
        "preview", metavar="PREVIEW.json", help="output of `pulumi preview --json --show-sames`; - is stdin"
    )
    parser.add_argument("--stack", metavar="NAME", help="the stack, where the preview does not name it")
    parser.add_argument(
        "--output",
        choices=("markdown", "text"),
        default="markdown",
        help="a comment, or for the terminal (default: markdown)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        help="exit 1 for such a finding, and for a preview that failed",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
