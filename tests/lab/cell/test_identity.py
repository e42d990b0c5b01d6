"""A cell's first process is known by more than its pid."""

import dataclasses
import os
import subprocess

import pytest

from lab.cell import identity


@pytest.fixture
def process():
    """A process of our own that sleeps."""
    with subprocess.Popen(["sleep", "1000"]) as process:
        yield process
        process.kill()


def test_a_process_that_runs_is_alive_and_ends_when_killed(process):
    """Killing waits until it is gone; a zombie is gone."""
    found = identity._identify(process.pid)
    assert found is not None
    assert found.alive()
    assert found.kill(seconds=5)
    assert not found.alive()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"started": 1}, id="started at another time"),
        pytest.param({"boot": "another"}, id="before the last boot"),
        pytest.param({"namespace": "pid:[1]"}, id="in another pid namespace"),
    ],
)
def test_another_process_with_the_recorded_pid_is_left_alone(process, other):
    """A pid that was given anew is not taken for the cell, and not killed for it."""
    found = identity._identify(process.pid)
    assert found is not None
    stranger = dataclasses.replace(found, **other)
    assert not stranger.alive()
    assert stranger.kill(seconds=1)
    assert process.poll() is None


def test_a_process_of_our_own_pid_namespace_is_never_a_cells():
    """What shares our namespace cannot be the first process of a cell."""
    assert identity.identify(os.getpid()) is None


def test_a_record_is_read_as_it_was_written(process, tmp_path):
    """The record survives; a damaged or missing one counts as none."""
    found = identity._identify(process.pid)
    assert found is not None
    identity.save(found, tmp_path / "process.json")
    assert identity.load(tmp_path / "process.json") == found
    (tmp_path / "process.json").write_text('{"pid": 1')
    assert identity.load(tmp_path / "process.json") is None
    assert identity.load(tmp_path / "none.json") is None
