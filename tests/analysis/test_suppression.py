"""A finding may stand when somebody says why; what would be refused may not."""

from __future__ import annotations

import pytest

from components.analysis import Suppression, analyse
from components.analysis.reading import read_text
from tests.analysis.test_command import REFUSED, SURPRISING

OURS = 'metadata:\n  annotations: {servicex-mesh/suppress: "%s"}\n'
ISTIOS = 'metadata:\n  annotations: {galley.istio.io/analyze-suppress: "%s"}\n'


def codes(text: str, *suppressions: Suppression) -> set[str]:
    return {finding.code for finding in analyse(read_text("a.yaml", text), suppressions=suppressions).findings}


def annotated(annotation: str, text: str = SURPRISING) -> str:
    return text.replace("metadata:\n", annotation, 1)


@pytest.mark.parametrize(
    "annotation",
    [
        pytest.param(OURS % "M0301: the delay is what we test", id="with a reason"),
        pytest.param(OURS % "M0102: made elsewhere; M0301: the delay is what we test", id="among others"),
        pytest.param(ISTIOS % "M0301", id="by Istio's annotation"),
        pytest.param(ISTIOS % "IST0101, M0301", id="by Istio's, among others"),
        pytest.param(ISTIOS % "*", id="all"),
    ],
)
def test_an_annotation_lets_it_stand(annotation: str) -> None:
    assert "M0301" in codes(SURPRISING)
    assert codes(annotated(annotation)) == set()


def test_a_code_of_istioctls_stands_for_ours() -> None:
    text = SURPRISING.replace("- destination: {host: servicex}", "- destination: {host: other}")
    assert "M0102" in codes(text)
    assert "M0102" not in codes(annotated(ISTIOS % "IST0101", text))


def test_no_reason_suppresses_nothing_and_is_said() -> None:
    assert codes(annotated(OURS % "M0301")) == {"M0301", "M0001"}


def test_another_objects_annotation_is_its_own() -> None:
    text = SURPRISING.replace(
        "metadata: {name: servicex, namespace: shop}", (ISTIOS % "*").rstrip() + "\n  name: servicex"
    )
    assert "M0301" in codes(text)


def test_what_is_refused_can_not_stand() -> None:
    refused = {code for code in codes(REFUSED) if code.startswith("V")}
    assert refused
    assert refused <= codes(annotated(ISTIOS % "*", REFUSED))


@pytest.mark.parametrize(
    ("about", "stands"),
    [
        pytest.param("*", True, id="all objects"),
        pytest.param("VirtualService shop/servicex", True, id="this one"),
        pytest.param("VirtualService shop/*", True, id="those of a namespace"),
        pytest.param("VirtualService other/*", False, id="those of another"),
    ],
)
def test_a_configuration_lets_it_stand_for_the_objects_it_names(about: str, stands: bool) -> None:
    kept = Suppression(code="M0301", object=about, reason="the delay is what we test")
    assert ("M0301" not in codes(SURPRISING, kept)) == stands
