"""images-by-digest: how containers name their images."""

from __future__ import annotations

import pytest

from tests.policy.stacks import UNKNOWN, judged, unknowns, violations

NAME = "images-by-digest"
DIGEST = f"registry.test/servicex@sha256:{'0' * 64}"


def workload(pod: str, *, kind: str = "Deployment", namespace: str = "shop", annotations: str = "{}") -> str:
    groups = {"Pod": "v1", "Job": "batch/v1", "CronJob": "batch/v1"}
    template = f"template: {{metadata: {{annotations: {annotations}}}, spec: {pod}}}"
    spec = {"Pod": pod, "CronJob": f"{{jobTemplate: {{spec: {{{template}}}}}}}"}.get(kind, f"{{{template}}}")
    return (
        f"apiVersion: {groups.get(kind, 'apps/v1')}\nkind: {kind}\n"
        f"metadata: {{name: servicex, namespace: {namespace}}}\nspec: {spec}\n"
    )


def container(image: str) -> str:
    return f"{{containers: [{{name: servicex, image: '{image}'}}]}}"


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        ("Pod", "spec"),
        ("Deployment", "spec.template.spec"),
        ("DaemonSet", "spec.template.spec"),
        ("StatefulSet", "spec.template.spec"),
        ("ReplicaSet", "spec.template.spec"),
        ("Job", "spec.template.spec"),
        ("CronJob", "spec.jobTemplate.spec.template.spec"),
    ],
)
def test_whatever_makes_pods_names_images_by_digest(kind: str, at: str) -> None:
    """And is refused where its template has a tag."""
    found = violations(NAME, workload(container("servicex:1.2"), kind=kind))
    assert found == [f"{kind}/shop/servicex {at}.containers[0].image"]
    assert violations(NAME, workload(container(DIGEST), kind=kind)) == []


@pytest.mark.parametrize("image", ["servicex", "servicex:latest", "", "servicex@sha256:00", f"{DIGEST}:1"])
def test_what_is_not_a_whole_digest_is_refused(image: str) -> None:
    assert len(violations(NAME, workload(container(image)))) == 1


@pytest.mark.parametrize(
    "image",
    [DIGEST, f"servicex:1.2@sha256:{'a' * 64}", f"servicex@sha512:{'b' * 128}"],
    ids=["sha256", "tag too", "sha512"],
)
def test_a_whole_digest_passes(image: str) -> None:
    """A tag beside it says nothing more, and does no harm."""
    assert violations(NAME, workload(container(image))) == []


def test_containers_that_run_first_count() -> None:
    pod = (
        f"{{initContainers: [{{name: setup, image: 'setup:1'}}], containers: [{{name: servicex, image: '{DIGEST}'}}]}}"
    )
    assert violations(NAME, workload(pod)) == ["Deployment/shop/servicex spec.template.spec.initContainers[0].image"]


def test_the_message_names_the_container_and_its_image() -> None:
    (said,) = judged(NAME, workload(container("servicex:1.2")))
    assert "container servicex runs 'servicex:1.2'; a tag is moved" in str(said)
    assert "NAME@sha256:DIGEST" in str(said)


def test_istios_own_are_exempt_until_told_otherwise() -> None:
    """Its charts name their images by the version that the stack asks for."""
    istiod = workload(container("pilot:1.31.1"), namespace="istio-system")
    assert violations(NAME, istiod) == []
    assert len(violations(NAME, istiod, exempt=[])) == 1


def test_an_image_that_injection_puts_in_passes_in_a_gateway_only() -> None:
    gateway = workload(container("auto"), annotations="{inject.istio.io/templates: 'other,gateway'}")
    assert violations(NAME, gateway) == []
    assert len(violations(NAME, workload(container("auto")))) == 1


def test_an_image_can_be_allowed() -> None:
    assert violations(NAME, workload(container("registry.test/tools/jq:1")), allowed=["registry.test/tools/*"]) == []


@pytest.mark.parametrize(
    ("pod", "field"),
    [
        (container(UNKNOWN), "spec.template.spec.containers[0].image"),
        (f"{{containers: [{UNKNOWN}]}}", "spec.template.spec.containers[0]"),
        (f"{{containers: {UNKNOWN}}}", "spec.template.spec.containers"),
        (UNKNOWN, "spec.template.spec"),
    ],
    ids=["the image", "the container", "the containers", "the pod"],
)
def test_an_image_that_is_not_known_yet_can_not_be_told(pod: str, field: str) -> None:
    """As that of an image which the update will build."""
    found = unknowns(NAME, workload(pod))
    assert set(found) == {f"Deployment/shop/servicex {field}"}


def test_beside_an_unknown_image_a_tag_is_refused_all_the_same() -> None:
    pod = f"{{containers: [{{name: a, image: '{UNKNOWN}'}}, {{name: b, image: 'b:1'}}]}}"
    outcomes = {(type(each).__name__, str(each.field)) for each in judged(NAME, workload(pod))}
    at = "spec.template.spec.containers"
    assert outcomes == {("Unknown", f"{at}[0].image"), ("Violation", f"{at}[1].image")}


def test_objects_of_other_kinds_make_no_pods() -> None:
    assert violations(NAME, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {image: 'a:1'}\n") == []
