"""The order of a start: what waits for what, and what a failure does."""

import threading

import pytest

from lab.errors import LabError
from lab.host.steps import Step, Steps, needed

LONG = 30
"""Seconds after which a test that hangs fails instead."""


@pytest.fixture
def steps():
    """A graph that is closed at the end."""
    graph = Steps()
    yield graph
    graph.close()


def test_a_step_runs_after_those_it_needs(steps):
    """The image is built when its tool and its base are there, not before."""
    ran = []
    go = threading.Event()
    steps.add(Step(name="tool", work=lambda: (go.wait(LONG), ran.append("tool"))))
    steps.add(Step(name="base", work=lambda: (go.wait(LONG), ran.append("base"))))
    steps.add(
        Step(
            name="image",
            work=lambda: ran.append("image"),
            after=(
                "tool",
                "base",
            ),
        )
    )
    go.set()
    steps.wait(["image"])
    assert sorted(ran[:2]) == ["base", "tool"]
    assert ran[2] == "image"


def test_at_most_two_builds_run_at_a_time_in_the_order_given(steps):
    """A third build begins when one of the first two has ended."""
    begun, release = [], threading.Semaphore(0)
    two = threading.Barrier(3, timeout=LONG)

    def build(name, barrier):
        begun.append(name)
        if barrier:
            two.wait()
        assert release.acquire(timeout=LONG)

    for name in ("a", "b", "c"):
        steps.add(Step(name=name, work=lambda name=name: build(name, barrier=name != "c"), build=True))
    two.wait()
    assert sorted(begun) == ["a", "b"]
    release.release(3)
    steps.wait(["c"])
    assert begun[2] == "c"


def test_a_failure_anywhere_is_told_to_whoever_waits(steps):
    """A start that cannot succeed any more says so at once, even while what is waited for is still under way."""
    go = threading.Event()
    steps.add(Step(name="slow", work=lambda: go.wait(LONG)))
    steps.add(Step(name="broken", work=lambda: _fail("no registry")))
    with pytest.raises(LabError, match="no registry"):
        steps.wait(["slow"])
    go.set()


def test_what_stands_on_a_failed_step_does_not_run(steps):
    """No image from a tool that could not be built."""
    ran = []
    steps.add(Step(name="tool", work=lambda: _fail("no registry")))
    steps.add(Step(name="image", work=lambda: ran.append("image"), after=("tool",)))
    with pytest.raises(LabError, match="no registry"):
        steps.wait(["image"])
    steps.close()
    assert ran == []


def test_only_what_is_wanted_and_what_it_stands_on_is_done():
    """A preview needs neither a node's programs nor the mesh's images."""
    steps = [
        Step(name="tool", work=list),
        Step(name="base", work=list),
        Step(name="other tool", work=list),
        Step(name="image", work=list, after=("tool", "base")),
        Step(name="other image", work=list, after=("other tool",)),
        Step(name="mesh", work=list, after=("image",)),
    ]
    assert [step.name for step in needed(steps, ["mesh"])] == ["tool", "base", "image", "mesh"]
    assert needed(steps, []) == ()


def _fail(message):
    raise LabError(message)
