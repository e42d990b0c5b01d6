"""What a person who watches the mesh has: its traces, its counters, its access log, and the proxies' own word on them."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from components.api import encode
from components.manifests.names import ROOT_NAMESPACE
from components.manifests.telemetry import telemetry
from components.model import Telemetry, Tracing

Found = TypeVar("Found")

KUBECTL = str(Path(sys.executable).with_name("kubectl"))
GATEWAY = ("istio-ingress", "deploy/istio-ingress")
SERVICEX = ("servicex", "deploy/servicex-200")
SECONDS = 90
"""Proxies hand their spans over every 5 s, and Prometheus asks them every 15 s."""


@dataclass(frozen=True)
class Watched:
    """A stack that is up with the addons, in the environment of `lab env`."""

    environment: Mapping[str, str]
    address: str

    def kubectl(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            [KUBECTL, *arguments], env=dict(self.environment), input=given, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def declare(self, declared: Telemetry) -> None:
        """The Telemetry as the program makes it, in force when the gateway and servicex have its share and its filter."""
        assert isinstance(declared.tracing, Tracing)
        assert declared.tracing.sampling is not None
        self.kubectl("apply", "--server-side", "-f", "-", given=json.dumps(encode(telemetry(declared))))
        wanted = [declared.tracing.sampling.value]
        for proxy in (GATEWAY, SERVICEX):
            assert soon(lambda proxy=proxy: self._shares(proxy), lambda shares: shares == wanted) == wanted

    def start_proxies_anew(self) -> None:
        """Which counters a proxy keeps it is told when its pod starts, and these have started without the addons."""
        for namespace in (GATEWAY[0], SERVICEX[0]):
            self.kubectl("delete", "pods", "--all", "--namespace", namespace, "--grace-period=1")
            for deployment in self.kubectl("get", "deploy", "--namespace", namespace, "--output=name").split():
                self.kubectl("rollout", "status", "--namespace", namespace, deployment, "--timeout=50s")

    def withdraw(self) -> None:
        """Take the mesh's Telemetry out again."""
        self.kubectl("delete", "telemetries.telemetry.istio.io", "--all", "-n", ROOT_NAMESPACE)

    def pods_with_proxy(self) -> set[str]:
        """The names of all pods that have one."""
        listed = json.loads(self.kubectl("get", "pods", "--all-namespaces", "--output", "json"))
        return {
            pod["metadata"]["name"]
            for pod in listed["items"]
            for container in (*pod["spec"]["containers"], *pod["spec"].get("initContainers", ()))
            if container["name"] == "istio-proxy"
        }

    def send(self, count: int, host: str, path: str) -> list[int]:
        """The statuses of requests to the gateway, one after the other on one connection."""
        connection = http.client.HTTPConnection(self.address, timeout=10)
        statuses = []
        for _ in range(count):
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        return statuses

    def admin(self, proxy: tuple[str, str], path: str) -> str:
        """What the proxy's own administration answers."""
        namespace, pod = proxy
        return self.kubectl(
            "exec", "-n", namespace, pod, "-c", "istio-proxy", "--", "pilot-agent", "request", "GET", path
        )

    def counted(self, proxy: tuple[str, str], ending: str) -> int:
        """The sum of the proxy's counters of its HTTP listeners whose name ends so."""
        listed = json.loads(
            self.admin(proxy, "stats?" + urlencode({"format": "json", "filter": f"^http\\.outbound.*{ending}$"}))
        )
        values = [int(each["value"]) for each in listed["stats"] if "name" in each]
        assert values, f"the proxy keeps no counter {ending}"
        return sum(values)

    def traces(self, service: str, path: str) -> list[dict[str, Any]]:
        """Jaeger's traces of requests to the path, as its query API has them."""
        asked = urlencode({"service": service, "limit": 2000, "lookback": "1h"})
        answer = self.service("tracing:http-query", f"/jaeger/api/traces?{asked}")
        return [
            trace for trace in answer["data"] if any(path in tags(span).get("http.url", "") for span in trace["spans"])
        ]

    def metric(self, query: str) -> list[dict[str, Any]]:
        """The series that Prometheus answers an instant query with."""
        answer = self.service("prometheus:http", "/api/v1/query?" + urlencode({"query": query}))
        series: list[dict[str, Any]] = answer["data"]["result"]
        return series

    def logged(self, proxy: tuple[str, str], path: str) -> list[str]:
        """The lines of the access log that name the path."""
        namespace, pod = proxy
        said = self.kubectl("logs", "-n", namespace, pod, "-c", "istio-proxy", "--since=10m")
        return [line for line in said.splitlines() if path in line]

    def _shares(self, proxy: tuple[str, str]) -> list[float]:
        """The shares of requests that the proxy's HTTP listeners begin a trace for, each once."""
        dump = json.loads(self.admin(proxy, "config_dump?resource=dynamic_listeners"))
        return sorted(set(_random_shares(dump)))

    def service(self, name: str, path: str) -> Any:
        """The answer of a Service of istio-system, through the API server."""
        return json.loads(self.kubectl("get", "--raw", f"/api/v1/namespaces/istio-system/services/{name}/proxy{path}"))


def tags(span: Mapping[str, Any]) -> dict[str, str]:
    """The span's tags by name."""
    return {tag["key"]: str(tag["value"]) for tag in span["tags"]}


def soon(look: Callable[[], Found], enough: Callable[[Found], bool]) -> Found:
    """What is seen as soon as it is enough, or what is seen last when the time is up."""
    deadline = time.monotonic() + SECONDS
    while not enough(seen := look()) and time.monotonic() < deadline:
        time.sleep(1)
    return seen


def _random_shares(config: Any) -> Iterator[float]:
    if isinstance(config, list):
        for part in config:
            yield from _random_shares(part)
    elif isinstance(config, dict):
        for key, part in config.items():
            if key == "random_sampling":
                # Envoy leaves out a value of 0.
                yield float(part.get("value", 0))
            else:
                yield from _random_shares(part)
