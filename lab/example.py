"""An example as a stack of its own, on the cluster of a stack that is up and with that stack's images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lab.assemble import HEALING, folder_of
from lab.errors import LabError
from lab.host import prepare as machine
from lab.host.prepare import Host
from lab.measure import run_experiments
from lab.overlay import write_stack_file
from lab.program import ROOT, Program
from lab.progress import Progress
from lab.stack import CLI, program_of
from lab.target import own_cluster, recorded_cell

EXAMPLES = ROOT / "examples"


def up(name: str, stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Bring the example up and measure it. Returns the experiments' exit code."""
    with _example(name, stack, progress) as program:
        progress.say(f"pulumi up, example {name}")
        program.up()
    return run_experiments(program, more)


def prove(name: str, stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Measure the example as it is; `more` goes to the experiments. Returns their exit code."""
    with _example(name, stack, progress) as program:
        pass
    return run_experiments(program, more)


def pulumi(name: str, stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Any Pulumi command on the example's stack, such as `config set`. Returns its exit code."""
    with _example(name, stack, progress) as program:
        return program.any(more)


def down(name: str, stack: str, progress: Progress, *, more: Sequence[str]) -> int:
    """Destroy the example and forget its stack and settings."""
    with _example(name, stack, progress) as program:
        program.destroy()
        program.remove()
    program.config_file.unlink()
    return 0


@contextmanager
def _example(name: str, stack: str, progress: Progress) -> Iterator[Program]:
    if not (EXAMPLES / name / "Pulumi.yaml").is_file():
        there = ", ".join(sorted(file.parent.name for file in EXAMPLES.glob("*/Pulumi.yaml")))
        raise LabError(f"There is no example {name!r}; the examples are {there}.")
    if own_cluster() is None and not recorded_cell(stack).running():
        raise LabError(f"Stack {stack} is not up in the lab; run `make up STACK={stack}` first.")
    with machine.prepare(progress, only=CLI, starting=False) as host:
        program = _program(name, stack, host, progress)
        program.prepare()
        yield program


def _program(name: str, stack: str, host: Host, progress: Progress) -> Program:
    around = program_of(stack, host, progress, {})
    images = around.outputs()
    config_file = folder_of(stack) / "examples" / name / f"Pulumi.{stack}.yaml"
    write_stack_file(
        # What was set before stays.
        config_file if config_file.exists() else None,
        config_file,
        settings={"image": images["image"], "clientImage": images["loadClientImage"]},
        extra={} if own_cluster() else HEALING,
        project=name,
    )
    return Program(
        stack=stack,
        project=name,
        folder=EXAMPLES / name,
        pulumi=around.pulumi,
        config_file=config_file,
        environment=around.environment,
        backend=around.backend,
    )
