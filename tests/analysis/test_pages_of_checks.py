"""Every check has a page whose examples are what they say, and every page a check."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from components.analysis.check import Registered, registered
from tests.analysis.checking import findings_of

PAGES = Path(__file__).resolve().parents[2] / "docs" / "checks"
BLOCK = re.compile(r"^(Wrong|Right)\b.*?:?.*?\n+((?:[^`\n][^\n]*\n+)*)```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page_of(each: Registered) -> str:
    return (PAGES / f"{each.check.code}.md").read_text()


@pytest.mark.parametrize("each", registered(), ids=lambda each: each.check.code)
def test_a_check_has_a_page_with_its_title_and_the_codes_of_others(each: Registered) -> None:
    text = page_of(each)
    assert text.startswith(f"# {each.check.code}: {each.check.title}\n")
    check = each.check
    others = f"istioctl: {check.istio or 'none'}. Kiali: {check.kiali or 'none'}."
    assert f"Severity: {check.severity.value}. {others}" in text
    assert "https://" in text


@pytest.mark.parametrize("each", registered(), ids=lambda each: each.check.code)
def test_the_wrong_example_is_reported_and_the_right_one_is_not(each: Registered) -> None:
    blocks = [(word, text) for word, _, text in BLOCK.findall(page_of(each))]
    assert {word for word, _ in blocks} == {"Wrong", "Right"}
    module = import_module(each.module)
    for word, text in blocks:
        found = findings_of(module, text, complete="# complete" in text.splitlines()[0])
        assert bool(found) == (word == "Wrong"), (word, found)
        assert {finding.code for finding in found} <= {each.check.code}


def test_every_page_of_a_code_is_of_a_check() -> None:
    codes = {each.check.code for each in registered()}
    assert {page.stem for page in PAGES.glob("M*.md")} == codes
