"""Daemons that outlive the command: started once, ended exactly."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.host import detached


@pytest.fixture
def record(tmp_path):
    """A record file; whatever it names at the end is ended."""
    file = tmp_path / "daemon.json"
    yield file
    detached.stop(file, grace=1)


def _started(record, *argv):
    detached.start(record, argv, log=record.with_suffix(".log"))
    deadline = time.monotonic() + 30
    while detached.running(record) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return detached.running(record)


def test_a_daemon_runs_in_a_session_of_its_own_until_stopped(record):
    """It outlives the terminal, and stop leaves neither process nor record."""
    pid = _started(record, "sleep", "1000")
    assert os.getsid(pid) == pid
    assert detached.stop(record)
    assert _ended(pid)
    assert not record.exists()


def test_stopping_what_does_not_run_is_no_error(record):
    """Down twice is as good as once."""
    assert not detached.stop(record)


def test_a_daemon_that_does_not_listen_is_made_to_end(record):
    """After the grace it is killed."""
    pid = _started(record, "sh", "-c", "trap '' TERM; while :; do sleep 0.1; done")
    assert detached.stop(record, grace=0.3)
    assert _ended(pid)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("born", "1", id="the id was given to another"),
        pytest.param("boot", "x", id="the machine restarted"),
    ],
)
def test_a_process_that_only_has_the_same_id_is_left_alone(tmp_path, field, value):
    """Process ids come round again; the start time and the boot do not."""
    record = tmp_path / "daemon.json"
    with subprocess.Popen(["sleep", "1000"]) as other:
        born = Path(f"/proc/{other.pid}/stat").read_text().rpartition(") ")[2].split()[19]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        known = {"pid": other.pid, "born": born, "boot": boot}
        record.write_text(json.dumps(known))
        assert detached.running(record) == other.pid
        record.write_text(json.dumps(known | {field: value}))
        assert not detached.stop(record)
        assert other.poll() is None
        other.kill()


def test_a_daemon_that_ends_at_once_is_reported_with_its_words(record):
    """Not with a time-out."""
    log = record.with_suffix(".log")
    detached.start(record, ["sh", "-c", "echo no such option; exit 1"], log=log)
    with pytest.raises(LabError, match=r"The registry ended at once. It said: no such option"):
        detached.wait_until_up(record, lambda: False, what="The registry", log=log)


def _ended(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except FileNotFoundError:
        return True
