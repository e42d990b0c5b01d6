"""Declared meshes beside stack dev's own: on the same cluster, in namespaces of their own, gone afterwards."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from components.api import encode
from components.manifests import documents
from components.manifests.names import (
    INGRESS_NAME,
    INGRESS_NAMESPACE,
    ROOT_NAMESPACE,
    deployment_name,
    service_host,
)
from components.model import Mesh, Version, Workload

CLIENT = "client"
"""The container beside a caller's own, so that whoever calls is a declared workload."""
OUTSIDER = "outsider"
"""A pod without a proxy."""
SECONDS = 90

Item = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One request. `host` None is the URL's own."""

    url: str
    host: str | None = None
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back: status 0 for a broken connection; `seen` is what servicex says of what arrived."""

    status: int
    headers: Mapping[str, str]
    text: str

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
class Beside:
    """Stack dev's cluster as its user sees it, and the images of its pods."""

    environment: Mapping[str, str]
    image: str
    client: str

    def kubectl(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("kubectl")), *arguments]
        return subprocess.run(
            command, env=self.environment, input=given, capture_output=True, text=True, timeout=2 * SECONDS
        )

    def got(self, *arguments: str, given: str = "") -> str:
        """What kubectl printed; it has to end well."""
        ran = self.kubectl(*arguments, given=given)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    @contextmanager
    def running(
        self,
        mesh: Mesh,
        *,
        callers: Sequence[Workload] = (),
        more: Sequence[Item] = (),
        change: Callable[[Version, Item], None] = lambda version, deployment: None,
        ready: bool = True,
    ) -> Iterator[None]:
        """The mesh's documents but for the mesh-wide one, and `more`; `change` has the last word on each Deployment.

        Each of the `callers` has a container that can call.
        """
        items = [encode(document) for document in documents(mesh) if document.metadata.namespace != ROOT_NAMESPACE]
        for version in mesh.versions:
            deployment = next(item for item in items if _is_of(version, item))
            self._fit(deployment, calls=version.workload in callers)
            change(version, deployment)
        written = json.dumps({"apiVersion": "v1", "kind": "List", "items": [*items, *more]})
        try:
            self.got("apply", "--filename", "-", given=written)
            for version in mesh.versions if ready else ():
                self.rolled_out(version)
            yield
        finally:
            self.kubectl("delete", "--filename", "-", "--ignore-not-found", given=written)

    def rolled_out(self, version: Version) -> None:
        self.got(*of(version), "rollout", "status", f"deploy/{deployment_name(version)}", f"--timeout={SECONDS}s")

    def outsider(self, namespace: str) -> Item:
        """A pod without a proxy that can call."""
        container = {**self._client(), "securityContext": {"runAsNonRoot": True, "runAsUser": 65532}}
        metadata = {"name": OUTSIDER, "namespace": namespace, "labels": {"sidecar.istio.io/inject": "false"}}
        spec = {"containers": [container], "terminationGracePeriodSeconds": 1}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}

    def call(
        self, pod: Sequence[str], asked: Sequence[Ask], *, rate: int = 100, keep_alive: bool = True
    ) -> list[Answer]:
        """An answer to each, in order, from the pod that kubectl finds by these words; `rate` a second are sent.

        With `keep_alive` a connection is used again for the next request.
        """
        # Neither vegeta's own order nor its -duration is to be relied on: requests under way at once may change places,
        # and on a busy machine the time is over before the last is sent. So each has its place behind its URL, where no
        # server sees it, and the list itself is the end. vegeta drops a target whose line does not end.
        targets = "".join(json.dumps(_target(ask, place)) + "\n" for place, ask in enumerate(asked))
        attack = f"vegeta attack -format=json -lazy -duration=0 -redirects=-1 -rate={rate} -keepalive={keep_alive}"
        words = ["exec", "--stdin", *pod, "--container", CLIENT, "--", "/bin/sh", "-c", f"{attack} | vegeta encode"]
        ran = self.kubectl(*words, given=targets)
        results = [json.loads(line) for line in ran.stdout.splitlines()]
        answers = {int(each["url"].partition("#")[2]): _answer(each) for each in results if each["url"]}
        assert answers.keys() == set(range(len(asked))), f"{len(answers)} answers to {len(asked)}: {ran.stderr}"
        return [answers[place] for place in range(len(asked))]

    def admin(self, pod: Sequence[str], path: str) -> str:
        """What the pod's Envoy says of itself."""
        asked = ["exec", *pod, "--container", "istio-proxy", "--", "pilot-agent", "request", "GET", path]
        return self.got(*asked)

    def arrived(self, version: Version) -> int:
        """How many requests the version's pod was handed by its own proxy so far."""
        told = self.admin(pod_of(version), "clusters")
        return sum(map(int, re.findall(rf"^inbound\|{version.workload.port}.*::rq_total::(\d+)", told, re.MULTILINE)))

    def clusters(self, pod: Sequence[str], workload: Workload) -> dict[str, dict[str, Any]]:
        """The clusters of the pod's Envoy that lead to the workload, by subset; the one of all has the name ''."""
        dump = json.loads(self.admin(pod, "config_dump?resource=dynamic_active_clusters"))
        found = [each["cluster"] for each in dump["configs"]]
        ours = [each for each in found if each["name"].endswith(f"|{service_host(workload)}")]
        return {each["name"].split("|")[2]: each for each in ours}

    def endpoints(self, pod: Sequence[str], workload: Workload) -> set[str]:
        """The addresses that the pod's Envoy knows of the workload and holds for healthy."""
        lines = self.admin(pod, "clusters").splitlines()
        ours = f"outbound|{workload.service_port}||{service_host(workload)}::"
        return {
            line.split("::")[1] for line in lines if line.startswith(ours) and line.endswith("health_flags::healthy")
        }

    def gateway_address(self) -> str:
        """Where the ingress gateway answers this host."""
        return self.got(
            *("get", "service", INGRESS_NAME, "--namespace", INGRESS_NAMESPACE),
            *("--output", "jsonpath={.spec.externalIPs[0]}"),
        )

    def proxy_image(self) -> str:
        """The image of the gateway's Envoy, from which other Envoys can be made."""
        return self.got(
            *("get", "pods", "--namespace", INGRESS_NAMESPACE),
            *("--output", "jsonpath={.items[0].spec.containers[0].image}"),
        )

    def _fit(self, deployment: Item, *, calls: bool) -> None:
        pod = deployment["spec"]["template"]["spec"]
        pod["terminationGracePeriodSeconds"] = 1
        containers: list[Item] = pod["containers"]
        containers[0]["image"] = self.image
        if calls:
            containers.append({**self._client(), "securityContext": containers[0]["securityContext"]})

    def _client(self) -> Item:
        return {"name": CLIENT, "image": self.client, "command": ["sleep", "infinity"]}


def of(version: Version) -> list[str]:
    """kubectl's words for the namespace of a version."""
    return ["--namespace", version.workload.namespace]


def pod_of(version: Version) -> list[str]:
    """kubectl's words for one pod of the version."""
    return [*of(version), f"deploy/{deployment_name(version)}"]


def url(workload: Workload, path: str = "/") -> str:
    return f"http://{service_host(workload)}:{workload.service_port}{path}"


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for what istiod tells the proxies a moment later. `what` it is, for the error."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"after {SECONDS} s there is still not: {what}"
        time.sleep(0.5)


def _is_of(version: Version, item: Item) -> bool:
    metadata = item["metadata"]
    place = (item["kind"], metadata.get("namespace"), metadata["name"])
    return place == ("Deployment", version.workload.namespace, deployment_name(version))


def _target(ask: Ask, place: int) -> dict[str, object]:
    host = {"Host": [ask.host]} if ask.host else {}
    headers = {**host, **{name: [value] for name, value in ask.headers.items()}}
    return {"method": ask.method, "url": f"{ask.url}#{place}", "header": headers}


def _answer(result: Mapping[str, Any]) -> Answer:
    headers = {name.lower(): "\n".join(values) for name, values in (result["headers"] or {}).items()}
    return Answer(result["code"], headers, base64.b64decode(result["body"] or "").decode())
