"""Each command on one stack, from the parts: machine, cell, program, experiments."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from lab import addons, folders
from lab.assemble import folder_of, program_on_cell, program_on_own_cluster, start_cell
from lab.errors import LabError
from lab.host import prepare as machine
from lab.host.plan import Part
from lab.host.prepare import Host
from lab.measure import measure, run_experiments
from lab.overlay import PROJECT
from lab.program import ROOT, Program
from lab.progress import Progress
from lab.target import cell_of, own_cluster, recorded_cell

CLI: tuple[Part, ...] = ("cli",)
"""All that a cluster of the user's, or one that is up, needs of this machine."""


def up(stack: str, progress: Progress, *, settings: Sequence[str]) -> int:
    """Everything up to the table. Returns the experiments' exit code: 0 when no verdict fails."""
    given, own = given_settings(settings), own_cluster()
    _check_settings(stack, given, lab=own is None)
    if own is not None:
        with machine.prepare(progress, only=CLI) as host:
            program = program_on_own_cluster(stack, own, host, progress, given)
            _update(program, progress)
        return measure(program, progress, folder=None)
    also = addons.parts(addons.asked_for(ROOT / f"Pulumi.{stack}.yaml", given))
    with machine.prepare(progress, also=also, starting=not recorded_cell(stack).running()) as host:
        cell = cell_of(stack, tools=host.tools, images=host.images)
        start_cell(stack, cell, host, progress)
        program = program_on_cell(stack, cell, host, progress, given)
        _update(program, progress)
    code = measure(program, progress, folder=folder_of(stack))
    cell.save_images(progress)
    print(
        f"\nThe mesh of stack {stack} serves at {cell.address}. Try it, and look around:\n"
        f"  curl -i -H 'Host: {_first_host(program)}' http://{cell.address}/\n"
        f'  eval "$(.venv/bin/python -m lab env --stack {stack})"; kubectl get pods -A\n'
        f"  make prove STACK={stack}    make preview STACK={stack}    make down"
    )
    return code


def preview(stack: str, progress: Progress, *, settings: Sequence[str], more: Sequence[str]) -> int:
    """What an update would do; with the stack's cluster when it is up, else with none in reach. The exit code."""
    given = given_settings(settings)
    _check_settings(stack, given, lab=own_cluster() is None)
    with machine.prepare(progress, only=CLI, starting=False) as host:
        program = program_of(stack, host, progress, given)
        program.prepare()
        progress.say("previewing")
        return program.preview(*more)


def prove(stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Measure the stack as it is."""
    with machine.prepare(progress, only=CLI, starting=False) as host:
        own = own_cluster()
        if own is None and not cell_of(stack, tools=host.tools, images=host.images).running():
            raise LabError(f"Stack {stack} is not up in the lab; run `make up STACK={stack}` first.")
        program = program_of(stack, host, progress, {})
    return run_experiments(program, [*more, *(() if own else ("--allow-production",))])


def pulumi(stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Any Pulumi command in the stack's environment. Returns its exit code."""
    with machine.prepare(progress, only=CLI, starting=False) as host:
        return program_of(stack, host, progress, {}).any(more)


def down(stack: str | None, progress: Progress) -> int:
    """End the lab's clusters and daemons; on a cluster of the user's, destroy the stack instead."""
    own = own_cluster()
    if own is not None and stack is not None:
        with machine.prepare(progress, only=CLI, starting=False) as host:
            program = program_on_own_cluster(stack, own, host, progress, {})
            program.prepare()
            program.destroy()
        return 0
    for name in [stack] if stack is not None else _kept():
        recorded_cell(name).stop(progress)
        shutil.rmtree(folder_of(name), ignore_errors=True)
    left = _kept()
    if not left:
        machine.stop(progress)
    progress.say(f"still up: {', '.join(left)}" if left else "nothing of the lab is left running")
    return 0


def purge(progress: Progress) -> int:
    """`down`, and the caches and the state folder too."""
    down(None, progress)
    machine.purge(progress)
    shutil.rmtree(folders.state(), ignore_errors=True)
    return 0


def environment(stack: str) -> int:
    """Print what a shell needs to use kubectl and pulumi on the stack."""
    recorded = folder_of(stack) / "environment.json"
    if not recorded.is_file():
        raise LabError(f"Stack {stack} is not up in the lab; run `make up STACK={stack}` first.")
    for name, value in json.loads(recorded.read_text()).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def program_of(stack: str, host: Host, progress: Progress, given: Mapping[str, Any]) -> Program:
    own = own_cluster()
    if own is not None:
        return program_on_own_cluster(stack, own, host, progress, given)
    host.ready("cli")
    return program_on_cell(stack, cell_of(stack, tools=host.tools, images=host.images), host, progress, given)


def _update(program: Program, progress: Progress) -> None:
    program.prepare()
    progress.say(f"pulumi up, stack {program.stack}")
    program.up()
    progress.say(f"pulumi up, stack {program.stack}: done")


def _check_settings(stack: str, given: Mapping[str, Any], *, lab: bool) -> None:
    """The program's own check of its configuration, before anything is touched."""
    settings = {**({"registry": "localhost:5917"} if lab else {}), **given}
    overlay = folders.state() / f"check-{stack}.yaml"
    overlay.write_text(yaml.safe_dump({"config": {f"{PROJECT}:{key}": value for key, value in settings.items()}}))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "components.settings", f"Pulumi.{stack}.yaml", str(overlay)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    finally:
        overlay.unlink()
    if done.returncode != 0:
        raise LabError(f"{done.stderr.strip().replace(f' + {overlay}', '')}\nNothing was touched.")


def given_settings(settings: Sequence[str]) -> dict[str, Any]:
    pairs = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise LabError(f"--set is given {setting!r}; give KEY=VALUE, such as canaryWeight=25.")
        pairs[key] = yaml.safe_load(value) if value else ""
    return pairs


def _first_host(program: Program) -> str:
    settings = yaml.safe_load(program.config_file.read_text())["config"]
    return f"a.{settings.get(f'{PROJECT}:domain', 'mesh.test')}"


def _kept() -> list[str]:
    """Every stack that the lab keeps something of."""
    kept = [folders.state() / "stacks", folders.state() / "cells"]
    return sorted({entry.name for folder in kept if folder.is_dir() for entry in folder.iterdir() if entry.is_dir()})
