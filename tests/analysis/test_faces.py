"""Findings as SARIF and Markdown."""

from __future__ import annotations

import json
from typing import Any

from components.analysis import Analysis, analyse
from components.analysis.catalogue import catalogue
from components.analysis.faces import face
from components.analysis.reading import read_text
from tests.analysis.test_command import SURPRISING


def analysed(text: str = SURPRISING, file: str = "mesh/a b.yaml") -> Analysis:
    return analyse(read_text(file, text))


def sarif(analysis: Analysis) -> Any:
    return json.loads(face("sarif")(analysis))


def test_sarif_names_the_rule_the_level_and_the_line() -> None:
    said = sarif(analysed())
    assert said["version"] == "2.1.0"
    (run,) = said["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("M0301", "warning")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "M0301"
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == catalogue()["M0301"]
    (place,) = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "mesh/a%20b.yaml"},
        "region": {"startLine": 11},
    }


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    """So that code scanning does not take it for a new one; two that are alike in one file are told apart."""
    here = sarif(analysed())["runs"][0]["results"]
    moved = sarif(analysed("# a line more\n" + SURPRISING))["runs"][0]["results"]
    assert [each["partialFingerprints"] for each in here] == [each["partialFingerprints"] for each in moved]
    broken = sarif(analysed("a: [b\n---\na: [b\n"))["runs"][0]["results"]
    assert len({json.dumps(each["partialFingerprints"]) for each in broken}) == len(broken) == 2


def test_sarif_of_nothing_found_has_a_run_without_results() -> None:
    """Code scanning closes what it had open only when it is told so."""
    (run,) = sarif(
        analysed("apiVersion: v1\nkind: Namespace\nmetadata: {name: x, labels: {istio-injection: disabled}}\n")
    )["runs"]
    assert run["results"] == []


def test_markdown_is_a_sentence_and_a_table() -> None:
    lines = face("markdown")(analysed()).splitlines()
    assert lines[0] == "**2 objects: no errors, 1 warning, no notes**"
    assert lines[-1].startswith("| ⚠️ warning | M0301 | VirtualService shop/servicex<br>`spec.http[0].timeout`")


def test_nothing_of_a_document_ends_a_cell_or_is_taken_for_html() -> None:
    text = SURPRISING.replace("name: servicex\n", 'name: "a|b<c&d"\n', 1)
    row = next(line for line in face("markdown")(analysed(text)).splitlines() if "M0301" in line)
    assert "a\\|b&lt;c&amp;d" in row
    assert row.replace("\\|", "").count("|") == 5
