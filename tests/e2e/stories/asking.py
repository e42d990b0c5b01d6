"""Requests to an example: from the host by the ingress gateway, and from a workload's own pod by its own proxy."""

from __future__ import annotations

import base64
import http.client
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from components.manifests.names import INGRESS_NAME, INGRESS_NAMESPACE
from tests.e2e.conftest import Lab, Ran

STACK = "dev"
CALLER = "caller"
SECONDS = 90
UNLIKELY = 1e-6
"""The false-alarm rate of each share that is judged."""

PAST_THE_END = "no targets to attack"
"""How vegeta says that it has read all requests."""

A_BATCH = 200
"""Requests that one shell line of a pod's caller can hold."""


@dataclass(frozen=True)
class Ask:
    """One request."""

    host: str
    path: str = "/"
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Answer:
    """What came back, 0 for a closed connection; `seen` is what servicex says of what arrived."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    @property
    def version(self) -> str | None:
        return self.headers.get("x-servicex-version")

    @property
    def pod(self) -> str | None:
        return self.headers.get("x-servicex-pod")

    @property
    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Example:
    """An example that is up, in stack dev of the lab, whose images it runs."""

    lab: Lab
    name: str
    _: KW_ONLY
    address: str
    image: str
    client: str
    """The image that callers run."""
    proxy: str
    """The image of the mesh's proxies."""

    def at_gateway(self, asked: Sequence[Ask], *, tls: ssl.SSLContext | None = None) -> list[Answer]:
        """An answer to each, one after the other over one connection."""
        connected = socket.create_connection((self.address, 443 if tls else 80), timeout=30)
        if tls:
            connected = tls.wrap_socket(connected, server_hostname=asked[0].host)
        with connected:
            connection = http.client.HTTPConnection(asked[0].host)
            connection.sock = connected
            return [_answer(connection, ask) for ask in asked]

    def from_pod_of(self, deployment: str, asked: Sequence[Ask], *, port: int = 80, rate: int = 50) -> list[Answer]:
        """An answer to each, asked by a caller in the pod of a deployment `namespace/name`, `rate` a second.

        The caller is a container added to the running pod, whose proxy and identity it shares; what is declared stays
        as it is.
        """
        self._add_caller(deployment)
        answers: list[Answer] = []
        for start in range(0, len(asked), A_BATCH):
            answers += self._attack(deployment, asked[start : start + A_BATCH], port, rate)
        return answers

    def known(self, deployment: str, port: int = 80) -> dict[str, int]:
        """The hosts that the deployment's proxy knows at this port, and how many healthy endpoints of each."""
        found: dict[str, int] = {}
        for line in self._proxy(deployment, "clusters").splitlines():
            if line.startswith(f"outbound|{port}||"):
                host = line.split("|")[3].split("::")[0]
                found[host] = found.get(host, 0) + ("health_flags::healthy" in line)
        return found

    def arrived(self, deployment: str, port: int) -> int:
        """How many requests the deployment's one pod was handed by its own proxy so far."""
        counted = re.findall(rf"^inbound\|{port}.*::rq_total::(\d+)", self._proxy(deployment, "clusters"), re.MULTILINE)
        return sum(map(int, counted))

    def log(self, deployment: str) -> str:
        return self._in(deployment, "logs", "--container", "istio-proxy")

    def set(self, key: str, value: str, *more: str) -> None:
        """A setting of the example, as a user would give it."""
        done = self.do("pulumi", "--", "config", "set", key, *more, given=value)
        assert done.code == 0, done.all

    def up(self) -> None:
        done = self.do("pulumi", "--", "up", "--yes", "--skip-preview")
        assert done.code == 0, done.all

    def do(self, action: str, *more: str, given: str = "") -> Ran:
        """One of the lab's actions on an example."""
        return self.lab.run("example", action, "--stack", STACK, self.name, *more, given=given)

    def _attack(self, deployment: str, asked: Sequence[Ask], port: int, rate: int) -> list[Answer]:
        targets = "".join(
            json.dumps(
                {
                    "method": ask.method,
                    "url": f"http://{_place(ask.host)}:{port}{ask.path}",
                    "header": {"Host": [ask.host], **{name: [value] for name, value in ask.headers.items()}},
                }
            )
            + "\n"  # vegeta drops a target whose line does not end
            for ask in asked
        )
        encoded = base64.b64encode(targets.encode()).decode()
        # Read as it goes and to its end: told a time instead, it sends less on a busy machine.
        attack = f"vegeta attack -lazy -format=json -redirects=-1 -rate {rate}"
        script = f"echo {encoded} | base64 -d | {attack} | vegeta encode"
        ran = self._in(deployment, "exec", "--container", CALLER, "--", "/bin/sh", "-c", script)
        sent = [each for each in map(json.loads, ran.splitlines()) if each["error"] != PAST_THE_END]
        results = sorted(sent, key=lambda each: each["seq"])
        assert len(results) == len(asked), ran
        return [
            Answer(
                each["code"],
                {name.lower(): values[0] for name, values in (each["headers"] or {}).items()},
                base64.b64decode(each["body"] or "").decode(),
                each["latency"] / 1e9,
            )
            for each in results
        ]

    def _add_caller(self, deployment: str) -> None:
        pod = self._pod(deployment)
        if _runs(pod):
            return
        name, namespace = pod["metadata"]["name"], pod["metadata"]["namespace"]
        added = self.lab.kubectl(
            STACK,
            *("debug", "--namespace", namespace, f"pod/{name}", "--image", self.client, "--container", CALLER),
            *("--profile", "restricted", "--", "sleep", "infinity"),
        )
        assert added.code == 0, added.all
        deadline = time.monotonic() + SECONDS
        while not _runs(self._pod(deployment)):
            assert time.monotonic() < deadline, self._pod(deployment)["status"]
            time.sleep(0.5)

    def _pod(self, deployment: str) -> dict[str, Any]:
        namespace, _, name = deployment.partition("/")
        got = self.lab.kubectl(STACK, "get", "pods", "--namespace", namespace, "--output", "json")
        assert got.code == 0, got.all
        pods = [pod for pod in json.loads(got.out)["items"] if pod["metadata"]["name"].startswith(f"{name}-")]
        found: dict[str, Any] = pods[0]
        return found

    def _proxy(self, deployment: str, what: str) -> str:
        container = ("--container", "istio-proxy")
        return self._in(deployment, "exec", *container, "--", "pilot-agent", "request", "GET", what)

    def _in(self, deployment: str, command: str, *arguments: str) -> str:
        pod = self._pod(deployment)["metadata"]
        place = ("--namespace", pod["namespace"], pod["name"])
        ran = self.lab.kubectl(STACK, command, *place, *arguments)
        assert ran.code == 0, ran.all
        return ran.out


GATEWAY = f"{INGRESS_NAMESPACE}/{INGRESS_NAME}"


def until(what: str, holds: object, seconds: float = SECONDS) -> None:
    """Wait until proxies were told, which is a moment after an object is there. `holds` is called for it."""
    deadline = time.monotonic() + seconds
    assert callable(holds)
    while not (last := holds()):
        assert time.monotonic() < deadline, f"{what}: {last!r}"
        time.sleep(0.5)


def _answer(connection: http.client.HTTPConnection, ask: Ask) -> Answer:
    begun = time.monotonic()
    connection.request(ask.method, ask.path, headers={"Host": ask.host, **ask.headers})
    response = connection.getresponse()
    text = response.read().decode()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, text, time.monotonic() - begun)


def _place(host: str) -> str:
    """Where to connect: hosts outside are in no DNS here, and the proxy takes the connection to any address."""
    return host if host.endswith(".svc.cluster.local") else "192.0.2.1"


def _runs(pod: dict[str, Any]) -> bool:
    statuses = pod["status"].get("ephemeralContainerStatuses", [])
    return any(each["name"] == CALLER and "running" in each["state"] for each in statuses)
