"""What `pulumi install` does for a Python program or plugin: make the virtual environment, then install what it names."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from lab.standins.language.interpreter import Interpreter, UnusableRuntimeError


def install_dependencies(python: Interpreter, folder: Path, *, plugin: bool = False) -> Iterator[bytes]:
    """Lines of output as they come; raises UnusableRuntimeError when a step fails.

    A plugin that is a package is installed itself, and its requirements.txt too.
    """
    if python.virtualenv is not None and not python.executable.exists():
        yield from _step([sys.executable, "-m", "venv", str(python.virtualenv)], folder, python)
    requirements, project = folder / "requirements.txt", folder / "pyproject.toml"
    if plugin and package_name(folder) is not None:
        yield from _pip(python, folder, str(folder))
        if not requirements.exists():
            return
    if requirements.exists():
        what = ["-r", str(requirements)]
    elif project.exists():
        what = ["-e", str(folder)]
    else:
        yield f"{folder} has neither requirements.txt nor pyproject.toml: nothing to install\n".encode()
        return
    yield from _pip(python, folder, *what)


def package_name(folder: Path) -> str | None:
    """The name of the Python package that the folder is built into; None where pyproject.toml names no build backend."""
    project = folder / "pyproject.toml"
    if not project.exists():
        return None
    try:
        declared = tomllib.loads(project.read_text())
    except tomllib.TOMLDecodeError as error:
        raise UnusableRuntimeError(f"{project} is not TOML: {error}; correct it.") from error
    name = declared.get("project", {}).get("name")
    return str(name) if name and declared.get("build-system", {}).get("build-backend") else None


def _pip(python: Interpreter, folder: Path, *what: str) -> Iterator[bytes]:
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
    with child.stdout:
        yield from child.stdout
    if child.wait() != 0:
        raise UnusableRuntimeError(
            f"`{' '.join(command)}` ended with exit code {child.returncode}; see its output above."
        )
