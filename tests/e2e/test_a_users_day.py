"""Up, measure, no change, refresh, a changed weight, prod beside dev, destroy: in this order, on one pair of clusters."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.request
from typing import Any

import pytest

from tests.e2e.conftest import Lab, Ran, verdicts

pytestmark = pytest.mark.lab

ISTIO_KINDS = ("virtualservices.networking.istio.io", "destinationrules.networking.istio.io")


def gateway_answer(address: str, host: str, path: str = "/") -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(f"http://{address}{path}", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, json.load(answer)


def test_up_ends_with_a_table_in_which_everything_holds(dev: Ran) -> None:
    """`make up` exits 0, and its summary says that no verdict fails and none is missing."""
    assert dev.code == 0, dev.all
    hold, fail, untold = verdicts(dev.out)
    assert hold > 0
    assert (fail, untold) == (0, 0)


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param("a.mesh.test", id="first host"),
        pytest.param("b.mesh.test", id="second host"),
        pytest.param("canary", id="split"),
        pytest.param("abort", id="abort"),
        pytest.param("delay", id="delay"),
        pytest.param("only-504", id="path prefix"),
        pytest.param("sticky", id="consistent hash"),
        pytest.param("breaker", id="circuit breaker"),
        pytest.param("PERMISSIVE", id="mutual TLS"),
    ],
)
def test_the_table_has_a_row_for_everything_declared(dev: Ran, declared: str) -> None:
    """Hosts, prefixes, split, faults, hash, breaker and mutual TLS each have a line."""
    assert declared in dev.out


def test_the_gateway_answers_a_plain_request_from_the_host(lab: Lab, dev: Ran) -> None:
    """The address that `make up` prints serves b.mesh.test, and says which version and pod answered."""
    address = re.search(r"serves at (\S+)\. Try it", dev.out)
    assert address is not None, dev.all
    status, body = gateway_answer(address[1], "b.mesh.test")
    assert (status, body["version"]) == (200, "200")
    assert body["pod"].startswith("servicex-200-")


def test_istio_validates_what_comes_after_it(lab: Lab, dev: Ran) -> None:
    """istiod's webhook is on and refuses: a VirtualService with a weight of -1 does not get in."""
    bad = {
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": {"name": "bad", "namespace": "servicex"},
        "spec": {"hosts": ["x.test"], "http": [{"route": [{"destination": {"host": "x"}, "weight": -1}]}]},
    }
    applied = subprocess.run(
        ["sh", "-c", "kubectl apply --server-side --dry-run=server -f -"],
        env=lab.environment("dev"),
        input=json.dumps(bad),
        capture_output=True,
        text=True,
    )
    assert applied.returncode != 0
    assert "weight" in applied.stderr


def test_a_preview_after_up_changes_nothing(lab: Lab, dev: Ran) -> None:
    """`pulumi preview --expect-no-changes` is content."""
    previewed = lab.run("preview", "--stack", "dev", "--", "--expect-no-changes", "--diff")
    assert previewed.code == 0, previewed.all


def test_a_preview_after_a_refresh_changes_nothing(lab: Lab, dev: Ran) -> None:
    """Neither istiod's caBundle nor any default that the API server fills in comes back as drift."""
    refreshed = lab.pulumi("dev", "refresh", "--yes", "--skip-preview")
    assert refreshed.code == 0, refreshed.all
    previewed = lab.run("preview", "--stack", "dev", "--", "--expect-no-changes", "--diff")
    assert previewed.code == 0, previewed.all


def test_up_again_changes_and_builds_nothing(lab: Lab, dev: Ran) -> None:
    """The second `make up` registers no change and shows the table that still holds."""
    again = lab.run("up", "--stack", "dev")
    assert again.code == 0, again.all
    assert "nothing changed since this was measured" in again.err
    assert "built" not in again.err


def test_a_changed_weight_changes_one_object_and_is_measured(lab: Lab, dev: Ran) -> None:
    """canaryWeight 25: one VirtualService is updated, and a quarter of the requests goes to version 504."""
    changed = lab.run("up", "--stack", "dev", "--set", "canaryWeight=25")
    assert changed.code == 0, changed.all
    assert "1 updated" in changed.out
    services = {item["metadata"]["name"]: item for item in lab.objects("dev", ISTIO_KINDS[:1])}
    canary = services["a.mesh.test"]["spec"]["http"][-1]
    assert [part["weight"] for part in canary["route"]] == [75, 25]
    # What follows the count (the p-value, answers while ejected) may go on in the next line.
    row = r"^ *canary: shares +75 / 25 % +(\S+)% / (\S+)% of \d+\b.* holds *$"
    measured = re.search(row, changed.out, re.MULTILINE)
    assert measured is not None, changed.out
    assert abs(float(measured[2]) - 25) < 10


def test_prod_runs_beside_dev_and_holds(prod: Ran) -> None:
    """A cluster of its own, strict mutual TLS, no fault, no failing version; every verdict holds."""
    assert prod.code == 0, prod.all
    hold, fail, _ = verdicts(prod.out)
    assert hold > 0
    assert fail == 0


def test_prod_keeps_dev_out(lab: Lab, dev: Ran, prod: Ran) -> None:
    """Two clusters: prod's objects are not in dev's, and each answers on an address of its own."""
    dev_hosts = {host for item in lab.objects("dev", ISTIO_KINDS[:1]) for host in item["spec"]["hosts"]}
    prod_hosts = {host for item in lab.objects("prod", ISTIO_KINDS[:1]) for host in item["spec"]["hosts"]}
    assert "a.mesh.test" in dev_hosts - prod_hosts
    assert "a.mesh.example" in prod_hosts - dev_hosts
    budgets = lab.objects("prod", ["poddisruptionbudgets"])
    assert "servicex-200" in {budget["metadata"]["name"] for budget in budgets}


def test_a_protected_namespace_is_not_destroyed(lab: Lab, prod: Ran) -> None:
    """`pulumi destroy` of prod is refused, and the namespaces are still there."""
    destroyed = lab.pulumi("prod", "destroy", "--yes", "--skip-preview")
    assert destroyed.code != 0
    assert "protect" in destroyed.all
    names = {item["metadata"]["name"] for item in lab.objects("prod", ["namespaces"])}
    assert {"istio-system", "istio-ingress", "servicex"} <= names


def test_destroy_leaves_nothing_of_the_stack_in_the_cluster(lab: Lab, dev: Ran) -> None:
    """No namespace, CRD, webhook or cluster role of Istio's or ours is left."""
    destroyed = lab.pulumi("dev", "destroy", "--yes", "--skip-preview")
    assert destroyed.code == 0, destroyed.all
    deadline = time.monotonic() + 60
    kinds = ["namespaces", "crds", "mutatingwebhookconfigurations", "validatingwebhookconfigurations", "clusterroles"]
    while True:
        names = {item["metadata"]["name"] for item in lab.objects("dev", kinds)}
        left = {name for name in names if "istio" in name or name == "servicex"}
        if not left or time.monotonic() > deadline:
            break
        time.sleep(1)
    assert not left
