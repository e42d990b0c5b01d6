"""What is printed while the lab works."""

import io

import pytest

from lab.progress import Progress


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_step_says_when_it_begins_and_how_long_it_took():
    """A long step prints two lines, each with the seconds since the start in front."""
    out, clock = io.StringIO(), Clock()
    progress = Progress(stream=out, clock=clock)
    clock.now += 12.3
    with progress.step("kubelet", doing="building", done="built"):
        clock.now += 41
    assert out.getvalue() == "  12.3s  kubelet: building\n  53.3s  kubelet: built in 41 s\n"


def test_a_failed_step_says_so_and_hands_the_error_on():
    """A failure is never swallowed by the printing of it."""
    out, clock = io.StringIO(), Clock()
    progress = Progress(stream=out, clock=clock)
    with pytest.raises(ValueError, match="broken"):
        _fail_after_half_a_second(progress, clock)
    assert out.getvalue().splitlines()[-1] == "   0.5s  kubelet: failed after 0.5 s"


def _fail_after_half_a_second(progress, clock):
    with progress.step("kubelet", doing="building", done="built"):
        clock.now += 0.5
        raise ValueError("broken")
