"""The language host under the real CLI."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.lab.standins.conftest import Project

pytestmark = pytest.mark.lab

ROOT = Path(__file__).parents[4]


def test_a_program_runs_and_its_outputs_are_kept(bare_project: Project) -> None:
    """Configuration reaches the program, a secret stays one, and up, output, about and destroy work."""
    (bare_project.folder / "part.py").write_text("NAME = 'part'\n")
    bare_project.write(
        "import pulumi, part\n"
        "config = pulumi.Config()\n"
        "pulumi.export('words', [config.require('word'), part.NAME, pulumi.get_stack(), pulumi.get_project()])\n"
        "pulumi.export('hidden', config.require_secret('password'))\n"
    )
    bare_project.run("config", "set", "word", "hello")
    bare_project.run("config", "set", "--secret", "password", "hush-hush")
    up = bare_project.up()
    assert up.code == 0, up.output
    assert "hush-hush" not in up.output
    assert bare_project.outputs() == {"words": ["hello", "part", "test", "project"], "hidden": "[secret]"}
    about = bare_project.run("about").output
    assert "This project is written in python" in about
    assert "pulumi_kubernetes" in about
    assert bare_project.run("destroy", "--yes", "--skip-preview").code == 0


def test_an_exception_shows_one_traceback_of_the_program_only(bare_project: Project) -> None:
    """Once, from the program's first line on, without the SDK's frames."""
    bare_project.write("def fail():\n    raise ValueError('bad thing')\n\nfail()\n")
    shown = bare_project.run("preview", "--diff")
    assert shown.code != 0
    assert shown.output.count("Traceback") == 1
    assert shown.output.count("ValueError: bad thing") == 1
    assert "runpy" not in shown.output
    assert "site-packages" not in shown.output


def test_a_run_error_shows_its_text_only(bare_project: Project) -> None:
    """What the program says to its user is all the user sees."""
    bare_project.write("import pulumi\nraise pulumi.RunError('servicex:port is 0; it is 1 to 65535')\n")
    shown = bare_project.run("preview", "--diff")
    assert shown.code != 0
    assert "error: servicex:port is 0; it is 1 to 65535" in shown.output
    assert "Traceback" not in shown.output
    assert "exit code" not in shown.output


def test_what_the_engine_told_already_is_not_told_again(bare_project: Project) -> None:
    """A program whose component was refused hears that the engine has stopped; its user has read why."""
    bare_project.write("raise Exception('resource monitor shut down')\n")
    shown = bare_project.run("preview", "--diff")
    assert shown.code != 0
    assert "Traceback" not in shown.output
    assert "resource monitor shut down" not in shown.output


def test_a_program_that_ends_itself_is_an_error_with_its_exit_code(bare_project: Project) -> None:
    """Nothing else would tell why there are no resources."""
    bare_project.write("import os\nos._exit(3)\n")
    shown = bare_project.run("preview")
    assert shown.code != 0
    assert "exit code 3" in shown.output


def test_a_missing_virtual_environment_is_said(bare_project: Project) -> None:
    """The message says what was given and what to do."""
    (bare_project.folder / "venv").unlink()
    bare_project.write("")
    shown = bare_project.run("preview")
    assert shown.code != 0
    assert "virtualenv is 'venv'" in shown.output
    assert "pulumi install" in shown.output


def test_install_makes_the_virtual_environment(bare_project: Project) -> None:
    """`pulumi install` with nothing to download ends with an interpreter where Pulumi.yaml says."""
    (bare_project.folder / "venv").unlink()
    (bare_project.folder / "requirements.txt").write_text("# nothing\n")
    done = bare_project.run("install")
    assert done.code == 0, done.output
    assert (bare_project.folder / "venv" / "bin" / "python").exists()


def test_nothing_stays_when_the_engine_is_killed(bare_project: Project) -> None:
    """Host and program end by themselves, even a program that would run for ever."""
    mark = bare_project.folder / "started"
    bare_project.write(f"import pathlib, time\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(600)\n")
    with bare_project.start("preview") as engine:
        _until(mark.exists)
        engine.kill()
    _until(lambda: str(bare_project.folder) not in _processes())


def test_a_policy_pack_runs_with_the_stacks_configuration(bare_project: Project, tmp_path: Path) -> None:
    """The pack is started once the engine has told stack and configuration, which it reads from its environment.

    `pulumi install` makes the pack's own, here from what this repository's pack asks for.
    """
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime:\n  name: python\n  options:\n    virtualenv: venv\n")
    (pack / "requirements.txt").write_text((ROOT / "policy" / "requirements.txt").read_text())
    installed = bare_project.run("install", "--cwd", str(pack))
    assert installed.code == 0, installed.output
    (pack / "__main__.py").write_text(
        "import pulumi\n"
        "from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy\n"
        "def check(args, report):\n"
        "    report('stack ' + pulumi.get_stack() + ' says ' + pulumi.Config('project').require('word'))\n"
        "PolicyPack('pack', policies=[StackValidationPolicy(name='says', description='says',\n"
        "    enforcement_level=EnforcementLevel.MANDATORY, validate=check)])\n"
    )
    bare_project.write("")
    bare_project.run("config", "set", "word", "hello")
    shown = bare_project.run("preview", "--policy-pack", str(pack))
    assert shown.code != 0
    assert "stack test says hello" in shown.output


def _processes() -> str:
    return subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def _until(condition: "object") -> None:
    assert callable(condition)
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come about within a minute"
        time.sleep(0.1)
