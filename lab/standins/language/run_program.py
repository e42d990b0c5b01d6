"""Runs one Pulumi program: the child the language host starts with the project's own interpreter.

Arguments: one JSON object with project, stack, organization, root, dry_run, parallel, monitor, engine, program, args.
Configuration arrives in PULUMI_CONFIG and PULUMI_CONFIG_SECRET_KEYS, as the SDK reads it everywhere.
Exit codes: 0 well; 32 failed and already told to the engine; anything else failed untold.
"""

import asyncio
import json
import logging
import os
import runpy
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

TOLD = 32
PARENT_POLL_SECONDS = 0.5
# What a program hears of its calls once another, such as that of a component provider, has failed and the engine has
# told so; the SDK has no error of its own for it (grpc_error_to_exception in pulumi.runtime.settings).
ENGINE_STOPPED = "resource monitor shut down"


def main(settings: dict[str, object]) -> int:
    """Run the program the settings name; returns the exit code."""
    _end_with_parent()
    try:
        import pulumi
        import pulumi.runtime
    except ImportError as error:
        print(
            f"error: {sys.executable} cannot import the Pulumi SDK ({error}). Install the program's requirements "
            "into it with `pulumi install`.",
            file=sys.stderr,
        )
        return 1
    program = Path(str(settings["program"]))
    parallel = int(str(settings["parallel"]))
    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            project=str(settings["project"]),
            stack=str(settings["stack"]),
            organization=str(settings["organization"]),
            root_directory=str(settings["root"]),
            dry_run=bool(settings["dry_run"]),
            parallel=parallel,
            monitor=str(settings["monitor"]),
            engine=str(settings["engine"]),
        )
    )
    arguments = settings["args"]
    sys.argv = [str(program), *(arguments if isinstance(arguments, list) else [])]
    # The engine tells of failed resources itself; asyncio would add a line for each future nobody awaited.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    executor = ThreadPoolExecutor(max_workers=4 * max(parallel, 1))
    loop.set_default_executor(executor)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: _run(program)))
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return TOLD
    except Exception as error:
        if str(error).startswith(ENGINE_STOPPED):
            return TOLD
        text = "".join(traceback.format_exception(type(error), error, _from_program(error.__traceback__, program)))
        pulumi.log.error(f"Program failed with an unhandled exception:\n{text}")
        return TOLD
    finally:
        executor.shutdown(wait=True)
        loop.close()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _run(program: Path) -> None:
    # run_path of a folder puts the folder on sys.path, which a program of several modules needs.
    runpy.run_path(str(program), run_name="__main__")


def _from_program(trace: TracebackType | None, program: Path) -> TracebackType | None:
    """The traceback from the program's first frame on; all of it when the program is not in it."""
    folder = program if program.is_dir() else program.parent
    step = trace
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        # A relative name is a frozen module of the interpreter, such as <frozen runpy>.
        if file.is_absolute() and file.resolve().is_relative_to(folder.resolve()):
            return step
        step = step.tb_next
    return trace


def _end_with_parent() -> None:
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


if __name__ == "__main__":
    # -P is not in every Python: without it this file's folder would shadow the program's own modules.
    sys.path.pop(0)
    sys.exit(main(json.loads(sys.argv[1])))
