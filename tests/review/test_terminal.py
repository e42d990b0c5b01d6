"""The same review in a terminal."""

from __future__ import annotations

import io

import pytest

from components.review import read, review, terminal
from components.review.marking import unmarked
from tests.review.previews import NAMES, document, looked_at, preview, step, warning


def _printed(name: str) -> str:
    stream = io.StringIO()
    terminal.text(looked_at(name), stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_terminal_is_told_what_a_comment_tells(name: str) -> None:
    """Every change and every limit, with no mark of ours and no colour in a pipe."""
    printed, made = _printed(name), looked_at(name)
    for line in made.changes:
        assert f"{line.mark.value} {unmarked(line.text)}" in printed
    for limit in made.limits:
        assert unmarked(limit).replace("`", "") in printed
    assert not {"\x1b", "\ue000", "\ue001"} & set(printed)


def test_the_mesh_is_a_tree() -> None:
    """From the gateway to the versions, with shares."""
    printed = _printed("update")
    lines = [line.lstrip("│├└─ ") for line in printed.splitlines()]
    start = lines.index("canary, all requests")
    assert lines[start + 1 : start + 3] == ["75 %  servicex version 200, 3 pods", "25 %  servicex version 504, 1 pod"]


def test_nothing_in_a_mesh_reaches_the_terminal_as_a_command() -> None:
    """Escape characters of names, of findings and of what the engine says are taken out."""
    evil = "\x1b]0;title\x07x"
    host = document("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: n}}")
    host["spec"] = {"hosts": [evil], "http": [{"name": evil, "match": [{"uri": {"prefix": evil}}]}]}
    said = {"severity": "warning", "message": evil}
    made = read(preview([step("create", None, host)], diagnostics=[said]))
    stream = io.StringIO()
    terminal.text(review(made, analyse=lambda documents, whole: [warning(host, evil)] if documents else []), stream)
    assert stream.getvalue().count("]0;title") >= 5
    assert not {"\x1b", "\x07"} & set(stream.getvalue())


def test_a_failure_is_told_with_its_reason() -> None:
    """In the engine's own words, and nothing is said of a mesh that is half read."""
    printed = _printed("failed")
    assert "canaryWeight is '250'; give a whole number from 0 to 100" in printed
    assert "Findings" not in printed


def test_findings_are_told_by_what_became_of_them() -> None:
    """New ones, and those that were there."""
    printed = _printed("update")
    assert "new: warning M0301 VirtualService servicex/a.mesh.test spec.http[3].fault: route 'testers'" in printed
    assert printed.count("still there: warning") == 2
