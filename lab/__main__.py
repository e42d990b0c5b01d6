"""The lab's commands; the Makefile calls them. `python -m lab up --stack dev`."""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lab import example, folders, stack
from lab.errors import LabError
from lab.host import preflight
from lab.host.commands import Commands
from lab.progress import Progress
from lab.tools import golang
from lab.tools.build import build
from lab.tools.catalogue import EXTRA_FAMILIES, FAMILIES
from lab.tools.toolbox import Toolbox


def main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    progress = Progress()
    try:
        if given.command == "go":
            return _show_go(progress)
        if given.command == "tool":
            return _show_tool(given.name, progress)
        with _alone():
            return COMMANDS[given.command](given, progress)
    except LabError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; what was done stays, and the same command goes on from there.", file=sys.stderr)
        return 130


EXAMPLE = {"up": example.up, "prove": example.prove, "pulumi": example.pulumi, "down": example.down}
COMMANDS = {
    "up": lambda given, progress: stack.up(given.stack, progress, settings=given.set),
    "preview": lambda given, progress: stack.preview(given.stack, progress, settings=given.set, more=given.more),
    "prove": lambda given, progress: stack.prove(given.stack, progress, more=given.more),
    "pulumi": lambda given, progress: stack.pulumi(given.stack, progress, more=given.more),
    "down": lambda given, progress: stack.down(given.stack, progress),
    "purge": lambda given, progress: stack.purge(progress),
    "env": lambda given, progress: stack.environment(given.stack),
    "example": lambda given, progress: EXAMPLE[given.action](given.name, given.stack, progress, more=given.more),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab", description="A mesh on a real cluster, on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    help_of = {
        "up": "cluster, Istio, the stack, and a table of what was measured",
        "preview": "what `pulumi up` would change; arguments after -- go to Pulumi",
        "prove": "measure again; arguments after -- go to the experiments",
        "pulumi": "any Pulumi command on the stack: pulumi --stack dev -- stack output",
        "down": "end the cluster of --stack, or all of them, and leave nothing",
        "purge": "down, and remove the caches",
        "go": "print the path of a Go that can build this project, fetched if this machine has none",
        "tool": "print the path of a tool of the lab, such as istioctl, built if it is not there",
        "env": "print the environment in which Pulumi and kubectl see the stack, for `eval`",
        "example": "up, prove, pulumi or down: do that with an example of examples/, beside a stack that is up",
    }
    for name, text in help_of.items():
        command = commands.add_parser(name, help=text, description=text)
        if name not in ("purge", "go", "tool"):
            command.add_argument("--stack", default=None if name == "down" else "dev", metavar="NAME")
        if name in ("up", "preview"):
            command.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting, this once")
        if name == "tool":
            command.add_argument("name", metavar="NAME")
        if name == "example":
            command.add_argument("action", choices=EXAMPLE)
            command.add_argument("name", metavar="NAME")
        if name in ("preview", "prove", "pulumi", "example"):
            command.add_argument("more", nargs="*", metavar="ARGUMENT")
    return parser


def _show_tool(name: str, progress: Progress) -> int:
    commands = Commands(logs=folders.state() / "logs")
    go = golang.fetch(commands=commands, progress=progress)
    toolbox = Toolbox(go=go)
    path = toolbox.path(name)
    for family in (*FAMILIES, *EXTRA_FAMILIES):
        if name in family.tools:
            environment = go.environment(memory=preflight.available_memory(), parallel=1)
            build(family, toolbox=toolbox, go=go, environment=environment, commands=commands, progress=progress)
    print(path)
    return 0


def _show_go(progress: Progress) -> int:
    print(golang.fetch(commands=Commands(logs=folders.state() / "logs"), progress=progress).program)
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """One command at a time: two would build, start and measure the same things against each other."""
    file = folders.state() / "lock"
    with file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise LabError(
                f"Another lab command is running (process {lock.read().strip() or 'unknown'}); two at once would disturb "
                "each other. Wait for it to end, or end it, and run this again."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        # Daemons that are started from here must not keep the lock when this process is gone.
        os.set_inheritable(lock.fileno(), False)
        yield
        lock.truncate(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
