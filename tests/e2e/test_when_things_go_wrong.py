"""Errors name what is wrong and lose nothing; what was killed heals; what is ended leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import Lab, Ran, verdicts

pytestmark = pytest.mark.lab


def one_paragraph(ran: Ran) -> str:
    assert ran.code != 0, ran.all
    assert "Traceback" not in ran.all
    return ran.err.strip()


def test_a_wrong_setting_is_named_before_anything_is_touched(lab: Lab) -> None:
    """Key, value and what is allowed; and no cluster was made."""
    said = one_paragraph(lab.run("up", "--stack", "prod", "--set", "replicas=none"))
    assert "replicas is 'none'; give a whole number from 1 to 50" in said
    assert "Nothing was touched" in said


def test_a_stack_that_is_not_there_is_named(lab: Lab) -> None:
    """The stacks that there are stand in the error."""
    said = one_paragraph(lab.run("up", "--stack", "staging"))
    assert "there is no file Pulumi.staging.yaml; stack files here are Pulumi.dev.yaml, Pulumi.prod.yaml" in said


def test_a_kubeconfig_that_is_no_file_is_named(lab: Lab, tmp_path: Path) -> None:
    """The file, and the way out."""
    missing = str(tmp_path / "kubeconfig")
    said = one_paragraph(lab.run("up", "--stack", "dev", "--set", "registry=r.test", env={"KUBECONFIG": missing}))
    assert f"KUBECONFIG is {missing}, which is no file" in said


def test_a_dead_cluster_is_named_within_seconds(lab: Lab, tmp_path: Path) -> None:
    """KUBECONFIG to an address where nobody listens: an error, and no long wait."""
    dead = tmp_path / "kubeconfig"
    dead.write_text(
        "apiVersion: v1\nkind: Config\ncurrent-context: x\n"
        "clusters: [{name: x, cluster: {server: 'https://127.0.0.1:1'}}]\n"
        "contexts: [{name: x, context: {cluster: x, user: x}}]\nusers: [{name: x, user: {token: x}}]\n"
    )
    said = one_paragraph(lab.run("up", "--stack", "dev", "--set", "registry=r.test", env={"KUBECONFIG": str(dead)}))
    assert "its cluster does not answer" in said
    assert "unset KUBECONFIG" in said


def test_the_second_of_two_ups_says_so_and_stops(lab: Lab, dev: Ran) -> None:
    """While one runs, another names its process and ends."""
    first = lab.start("up", "--stack", "dev")
    try:
        time.sleep(1)
        said = one_paragraph(lab.run("up", "--stack", "dev"))
        assert f"process {first.pid}" in said
    finally:
        first.communicate(timeout=600)


@pytest.mark.parametrize("seconds", [2, 8, 14, 22])
def test_an_up_that_was_killed_heals(lab: Lab, seconds: int) -> None:
    """Killed with -9 so many seconds after it began, with all its children, the next one ends with the table."""
    assert lab.run("down").code == 0
    killed = lab.start("up", "--stack", "dev")
    time.sleep(seconds)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=60)
    healed = lab.run("up", "--stack", "dev")
    assert healed.code == 0, healed.all
    assert verdicts(healed.out)[1] == 0


def test_down_leaves_the_host_as_it_was(lab: Lab) -> None:
    """No process, mount, interface, namespace, firewall rule or control group of ours; /etc is not written."""
    assert lab.run("down").code == 0
    before = host()
    assert lab.run("up", "--stack", "dev").code == 0
    assert host() != before
    assert lab.run("down").code == 0
    assert host() == before


def host() -> dict[str, str]:
    commands = {
        "interfaces": "ip -br link | cut -d' ' -f1 | sort",
        "addresses": "ip -br addr | sort",
        "routes": "ip route | sort",
        "namespaces": "lsns --noheadings --output TYPE,COMMAND | grep -E 'mesh|tini|kube' | sort",
        "firewall": "iptables-save 2>/dev/null | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'",
        "mounts": "cut -d' ' -f1-3 /proc/mounts | sort",
        "control groups": "find /sys/fs/cgroup -type d -name 'mesh-*' | sort",
        "etc": "find /etc -type f -newer /proc/1/cmdline -printf '%p %s\\n' 2>/dev/null | sort",
        "processes": "ps -eo comm= | grep -E '^(kube|etcd|containerd|dockerd|docker-registry|coredns|tini)' | sort",
    }
    return {
        what: subprocess.run(["sh", "-c", command], capture_output=True, text=True).stdout
        for what, command in commands.items()
    }
