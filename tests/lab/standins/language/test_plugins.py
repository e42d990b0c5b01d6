"""Which Python runs a plugin, how its dependencies come, and how it is started."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import language_pb2

from lab.standins.language.installing import install_dependencies, package_name
from lab.standins.language.interpreter import Interpreter, UnusableRuntimeError, select
from lab.standins.language.plugins import run_plugin

PACKAGE = '[project]\nname = "my-plugin"\n[build-system]\nrequires = []\nbuild-backend = "backend"\n'
PYTHON = Interpreter(executable=Path(sys.executable))


class Aborted(Exception):
    """The call ended with a status that is not OK."""


class Context:
    """What the host asks of a call: to be told of its end, and to end it with an error."""

    def __init__(self) -> None:
        self.ended: list[Callable[[], None]] = []

    def add_callback(self, callback: Callable[[], None]) -> bool:
        self.ended.append(callback)
        return True

    def abort(self, code: grpc.StatusCode, details: str) -> None:
        raise Aborted(f"{code.name}: {details}")


@pytest.fixture(name="context")
def _context() -> Context:
    return Context()


@pytest.fixture(name="recording")
def _recording(tmp_path: Path) -> Interpreter:
    """An interpreter that says with what it is called."""
    executable = tmp_path / "venv" / "bin" / "python"
    executable.parent.mkdir(parents=True)
    executable.write_text('#!/bin/sh\necho "$@"\n')
    executable.chmod(0o755)
    return Interpreter(executable=executable, virtualenv=tmp_path / "venv")


def run(folder: Path, context: Context, *, kind: str = "resource", env: tuple[str, ...] = ()) -> Iterator[object]:
    """What the engine gets for a plugin in the folder, called with one argument."""
    info = language_pb2.ProgramInfo(program_directory=str(folder), root_directory=str(folder), entry_point=".")
    request = language_pb2.RunPluginRequest(pwd="/", args=["127.0.0.1:1"], env=env, info=info, kind=kind)
    return run_plugin(request, PYTHON, context)  # type: ignore[arg-type]


def test_a_plugin_without_a_virtualenv_option_has_venv(tmp_path: Path) -> None:
    """The ambient Python, which a program may use, has other versions of what a plugin needs, if any."""
    assert select(root=tmp_path, options={}).virtualenv is None
    assert select(root=tmp_path, options={}, must_exist=False, plugin=True).virtualenv == tmp_path / "venv"
    with pytest.raises(UnusableRuntimeError, match=r"PulumiPlugin.yaml: .* is 'venv', but .* `pulumi install` in "):
        select(root=tmp_path, options={}, plugin=True)


def test_a_policy_pack_whose_virtualenv_is_missing_is_told_of_by_its_own_file(tmp_path: Path) -> None:
    """Without the option it is the user's Python that runs it."""
    assert select(root=tmp_path, options={}, policy_pack=True).virtualenv is None
    with pytest.raises(UnusableRuntimeError, match=r"PulumiPolicy.yaml: .* is '.venv', but .* `pulumi install` in "):
        select(root=tmp_path, options={"virtualenv": ".venv"}, policy_pack=True)


def test_a_virtualenv_outside_the_plugins_folder_is_found(tmp_path: Path) -> None:
    """A plugin may share its repository's own."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    chosen = select(root=tmp_path / "plugin", options={"virtualenv": "../.venv"}, must_exist=False, plugin=True)
    assert chosen.executable == tmp_path / "plugin" / "../.venv" / "bin" / "python"


def test_a_folder_with_a_main_is_run_as_it_is(tmp_path: Path, context: Context) -> None:
    """With the engine's arguments, in the working directory and environment that the engine gives; then its exit code."""
    (tmp_path / "__main__.py").write_text(
        "import os, sys\nprint(4711)\nprint(sys.argv[1], os.getcwd(), os.environ['WORD'])\n"
        "print('oh', file=sys.stderr)\nsys.exit(3)\n"
    )
    said = list(run(tmp_path, context, env=("WORD=hello",)))
    assert [m.stdout for m in said if m.stdout] == [b"4711\n", b"127.0.0.1:1 / hello\n"]  # type: ignore[attr-defined]
    assert [m.stderr for m in said if m.stderr] == [b"oh\n"]  # type: ignore[attr-defined]
    assert said[-1].exitcode == 3  # type: ignore[attr-defined]


def test_a_package_without_a_main_is_hosted_by_the_sdk(tmp_path: Path, context: Context) -> None:
    """By its name in pyproject.toml; a module of that name without components is run itself."""
    (tmp_path / "pyproject.toml").write_text(PACKAGE)
    (tmp_path / "my_plugin").mkdir()
    (tmp_path / "my_plugin" / "__init__.py").touch()
    (tmp_path / "my_plugin" / "__main__.py").write_text("import sys\nprint(4711, sys.argv[1:])\n")
    said = list(run(tmp_path, context, env=(f"PYTHONPATH={tmp_path}",)))
    assert [m.stdout for m in said if m.stdout] == [b"4711 ['127.0.0.1:1']\n"]  # type: ignore[attr-defined]


def test_a_folder_that_is_neither_is_refused(tmp_path: Path, context: Context) -> None:
    """With what it lacks."""
    with pytest.raises(Aborted, match=r"FAILED_PRECONDITION: .* neither __main__.py nor a pyproject.toml with a name"):
        list(run(tmp_path, context))


def test_another_kind_of_plugin_is_refused_by_name(tmp_path: Path, context: Context) -> None:
    """And what is covered is said."""
    with pytest.raises(Aborted, match=r"UNIMPLEMENTED: .* kind 'converter' are not covered .* analyzer and resource"):
        list(run(tmp_path, context, kind="converter"))


def test_a_plugin_ends_with_its_call(tmp_path: Path, context: Context) -> None:
    """The engine ends a provider by ending the call that runs it."""
    (tmp_path / "__main__.py").write_text("import time\nprint(4711, flush=True)\ntime.sleep(600)\n")
    said = run(tmp_path, context)
    next(said)
    rest: list[object] = []
    reader = threading.Thread(target=lambda: rest.extend(said), daemon=True)
    reader.start()
    (end,) = context.ended
    end()
    reader.join(timeout=60)
    assert not reader.is_alive()
    assert rest[-1].exitcode == -9  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "name"),
    [(PACKAGE, "my-plugin"), ('[project]\nname = "my-plugin"\n', None), ("[tool.ruff]\n", None)],
    ids=["a package", "no build backend", "settings of tools only"],
)
def test_only_what_can_be_built_is_a_package(tmp_path: Path, text: str, name: str | None) -> None:
    """A pyproject.toml may hold nothing but settings of tools."""
    (tmp_path / "pyproject.toml").write_text(text)
    assert package_name(tmp_path) == name


def test_a_plugin_that_is_a_package_is_installed_with_its_requirements(tmp_path: Path, recording: Interpreter) -> None:
    """Itself first, then requirements.txt; a program's own package is not."""
    (tmp_path / "pyproject.toml").write_text(PACKAGE)
    (tmp_path / "requirements.txt").touch()
    install = "-m pip install --disable-pip-version-check"
    requirements = f"{install} -r {tmp_path}/requirements.txt"
    said = [line.decode().strip() for line in install_dependencies(recording, tmp_path, plugin=True)]
    assert said == [f"{install} {tmp_path}", requirements]
    said = [line.decode().strip() for line in install_dependencies(recording, tmp_path)]
    assert said == [requirements]
