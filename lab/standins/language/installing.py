"""What `pulumi install` does for a Python program: make the virtual environment, then install what it names."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from lab.standins.language.interpreter import Interpreter, UnusableRuntimeError


def install_dependencies(python: Interpreter, folder: Path) -> Iterator[bytes]:
    """Lines of output as they come; raises UnusableRuntimeError when a step fails."""
    if python.virtualenv is not None and not python.executable.exists():
        yield from _step([sys.executable, "-m", "venv", str(python.virtualenv)], folder, python)
    requirements, project = folder / "requirements.txt", folder / "pyproject.toml"
    if requirements.exists():
        what = ["-r", str(requirements)]
    elif project.exists():
        what = ["-e", str(folder)]
    else:
        yield f"{folder} has neither requirements.txt nor pyproject.toml: nothing to install\n".encode()
        return
    command = [str(python.executable), "-m", "pip", "install", "--disable-pip-version-check", *what]
    yield from _step(command, folder, python)


def _step(command: list[str], folder: Path, python: Interpreter) -> Iterator[bytes]:
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=python.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert child.stdout is not None
    yield from child.stdout
    if child.wait() != 0:
        raise UnusableRuntimeError(
            f"`{' '.join(command)}` ended with exit code {child.returncode}; see its output above."
        )
