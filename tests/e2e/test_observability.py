"""Traces, counters and access logs of real requests: what the mesh says it saw is what was sent.

Stack dev with the addons prometheus and jaeger; requests go through the gateway from the host, one after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from components.experiments.statistics import share_p
from components.manifests.addons import addon_manifests, manifest_location
from components.model import JAEGER, AccessLog, Addon, Percent, Telemetry, Tracing, WholeMesh
from lab.assemble import folder_of
from lab.overlay import PROJECT
from tests.e2e.conftest import Lab, Ran
from tests.e2e.watching import GATEWAY, SERVICEX, Watched, soon, tags

pytestmark = pytest.mark.lab

STACK = "dev"
HOST = "b.mesh.test"
UNKNOWN_HOST = "nobody.mesh.test"
GATEWAY_SERVICE, SERVICEX_SERVICE = "istio-ingress.istio-ingress", "servicex.servicex"
"""Whom a span is of: the workload's canonical name and its namespace."""

FALSE_ALARMS = 1e-4
"""The chance that a mesh which samples as declared fails the test of its share."""


@pytest.fixture(scope="module", name="watched")
def _watched(lab: Lab, dev: Ran) -> Iterator[Watched]:
    """Stack dev with both addons; the tests after bring it up without."""
    up = lab.run("up", "--stack", STACK, "--set", "addons=[prometheus,jaeger]")
    assert up.code == 0, up.all
    address = re.search(r"serves at (\S+)\. Try it", up.out)
    assert address is not None, up.all
    watched = Watched(environment=lab.environment(STACK), address=address[1])
    watched.start_proxies_anew()
    try:
        yield watched
    finally:
        watched.withdraw()


@pytest.fixture(name="path")
def _path() -> str:
    """A path that no other request has."""
    return f"/watched-{uuid4().hex[:12]}"


def everything(share: int) -> Telemetry:
    """The mesh's one Telemetry: a share of traces to Jaeger, and a line for each request that fails."""
    return Telemetry(
        WholeMesh(),
        access_logs=[AccessLog(filter="response.code >= 400")],
        tracing=Tracing(sampling=Percent(share), provider=JAEGER),
    )


def serving(trace: dict[str, Any]) -> list[str]:
    """The services of which the trace has a server span, one entry a span."""
    services = {process: each["serviceName"] for process, each in trace["processes"].items()}
    return sorted(services[span["processID"]] for span in trace["spans"] if tags(span)["span.kind"] == "server")


def test_every_request_is_a_trace_when_all_are_asked_for(watched: Watched, path: str) -> None:
    """100 %: each of 40 requests is one trace, in which the gateway and the sidecar of servicex have a server span."""
    watched.declare(everything(100))
    assert watched.send(40, HOST, path) == [200] * 40
    # The two proxies hand their spans over each in its own time, and a trace grows meanwhile.
    served = soon(
        lambda: [serving(trace) for trace in watched.traces(GATEWAY_SERVICE, path)],
        lambda found: len(found) >= 40 and all(SERVICEX_SERVICE in names for names in found),
    )
    assert served == [[GATEWAY_SERVICE, SERVICEX_SERVICE]] * 40


def test_half_of_the_requests_is_traced_when_half_is_asked_for(watched: Watched, path: str) -> None:
    """50 % of 400: as many traces arrive as the gateway began, and an exact binomial test at 1e-4 takes them for a half."""
    watched.declare(everything(50))
    before = watched.counted(GATEWAY, "tracing.random_sampling")
    assert watched.send(400, HOST, path) == [200] * 400
    begun = watched.counted(GATEWAY, "tracing.random_sampling") - before
    traces = soon(lambda: watched.traces(GATEWAY_SERVICE, path), lambda found: len(found) >= begun)
    assert len(traces) == begun
    assert share_p(len(traces), 400, 0.5) >= FALSE_ALARMS


def test_nothing_is_traced_when_nothing_is_asked_for(watched: Watched, path: str) -> None:
    """0 %: the gateway begins no trace, so that of the others there is no other reason than the Telemetry."""
    watched.declare(everything(0))
    before = watched.counted(GATEWAY, "tracing.random_sampling")
    assert watched.send(40, HOST, path) == [200] * 40
    assert watched.counted(GATEWAY, "tracing.random_sampling") == before


def test_the_access_log_has_a_line_for_each_request_that_fits_and_none_else(watched: Watched, path: str) -> None:
    """Filter response.code >= 400: 20 answers of 200 leave no line, and 10 of 404, sent after them, one each."""
    watched.declare(everything(0))
    assert watched.send(20, HOST, path) == [200] * 20
    assert watched.send(10, UNKNOWN_HOST, path) == [404] * 10
    lines = soon(lambda: watched.logged(GATEWAY, path), lambda found: len(found) >= 10)
    assert len(lines) == 10
    assert all(UNKNOWN_HOST in line and " 404 " in line for line in lines)
    assert watched.logged(SERVICEX, path) == []


def test_prometheus_scrapes_every_proxy(watched: Watched) -> None:
    """Of each pod with a proxy there is a target, and it is up."""
    pods = watched.pods_with_proxy()
    assert {name.split("-")[0] for name in pods} == {"istio", "servicex"}
    up = soon(
        lambda: {each["metric"]["pod"]: each["value"][1] for each in watched.metric('up{job="kubernetes-pods"}')},
        lambda found: all(found.get(pod) == "1" for pod in pods),
    )
    assert {pod: up.get(pod) for pod in pods} == dict.fromkeys(pods, "1")


def test_prometheus_counts_the_requests_that_were_sent(watched: Watched, path: str) -> None:
    """The gateway's own counter grows by the 50 that were sent, and Prometheus comes to have the same number."""
    before = watched.counted(GATEWAY, "downstream_rq_completed")
    assert watched.send(50, HOST, path) == [200] * 50
    own = watched.counted(GATEWAY, "downstream_rq_completed")
    assert own - before == 50
    query = 'sum(envoy_http_downstream_rq_completed{namespace="istio-ingress",http_conn_manager_prefix=~"outbound.*"})'
    kept = soon(
        lambda: [int(each["value"][1]) for each in watched.metric(query)], lambda found: bool(found) and found[0] >= own
    )
    assert kept == [own]


@pytest.mark.parametrize("addon", Addon)
def test_a_real_api_server_takes_the_manifest_of_every_addon(watched: Watched, addon: Addon) -> None:
    """As it is after tidying, in a dry run: those too that the lab has no images for."""
    folder = yaml.safe_load((folder_of(STACK) / f"Pulumi.{STACK}.yaml").read_text())["config"][
        f"{PROJECT}:addonManifests"
    ]
    text = Path(manifest_location(addon, version="", folder=folder)).read_text()
    manifests = addon_manifests({addon: text}, {})
    items = [*manifests.configuration, *manifests.workloads]
    assert any(item["kind"] == "Deployment" for item in items)
    given = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    taken = watched.kubectl(
        "apply", "--server-side", "--force-conflicts", "--dry-run=server", "--output=name", "-f", "-", given=given
    )
    assert len(taken.splitlines()) == len(items)


def test_a_stack_with_addons_does_not_drift(lab: Lab, watched: Watched) -> None:
    """After a refresh, a preview with the same addons changes nothing: no field of theirs comes back."""
    refreshed = lab.pulumi(STACK, "refresh", "--yes", "--skip-preview")
    assert refreshed.code == 0, refreshed.all
    again = ("preview", "--stack", STACK, "--set", "addons=[prometheus,jaeger]", "--", "--expect-no-changes", "--diff")
    previewed = lab.run(*again)
    assert previewed.code == 0, previewed.all
