"""Which daemon is named, and what is told of it."""

import json

import pytest

from lab.cell import diagnosis
from tests.lab.cell.doubles import layout

RUNNING = {"state": "running", "starts": 1, "exits": [], "since": 1.0}
ENDED = {"state": "ended", "starts": 3, "exits": [1, 1], "since": 1.0}
FLAPPING = {"state": "running", "starts": 9, "exits": [1, 1], "since": 1.0}


@pytest.mark.parametrize(
    ("state", "named"),
    [
        pytest.param({"etcd": RUNNING, "kube-apiserver": ENDED}, "kube-apiserver", id="one that ended"),
        pytest.param({"etcd": RUNNING, "kube-apiserver": FLAPPING}, "kube-apiserver", id="one that keeps ending"),
        pytest.param({"etcd": ENDED, "kube-apiserver": ENDED}, "etcd", id="the one others wait for"),
        pytest.param({}, "etcd", id="nothing known"),
    ],
)
def test_the_daemon_to_blame(state, named):
    """Suspects come in the order in which one waits for the other."""
    assert diagnosis.culprit(state, ("etcd", "kube-apiserver")) == named


def test_ending_again_and_again_is_hopeless():
    """Waiting stops early for a suspect that flaps, not for another daemon."""
    assert diagnosis.hopeless({"kubelet": FLAPPING}, ("kubelet",))
    assert not diagnosis.hopeless({"kubelet": FLAPPING, "etcd": RUNNING}, ("etcd",))


def test_the_explanation_has_the_last_errors_and_the_path(tmp_path):
    """State, exit codes, the lines that tell something, and where the rest is."""
    plan = layout(tmp_path)
    plan.logs.mkdir(parents=True)
    (plan.logs / "status.json").write_text(json.dumps({"kubelet": ENDED}))
    log = plan.logs / "kubelet.log"
    log.write_text("I1 hello\n" * 500 + 'E2 "cannot open /dev/kmsg"\nI3 bye\n')
    told = diagnosis.explain(plan, "kubelet")
    assert "started 3 times" in told
    assert "1, 1" in told
    assert "cannot open /dev/kmsg" in told
    assert "hello" not in told
    assert str(log) in told
    assert "\n" not in told


def test_a_daemon_that_never_ran_is_explained_too(tmp_path):
    """Without status and log there still is a sentence."""
    assert "has not been started" in diagnosis.explain(layout(tmp_path), "etcd")


def test_since_when_a_daemon_runs(tmp_path):
    """Only a daemon that runs has a time."""
    plan = layout(tmp_path)
    plan.logs.mkdir(parents=True)
    (plan.logs / "status.json").write_text(json.dumps({"etcd": RUNNING, "kubelet": ENDED}))
    assert diagnosis.running_since(plan, "etcd") == 1.0
    assert diagnosis.running_since(plan, "kubelet") is None
