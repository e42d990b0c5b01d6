"""`python -m components.experiments`: measure what a stack declares.

Exit codes: 0 all hold (or nobody could tell), 1 something does not hold, 2 the experiments could not be made, 130
interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence

from components.experiments import kubectl, report, stack
from components.experiments.clients import client_pods
from components.experiments.errors import Unusable
from components.experiments.pace import pace
from components.experiments.plan import plan
from components.experiments.run import run
from components.experiments.statistics import Effort
from components.experiments.traffic import Batch, Samples
from components.experiments.verdict import Verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the battery of one stack and print its verdicts; the exit code is in the module's docstring."""
    given = _parser().parse_args(arguments)
    try:
        return asyncio.run(_battery(given.stack, given.output, given.allow_production))
    except Unusable as reason:
        print(f"experiments: {reason}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("experiments: interrupted; the client pods are removed, nothing was judged", file=sys.stderr)
        return 130


async def _battery(name: str | None, output: str, allow_production: bool) -> int:
    _cancel_on_termination()
    program = kubectl.find()
    declared = await stack.read(name)
    if declared.production and not allow_production:
        raise Unusable(
            "this stack is marked as production, and the experiments send it real requests; nothing was sent. "
            "If that is meant, give --allow-production for this run"
        )
    planned = plan(declared.mesh, declared.entrances, false_alarms=Effort().false_alarms)
    effort = Effort(tests=planned.tests)
    paced = pace(planned, effort)
    _say(
        f"at most {paced.requests} requests in about {paced.seconds:.0f} s; a share that is off by "
        f"{effort.difference:.0%} is seen with a chance of {effort.power:.0%}, "
        f"a false alarm comes in 1 of {1 / effort.false_alarms:,.0f} runs"
    )
    async with client_pods(kubectl.Kubectl(program), declared.image) as transport:
        outcome = await run(planned, effort, paced, transport, progress=_progress)
        # Before the pods go: whoever waits for the table need not wait for that.
        (report.as_json if output == "json" else report.text)(outcome, sys.stdout)
        sys.stdout.flush()
    return 1 if any(row.verdict is Verdict.DOES_NOT_HOLD for row in outcome.rows) else 0


def _cancel_on_termination() -> None:
    task = asyncio.current_task()
    if task is not None:
        # Not every platform or thread takes handlers; there, termination ends us without the clean-up.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


def _progress(batch: Batch, samples: Samples) -> None:
    _say(f"{batch.name}: {len(samples)} requests sent")


def _say(line: str) -> None:
    print(f"experiments: {line}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m components.experiments", description="Measure with real requests what a stack declares."
    )
    parser.add_argument("--stack", metavar="NAME", help="the stack to measure (default: the selected one)")
    parser.add_argument("--output", choices=("text", "json"), default="text", help="a table, or JSON (default: text)")
    parser.add_argument(
        "--allow-production", action="store_true", help="send requests to a stack that is marked as production"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
