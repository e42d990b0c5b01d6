"""What the checks of behaviour say a real mesh does: each rule is reported, is taken by istiod all the same, and does it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.analysis import analyse
from components.analysis.reading import Source
from components.api import encode
from components.experiments.statistics import share_p
from components.manifests import documents
from components.manifests.names import service_host
from components.model import Mesh, Workload
from tests.e2e.beside import Answer, Ask, Beside, Item, pod_of, until, url

pytestmark = pytest.mark.lab

LEVEL = 1e-5
"""A proxy that does what the check says fails a test of shares once in 100 000 runs."""

SHOP = "checked-shop"
OKAY, WAITING = (Workload(name, namespace=SHOP, port=8000) for name in ("okay", "waiting"))
CALLER = Workload("caller", namespace="checked-front", port=8000)
CALLING, ANSWERING = CALLER.version("v1"), OKAY.version("v1")
SLOW = WAITING.version("v1", env={"error": "yes", "delay": "500ms"})
MESH = Mesh(versions=[CALLING, ANSWERING, SLOW])


def rule(name: str, host: str, **parts: object) -> Item:
    return {
        "name": name,
        "match": [{"uri": {"prefix": f"/{name}"}}],
        "route": [{"destination": {"host": host}}],
        "retries": {"attempts": 0},
        **parts,
    }


def routed(workload: Workload, *rules: Item) -> Item:
    host = service_host(workload)
    last = {"name": "rest", "route": [{"destination": {"host": host}}], "retries": {"attempts": 0}}
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": "VirtualService",
        "metadata": {"name": workload.name, "namespace": SHOP},
        "spec": {"hosts": [host], "http": [*rules, last]},
    }


OKAY_HOST, WAITING_HOST = service_host(OKAY), service_host(WAITING)
RULES = {
    "M0307": (OKAY, rule("never", OKAY_HOST, fault={"abort": {"httpStatus": 500}})),
    "M0302": (
        OKAY,
        rule(
            "half",
            OKAY_HOST,
            fault={"abort": {"httpStatus": 500, "percentage": {"value": 50}}},
            retries={"attempts": 5, "retryOn": "5xx"},
        ),
    ),
    "M0108": (OKAY, rule("dotted", f"okay.{SHOP}")),
    "M0301": (
        WAITING,
        rule(
            "both", WAITING_HOST, fault={"delay": {"fixedDelay": "0.3s", "percentage": {"value": 100}}}, timeout="0.2s"
        ),
    ),
    "M0304": (WAITING, rule("given-up", WAITING_HOST, retries={"attempts": 2, "perTryTimeout": "0.1s"})),
}
DOCUMENTS = [routed(each, *(rule for of, rule in RULES.values() if of == each)) for each in (OKAY, WAITING)]


@pytest.mark.parametrize("code", RULES)
def test_the_check_reports_its_rule(code: str) -> None:
    """In the very documents that the tests below put into force."""
    whole = [*map(encode, documents(MESH)), *DOCUMENTS]
    found = analyse(map(Source, whole), complete=True).findings
    assert code in {finding.code for finding in found}
    assert not [finding for finding in found if finding.code.startswith("V")]


@pytest.fixture(scope="module", name="checked")
def _checked(beside: Beside) -> Iterator[Beside]:
    with beside.running(MESH, callers=[CALLER], more=DOCUMENTS):
        until(lambda: answers(beside, OKAY, "dotted")[0].status != 200, "the rules in the caller's proxy")
        until(lambda: answers(beside, WAITING, "both")[0].version is None, "the other rules in the caller's proxy")
        yield beside


def answers(beside: Beside, workload: Workload, name: str, count: int = 1) -> list[Answer]:
    return beside.call(pod_of(CALLING), [Ask(url(workload, f"/{name}"))] * count, rate=50)


def test_a_fault_without_a_percentage_never_fires(checked: Beside) -> None:
    """M0307: none of 200."""
    assert {each.status for each in answers(checked, OKAY, "never", 200)} == {200}


def test_an_abort_is_not_tried_again(checked: Beside) -> None:
    """M0302: half of 400 fail though five retries are declared; retried, one in 64 would."""
    failed = sum(each.status == 500 for each in answers(checked, OKAY, "half", 400))
    assert share_p(failed, 400, 0.5) > LEVEL


def test_a_name_with_a_dot_is_not_completed(checked: Beside) -> None:
    """M0108: `okay.checked-shop` is no cluster of the proxy's, which answers 503 itself."""
    found = answers(checked, OKAY, "dotted", 5)
    assert {(each.status, each.version) for each in found} == {(503, None)}


def test_a_timeout_starts_when_the_delay_is_over(checked: Beside) -> None:
    """M0301: the timeout of 0.2 s does not end the delay of 0.3 s, so requests arrive; and it is in force after it, for
    the answers are the proxy's, not the ones of the server, which waits 0.5 s.
    """
    before = checked.arrived(SLOW)
    found = answers(checked, WAITING, "both", 10)
    assert {(each.status, each.version) for each in found} == {(504, None)}
    until(lambda: checked.arrived(SLOW) - before >= 10, "all ten at the server")


def test_a_try_that_was_given_up_is_not_made_again(checked: Beside) -> None:
    """M0304: Istio's default conditions for retries have none for it, so the server sees each request once."""
    before = checked.arrived(SLOW)
    found = answers(checked, WAITING, "given-up", 10)
    assert {(each.status, each.version) for each in found} == {(504, None)}
    until(lambda: checked.arrived(SLOW) - before >= 10, "all ten at the server")
    assert checked.arrived(SLOW) - before == 10
