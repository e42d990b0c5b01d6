"""Whatever a text is, it is answered with findings: no text and no document makes reading or a check raise."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.analysis import analyse
from components.analysis.catalogue import catalogue
from components.analysis.reading import read_text

BOUNDED = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
PAGES = Path(__file__).resolve().parents[2] / "docs" / "checks"
EXAMPLES = [
    document
    for page in sorted(PAGES.glob("M*.md"))
    for block in page.read_text().split("```yaml\n")[1:]
    for document in yaml.safe_load_all(block.split("```")[0])
    if isinstance(document, dict)
]
"""Documents that the checks have something to say about."""
WORDS = [
    "apiVersion: networking.istio.io/v1\n", "kind: VirtualService\n", "metadata:\n", "  name: x\n", "spec:\n", "  http:\n",
    "  - route:\n", "---\n", "&a ", "*a ", "<<: *a\n", "{{ .Values.x }}", "[", "]", "{", "}", "- ", ": ", "\t", "|\n", "'",
    '"', "#", "!!binary ", "%YAML 1.2\n", "\x85", "\ufeff", "💥", "~", "null", "0x", "1e999", "yes", "\n", " ",
]  # fmt: skip
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=True),
    st.sampled_from(
        ["", "*", "*.", ".", "/", "~", "mesh", "a/b/c", "0s", "-1s", "é", "x" * 300, "{{x}}", "[", "::1", "1/0"]
    ),
    st.sampled_from([[], {}, [None], [[]], {"": None}, [{}], {"a": {"b": []}}]),
)


@BOUNDED
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_text_is_answered(text: str) -> None:
    for finding in analyse(read_text("a.yaml", text)).findings:
        assert finding.code in catalogue()
        assert finding.line is not None
        assert 1 <= finding.line <= text.count("\n") + 2


@BOUNDED
@given(st.data())
def test_any_change_of_documents_is_answered(data: st.DataObject) -> None:
    """Three documents of the pages, each with a value anywhere in it exchanged for anything."""
    documents = [copy.deepcopy(data.draw(st.sampled_from(EXAMPLES))) for _ in range(3)]
    for document in documents:
        _exchange(data, document)
    text = yaml.safe_dump_all(documents, allow_unicode=True)
    for finding in analyse(read_text("a.yaml", text)).findings:
        assert finding.code in catalogue()
        assert finding.message
        assert finding.remedy


def _exchange(data: st.DataObject, document: dict[str, Any]) -> None:
    inside: Any = document
    while True:
        keys = list(inside) if isinstance(inside, Mapping) else list(range(len(inside)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(inside[key], dict | list) and inside[key] and data.draw(st.integers(0, 4)) > 0
        if not deeper:
            inside[key] = data.draw(STRANGE)
            return
        inside = inside[key]
