"""The client pods' life, with a stand-in for kubectl that keeps a log and plays a cluster."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from components.experiments import vegeta
from components.experiments.clients import NAMESPACE, OWNER, client_pods
from components.experiments.errors import Unusable
from components.experiments.kubectl import Kubectl
from components.experiments.traffic import Client, Samples

from .test_vegeta import batch, results

SCRIPT = """#!{python}
import json, pathlib, sys, time
here = pathlib.Path(__file__).parent
answers = json.loads((here / "answers.json").read_text())
given = sys.stdin.buffer.read() if sys.argv[1] in ("create", "exec") else b""
with open(here / "log", "a") as log:
    log.write(json.dumps([sys.argv[1:], given.decode()]) + "\\n")
answer = answers.get(" ".join(sys.argv[1:3]), answers.get(sys.argv[1], {{}}))
time.sleep(answer.get("sleep", 0))
sys.stdout.write(answer.get("output", ""))
sys.stderr.write(answer.get("error", ""))
sys.exit(1 if "error" in answer else 0)
"""


def pod(name: str, *containers: str, waiting: str = "") -> dict[str, object]:
    """A pod as the API server describes it."""
    state = {"waiting": {"reason": waiting, "message": "not found"}} if waiting else {"running": {}}
    statuses = [{"name": container, "ready": not waiting, "state": state} for container in containers]
    status = {"phase": "Pending" if waiting else "Running", "containerStatuses": statuses}
    return {"metadata": {"name": name}, "status": status}


def pods(*items: dict[str, object]) -> dict[str, str]:
    return {"output": json.dumps({"items": items})}


HEALTHY = {"get pods": pods(pod("member", "client", "istio-proxy"), pod("outside", "client"))}


class Cluster:
    """A kubectl that answers as told, by its first word or its first two."""

    def __init__(self, folder: Path, answers: Mapping[str, Mapping[str, object]]) -> None:
        self._folder = folder
        program = folder / "kubectl"
        program.write_text(SCRIPT.format(python=sys.executable))
        program.chmod(0o755)
        (folder / "answers.json").write_text(json.dumps(answers))
        self.kubectl = Kubectl(str(program))

    @property
    def calls(self) -> list[tuple[list[str], str]]:
        return [(call[0], call[1]) for call in map(json.loads, (self._folder / "log").read_text().splitlines())]

    @property
    def verbs(self) -> list[str]:
        return [arguments[0] for arguments, _ in self.calls]


async def through(cluster: Cluster) -> Samples:
    """One batch, sent from the pods."""
    async with client_pods(cluster.kubectl, "registry.test/load-client:1") as transport:
        return await transport.send(batch())


def test_the_pods_are_made_used_and_removed(tmp_path: Path) -> None:
    """A leftover goes first, then two pods, one asking for a sidecar and one refusing it; at the end all is removed."""
    cluster = Cluster(tmp_path, {**HEALTHY, "exec": {"output": results(range(2)).decode()}})
    assert len(asyncio.run(through(cluster))) == 2
    assert cluster.verbs == ["get", "delete", "create", "wait", "get", "exec", "delete"]
    items = json.loads(cluster.calls[2][1])["items"]
    assert [item["kind"] for item in items] == ["Namespace", "ServiceAccount", "Pod", "Pod"]
    inject = {item["metadata"]["name"]: item["metadata"]["labels"]["sidecar.istio.io/inject"] for item in items[2:]}
    assert inject == {Client.MEMBER.value: "true", Client.OUTSIDE.value: "false"}
    arguments, given = cluster.calls[5]
    assert arguments[:5] == ["exec", "-i", "-n", NAMESPACE, "outside"]
    assert given.encode() == vegeta.targets(batch())


REFUSALS = [
    pytest.param(
        {"get namespace": {"error": "The connection to the server 127.0.0.1:6443 was refused"}},
        "kubectl get namespace failed: The connection to the server 127.0.0.1:6443 was refused.*KUBECONFIG",
        ["get"],
        id="cluster not reachable",
    ),
    pytest.param(
        {"get namespace": {"output": json.dumps({"metadata": {"name": NAMESPACE, "labels": {"team": "x"}}})}},
        "exists and is not of our making",
        ["get"],
        id="somebody else's namespace",
    ),
    pytest.param(
        {
            "wait": {"error": "timed out waiting for the condition on pods/member"},
            "get pods": pods(pod("member", "client", waiting="ErrImagePull"), pod("outside", "client")),
        },
        "pod member is Pending .container client waits: ErrImagePull not found",
        ["get", "delete", "create", "wait", "get", "delete"],
        id="pod not ready",
    ),
    pytest.param(
        {"get pods": pods(pod("member", "client"), pod("outside", "client"))},
        "'member' has the containers client; the member needs the sidecar 'istio-proxy'",
        ["get", "delete", "create", "wait", "get", "delete"],
        id="sidecar missing",
    ),
    pytest.param(
        {**HEALTHY, "exec": {"error": "pods 'outside' not found"}},
        "kubectl exec -i failed: pods 'outside' not found",
        ["get", "delete", "create", "wait", "get", "exec", "delete"],
        id="client pod evicted",
    ),
]


@pytest.mark.parametrize(("answers", "reason", "verbs"), REFUSALS)
def test_what_goes_wrong_is_named_and_what_was_made_is_removed(
    tmp_path: Path, answers: dict[str, dict[str, str]], reason: str, verbs: list[str]
) -> None:
    """One paragraph says which pod or call; the namespace is removed if, and only if, it is ours."""
    cluster = Cluster(tmp_path, answers)
    with pytest.raises(Unusable, match=reason):
        asyncio.run(through(cluster))
    assert cluster.verbs == verbs


def test_a_leftover_of_ours_is_replaced(tmp_path: Path) -> None:
    """A namespace with our label, from a run that was killed, does not stop the next one."""
    leftover = {"output": json.dumps({"metadata": {"name": NAMESPACE, "labels": OWNER}})}
    cluster = Cluster(tmp_path, {**HEALTHY, "get namespace": leftover, "exec": {"output": results(range(2)).decode()}})
    assert len(asyncio.run(through(cluster))) == 2


def test_an_interrupted_run_removes_its_pods(tmp_path: Path) -> None:
    """Cancelled in the middle of a batch, as by Ctrl-C, the last thing done is the removal."""
    slow: dict[str, Mapping[str, object]] = {**HEALTHY, "exec": {"sleep": 60}}
    cluster = Cluster(tmp_path, slow)

    async def interrupted() -> None:
        task = asyncio.create_task(through(cluster))
        while not (tmp_path / "log").exists() or "exec" not in cluster.verbs:
            await asyncio.sleep(0.01)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted())
    assert cluster.verbs[-1] == "delete"
