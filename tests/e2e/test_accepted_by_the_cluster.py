"""What the model lets one build is taken by istiod's webhook, the CRDs and the API server; spoiled, it is not."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from components.api import encode
from components.manifests import documents
from components.manifests.names import INGRESS_NAMESPACE, ROOT_NAMESPACE
from components.model import (
    Gateway,
    HTTPSServer,
    IssuedCertificate,
    Mesh,
    Metric,
    MetricTags,
    NoMetric,
    Route,
    Side,
    Telemetry,
    VirtualService,
    Workload,
)
from components.model.metrics import MetricChange
from tests.e2e.beside import Beside, Item, of, until
from tests.model.connection_strategies import connected_meshes
from tests.model.policy_strategies import meshes
from tests.model.routing_strategies import mesh_of
from tests.model.rule_strategies import guarded_meshes

pytestmark = pytest.mark.lab

MESHES = 60
"""Of each kind; hypothesis draws the same ones each time (`derandomize`), so what is refused can be had again."""

CERT_MANAGER = "github.com/cert-manager/cert-manager@v1.21.2"
CERT_MANAGER_SUM = "h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68="
"""Of the whole module, as go.sum would have it."""

DRY_RUN = ("apply", "--server-side", "--force-conflicts", "--dry-run=server", "--filename", "-")
SYSTEM = {ROOT_NAMESPACE, INGRESS_NAMESPACE}
NOT_OURS = "cert-manager.io"
"""Kinds that the lab's cluster does not have."""

DRAWN = settings(
    max_examples=MESHES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
KINDS = [
    pytest.param(st.integers(0, 2**32).map(mesh_of), id="routing"),
    pytest.param(meshes(), id="balancing, resilience and gateways"),
    pytest.param(guarded_meshes(), id="security, telemetry and scope"),
    pytest.param(connected_meshes(), id="connections and ways out"),
]


@pytest.mark.parametrize("strategy", KINDS)
def test_nothing_that_can_be_declared_is_refused(beside: Beside, strategy: st.SearchStrategy[Mesh]) -> None:
    """Each document of many meshes is sent as a dry run; an error that comes back would be the model's fault."""
    drawn: dict[str, Item] = {}

    @DRAWN
    @given(strategy)
    def collect(mesh: Mesh) -> None:
        for document in map(encode, documents(mesh)):
            if NOT_OURS not in document["apiVersion"]:
                drawn[json.dumps(document, sort_keys=True)] = _moved(document)

    collect()
    assert len(drawn) > MESHES
    with _namespaces(beside, {item["metadata"].get("namespace", ROOT_NAMESPACE) for item in drawn.values()} - SYSTEM):
        ran = _sent(beside, list(drawn.values()))
    assert ran.returncode == 0, f"of hypothesis's derandomized draws, {MESHES} meshes, these are refused:\n{ran.stderr}"
    assert len(ran.stdout.splitlines()) == len(drawn)


METERED = Workload("metered", namespace="metered", port=8000)
METERED_1 = METERED.version("v1")
CHANGES: list[MetricChange] = [
    NoMetric(Metric.REQUEST_SIZE, side=Side.SERVER),
    MetricTags(Metric.REQUEST_COUNT, remove=["response_flags"], upsert={"verb": "request.method"}),
]


def test_changes_of_metrics_reach_the_proxys_configuration(beside: Beside) -> None:
    """istiod takes them and makes Istio's stats filter of them for the workload's proxy.

    That is all the lab can tell: its Envoy is Envoy's own build, which lacks that filter, refuses the listener that has it,
    and counts nothing by it. So the pod of this mesh never gets ready, and what istiod made is asked of istiod.
    """
    mesh = Mesh(versions=[METERED_1], telemetry=[Telemetry(METERED, metrics=CHANGES)])
    with beside.running(mesh, ready=False):
        until(lambda: bool(_stats_filters(beside)), "a stats filter in what istiod has for the workload")
        found = _stats_filters(beside)
    # Only where requests come in, a host that the caller made up is not counted as a destination.
    inbound = [each for each in found if each.get("disableHostHeaderFallback")]
    outbound = [each for each in found if not each.get("disableHostHeaderFallback")]
    assert inbound
    assert outbound
    count = {"dimensions": {"verb": "request.method"}, "name": "requests_total", "tagsToRemove": ["response_flags"]}
    assert all(count in each["metrics"] for each in inbound + outbound)
    dropped = {"name": "request_bytes", "drop": True}
    assert all(dropped in each["metrics"] for each in inbound)
    assert not any(dropped in each["metrics"] for each in outbound)


ISSUED = IssuedCertificate("www", hosts=["www.issued.test", "*.issued.test"], cluster_issuer="acme")


@pytest.fixture(scope="module", name="crd")
def _crd(beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """cert-manager's definition of a Certificate, of its Go module; nothing of cert-manager runs."""
    go = subprocess.run([sys.executable, "-m", "lab", "go"], capture_output=True, text=True, check=True).stdout.strip()
    fetched = subprocess.run(
        [go, "mod", "download", "-json", CERT_MANAGER],
        cwd=tmp_path_factory.mktemp("cert-manager"),
        capture_output=True,
        text=True,
    )
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    module = json.loads(fetched.stdout)
    assert module["Sum"] == CERT_MANAGER_SUM
    file = str(Path(module["Dir"]) / "deploy/crds/cert-manager.io_certificates.yaml")
    try:
        beside.got("create", "--filename", file)
        beside.got("wait", "--for=condition=Established", "crd/certificates.cert-manager.io", "--timeout=60s")
        yield
    finally:
        beside.kubectl("delete", "--filename", file, "--ignore-not-found")


def test_an_issued_certificate_is_taken_by_cert_managers_definition(beside: Beside, crd: None) -> None:
    """As the model writes it; each spoiled one is refused, so the definition is in force."""
    certificate = _certificate()
    taken = _sent(beside, [certificate])
    assert taken.returncode == 0, taken.stderr
    without, unknown, wrong = (copy.deepcopy(certificate) for _ in range(3))
    del without["spec"]["issuerRef"]
    unknown["spec"]["hosts"] = ["www.issued.test"]
    wrong["spec"]["dnsNames"] = "www.issued.test"
    for spoiled, named in ((without, "issuerRef"), (unknown, "hosts"), (wrong, "dnsNames")):
        refused = _sent(beside, [spoiled])
        assert refused.returncode != 0
        assert named in refused.stderr


def _certificate() -> Item:
    public = Gateway("issued", servers=[HTTPSServer(ISSUED.hosts, certificate=ISSUED)])
    shop = Workload("shop", namespace="shop", port=8000)
    routes = [VirtualService(public.host(host), [Route("all", to=shop)]) for host in ISSUED.hosts]
    mesh = Mesh(versions=[shop.version("v1")], virtual_services=routes)
    (document,) = documents(mesh).certificates
    assert document.metadata.namespace == INGRESS_NAMESPACE
    return encode(document)


def _sent(beside: Beside, items: Sequence[Item]) -> subprocess.CompletedProcess[str]:
    """A dry run of all of them; an error is printed for each that is refused."""
    return beside.kubectl(*DRY_RUN, given="\n---\n".join(json.dumps(item) for item in items))


@contextmanager
def _namespaces(beside: Beside, names: set[str]) -> Iterator[None]:
    """There while the test runs: a dry run needs them, too."""
    items = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in sorted(names)]
    given = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    try:
        beside.got("apply", "--filename", "-", given=given)
        yield
    finally:
        beside.kubectl("delete", "--filename", "-", "--ignore-not-found", given=given)


def _moved(document: Item) -> Item:
    """The document in a namespace of this test's own, unless it has to be in one of Istio's; nothing else changes."""
    name = document["metadata"].get("namespace")
    if name is None or name in SYSTEM:
        return document
    return {**document, "metadata": {**document["metadata"], "namespace": f"accepted-{name}"}}


def _stats_filters(beside: Beside) -> list[dict[str, Any]]:
    """The settings of Istio's stats filters in what istiod has for the proxy of `METERED`; none before it asked."""
    field = "--output=jsonpath={.items[0].metadata.name}"
    pod = beside.kubectl("get", "pods", *of(METERED_1), field).stdout
    asked = ["pilot-discovery", "request", "GET", f"/debug/config_dump?proxyID={pod}.{METERED.namespace}"]
    dump = beside.kubectl("exec", "--namespace", ROOT_NAMESPACE, "deploy/istiod", "--", *asked).stdout
    try:
        return list(_found(json.loads(dump)))
    except json.JSONDecodeError:
        return []


def _found(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("name") == "istio.stats":
            yield part["typedConfig"]
        for each in part.values():
            yield from _found(each)
    elif isinstance(part, list):
        for each in part:
            yield from _found(each)
