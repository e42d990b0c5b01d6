"""What a preview could not know is said of it."""

from __future__ import annotations

import pytest

from components.review import read, review
from components.review.marking import unmarked
from tests.review.previews import between, document, faults, looked_at, preview, step

SAID = [
    ("create", "No cluster was in reach"),
    ("create", "The engine warns: The Kubernetes cluster is unreachable"),
    ("create", "Known only after the update: Deployment/servicex/servicex-200 spec.template.spec.containers[0].image"),
    ("update", "is seen by a refresh only"),
    ("update", "Secret, so not shown and not looked at: Secret/istio-ingress/c-mesh-test data"),
    ("removed", "57 resources stay as they are and are not in the preview"),
    ("failed", "The preview failed"),
]


@pytest.mark.parametrize(("name", "said"), SAID)
def test_it_is_said_what_could_not_be_known(name: str, said: str) -> None:
    """By what the preview itself tells."""
    assert said in unmarked(" ".join(looked_at(name).limits))


@pytest.mark.parametrize(
    ("name", "said"), [("update", "No cluster"), ("update", "stay as they are"), ("removed", "Secret")]
)
def test_nothing_is_said_that_is_not_so(name: str, said: str) -> None:
    """A cluster was there, all was listed, there was no secret."""
    assert said not in unmarked(" ".join(looked_at(name).limits))


ROUTE = (
    "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: n}, spec: {hosts: [h], "
    "http: [{route: [{destination: {host: %s}}]}]}}"
)
ENTRY = (
    "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: n}, "
    "spec: {hosts: ['*.w.test']}}"
)
SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}, spec: {ports: [{port: 80}]}}"


@pytest.mark.parametrize(
    ("host", "known"),
    [("s", True), ("s.n.svc.cluster.local", True), ("a.w.test", True), ("t", False), ("w.test", False)],
)
def test_a_destination_that_the_stack_does_not_make_is_named(host: str, known: bool) -> None:
    """Whether it is there, only the cluster or DNS knows."""
    text = between([], [document(each) for each in (ROUTE % host, ENTRY, SERVICE)])
    said = " ".join(review(read(text), analyse=faults).limits)
    assert ("which no resource of this stack makes" in said) is not known


def test_an_operation_that_is_not_known_is_named() -> None:
    """Its step is shown with what it tells."""
    made = review(read(preview([step("frobnicate", document(SERVICE), document(SERVICE))])), analyse=faults)
    assert "frobnicate" in made.limits[-1]
    assert [each.operation.value for each in made.resources] == ["other"]


def test_what_helm_makes_of_a_release_is_not_known() -> None:
    """The provider asks Helm during the update only."""
    release = {
        "op": "create",
        "urn": "urn:pulumi:s::p::kubernetes:helm.sh/v3:Release::r",
        "newState": {"inputs": {"chart": "c"}},
    }
    assert "release r" in unmarked(" ".join(review(read(preview([release])), analyse=faults).limits))
