"""The workflow that writes the comment: pinned, with few rights, and with the marker of the code."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.review import marker
from components.review.__main__ import main

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "preview.yml"
WORKFLOW: dict[str, Any] = yaml.load(FILE.read_text(), Loader=yaml.BaseLoader)  # in YAML 1.1, `on` is a truth
JOBS = WORKFLOW["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]


def test_it_runs_for_pull_requests_only_and_never_with_a_forks_code_and_our_secrets() -> None:
    """pull_request_target would give a fork's program our secrets."""
    assert set(WORKFLOW["on"]) == {"pull_request"}


def test_every_action_is_pinned_by_its_commit_with_its_version_beside_it() -> None:
    """A tag can be moved, a commit can not."""
    used = re.findall(r"uses: (\S+)(.*)", FILE.read_text())
    assert len(used) == sum("uses" in step for step in STEPS)
    for action, comment in used:
        assert re.search(r"@[0-9a-f]{40}\Z", action), action
        assert re.match(r" # v\d+\.\d+\.\d+\Z", comment), action


def test_each_job_has_the_rights_that_it_needs_and_no_other() -> None:
    """Nothing of the workflow's own."""
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "preview": {"contents": "read", "pull-requests": "write"},
        "findings": {"contents": "read", "security-events": "write"},
    }


def test_it_finds_its_comment_by_the_codes_own_marker() -> None:
    """For each stack of the matrix."""
    job = JOBS["preview"]
    project = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["name"]
    for stack in job["strategy"]["matrix"]["stack"]:
        assert job["env"]["MARKER"].replace("${{ matrix.stack }}", stack) == marker(project, stack)
        assert (ROOT / f"Pulumi.{stack}.yaml").is_file()
    script = next(step["with"]["script"] for step in STEPS if "github-script" in step.get("uses", ""))
    assert "process.env.MARKER" in script
    assert "mesh-review" not in script


def test_what_writes_is_left_out_for_forks() -> None:
    """Their token may only read."""
    for step in STEPS:
        if "github-script" in step.get("uses", "") or "upload-sarif" in step.get("uses", ""):
            condition = step["if"].replace("env.OURS == 'true'", JOBS["preview"]["env"]["OURS"])
            assert "github.event.pull_request.head.repo.full_name == github.repository" in condition


def test_no_script_takes_an_expression_in() -> None:
    """What comes from a pull request reaches a shell by its environment only."""
    for step in STEPS:
        assert "${{" not in step.get("run", "") + step.get("with", {}).get("script", "")


def test_the_tools_are_those_of_the_requirements() -> None:
    """The CLI has the SDK's version, and what stays as it is is listed."""
    pinned = re.search(r"^pulumi==(.*)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    given = next(step["with"]["pulumi-version"] for step in STEPS if "pulumi/actions" in step.get("uses", ""))
    assert pinned is not None
    assert given == pinned[1]
    assert any("preview --json --show-sames" in step.get("run", "") for step in STEPS)


def _commands() -> Iterator[str]:
    for step in STEPS:
        yield from re.findall(r"-m components\.review (.*?) >", step.get("run", ""))


def test_the_command_that_it_calls_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """With the arguments that it gives."""
    (command,) = _commands()
    preview = str(ROOT / "tests/review/recorded/failed.json")
    given = [word.strip('"').replace("$RUNNER_TEMP/preview.json", preview) for word in command.split()]
    assert main([word.replace("$STACK", "dev") for word in given]) == 0
    assert capsys.readouterr().out.startswith(marker("servicex-mesh", "dev"))


@pytest.mark.parametrize(
    "step", [pytest.param(step, id=step["name"]) for step in STEPS if "run" in step and "name" in step]
)
def test_every_script_is_good_for_the_shell(step: dict[str, Any]) -> None:
    """Read by bash, which is what a runner uses, and not run."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash to read it with")
    done = subprocess.run([bash, "-n"], input=step["run"], text=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")
