"""The table of Istio's annotations."""

from __future__ import annotations

import pytest

from components.analysis.annotations import ANNOTATIONS, VALUES, is_of_istio, problem_of


def test_it_has_every_annotation_of_the_api_once() -> None:
    assert len(ANNOTATIONS) == 68
    assert sum(each.deprecated for each in ANNOTATIONS.values()) == 10
    assert sum(each.alpha for each in ANNOTATIONS.values()) == 63


def test_values_are_checked_of_annotations_that_it_has() -> None:
    assert set(VALUES) <= set(ANNOTATIONS)
    assert len(VALUES) == 19


@pytest.mark.parametrize(
    "key", ["sidecar.istio.io/inject", "istio.io/rev", "kubernetes.io/ingress.class", "xistio.io/a"]
)
def test_keys_whose_domain_ends_in_istio_io_are_its_own(key: str) -> None:
    assert is_of_istio(key)


def test_other_keys_are_not() -> None:
    assert not is_of_istio("istio.io.example.com/a")
    assert not is_of_istio("kubernetes.io/psp")


@pytest.mark.parametrize(
    "value", ["concurrency: two", "statusPort: 0", "discoveryAddress: istiod", "- a", "a: [", "tracing: 1"]
)
def test_a_proxy_config_of_another_form_is_a_problem(value: str) -> None:
    assert problem_of("proxy.istio.io/config", value) is not None


@pytest.mark.parametrize("value", ["", "{}", "concurrency: 2", "discoveryAddress: istiod.istio-system.svc:15012"])
def test_a_good_one_is_not(value: str) -> None:
    assert problem_of("proxy.istio.io/config", value) is None


def test_aliases_that_stand_for_very_much_are_no_trouble() -> None:
    levels = "".join(f"a{number}: &a{number} [*a{number - 1}, *a{number - 1}]\n" for number in range(1, 40))
    value = f"a0: &a0 [x, x]\n{levels}concurrency: *a39\n"
    assert problem_of("proxy.istio.io/config", value) == "its concurrency is not a whole number"
