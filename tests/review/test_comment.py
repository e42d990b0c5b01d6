"""The comment as a whole: goldens of recorded previews, and what GitHub asks of it."""

from __future__ import annotations

import json
import os
import re

import pytest

from components.review import LIMIT, markdown, marker, read, review
from components.review.comment import code, sentence
from components.review.marking import value
from tests.review.previews import GOLDEN, NAMES, document, faults, looked_at, preview, recorded, step, warning


@pytest.mark.parametrize("name", NAMES)
def test_the_comment_of_a_recorded_preview_is_that_of_its_golden_file(name: str) -> None:
    """REWRITE_GOLDEN=1 writes them."""
    written = markdown(looked_at(name))
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(written)
    assert written == golden.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_the_first_line_marks_the_comment(name: str) -> None:
    """With project and stack, so that two stacks of one pull request have a comment each."""
    made = read(recorded(name))
    first = markdown(looked_at(name)).splitlines()[0]
    assert first == marker(made.project, made.stack) == f"<!-- mesh-review: {made.project}/{made.stack} -->"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_folded_and_what_is_drawn_is_closed_again(name: str) -> None:
    """GitHub wants an empty line after a summary, and Mermaid none within a chart."""
    written = markdown(looked_at(name))
    assert written.count("<details>") == written.count("</details>")
    assert written.count("```") % 2 == 0
    assert not re.search(r"</summary>\n[^\n]", written)


def test_the_order_in_which_resources_are_registered_changes_nothing() -> None:
    """A program's resources come in another order each time."""
    given = json.loads(recorded("update"))
    turned = {**given, "steps": given["steps"][::-1]}
    assert markdown(review(read(json.dumps(turned)), analyse=faults)) == markdown(looked_at("update"))


def _large(count: int, *, text: str = "x") -> str:
    """That many ConfigMaps and routes that change."""
    config = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c%d}, data: {a: '%s%s'}}"
    host = (
        "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v%d, namespace: n}, "
        "spec: {hosts: [h%d.test], http: [{timeout: %ds, route: [{destination: {host: s%d}}]}]}}"
    )
    steps = [step("update", document(config % (n, text, 1)), document(config % (n, text, 2))) for n in range(count)]
    steps += [step("update", document(host % (n, n, 1, n)), document(host % (n, n, 2, n))) for n in range(count)]
    return preview(steps)


@pytest.mark.parametrize(
    ("limit", "cut"),
    [(LIMIT, []), (20_000, ["resources"]), (5_000, ["resources", "changes"]), (3_000, ["resources", "changes"])],
)
def test_a_comment_is_never_longer_than_github_takes(
    limit: int, cut: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left out is said, the resources first; the marker and what can not be known stay."""
    monkeypatch.setattr("components.review.comment.LIMIT", limit)
    written = markdown(review(read(_large(100, text="é" * 80)), analyse=faults))
    assert len(written.encode()) <= limit
    assert [word for word in ("resources", "changes") if f"left out of {word}" in written] == cut
    assert written.startswith("<!-- mesh-review: servicex-mesh/dev -->\n")
    assert "What a preview can not know" in written
    assert written.count("<details>") == written.count("</details>")


def test_a_topic_with_many_changes_is_folded() -> None:
    """Of 20 hosts all is read at once, of 40 not."""
    few, many = (markdown(review(read(_large(count)), analyse=faults)) for count in (20, 40))
    assert "**Routes**" in few
    assert "<details><summary>Routes (40)</summary>" in many


@pytest.mark.parametrize("old", [0, 5, 400])
def test_a_thousand_findings_fit_too(old: int) -> None:
    """Where even the findings are too many, they are cut last; those that were there stand last among them."""
    pod = document("{apiVersion: v1, kind: Pod, metadata: {name: x}}")
    made = read(preview([step("update", pod, pod)]))
    many = [warning(pod, f"message {n} " + "w" * 100) for n in range(1000)]
    sides = iter([many[:old], many])
    written = markdown(review(made, analyse=lambda documents, whole: next(sides)))
    assert len(written.encode()) <= LIMIT
    assert "left out of findings" in written
    assert written.count("<details>") == written.count("</details>")
    assert "What a preview can not know" in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "`plain`"),
        ("a`b", "`` a`b ``"),
        ("``", "``` `` ```"),
        ("<b>|*", "`<b>|*`"),
    ],
)
def test_a_value_is_code_whatever_is_in_it(text: str, written: str) -> None:
    """The fence is longer than any run of backticks."""
    assert code(text) == written


def test_a_value_stays_on_its_line_and_can_not_end_its_code() -> None:
    """Line ends, marks of ours, and characters that turn the direction of reading are taken out."""
    phrase = f"is {value('a' + chr(10) + 'b' + chr(0xE001) + chr(0x202E) + 'c')} now"
    assert sentence(phrase) == "is `a b c` now"
    assert len(value("x" * 500)) == 122


def test_a_header_that_calls_a_person_calls_nobody() -> None:
    """A value is code, where GitHub looks for no names."""
    host = (
        "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: n}, "
        "spec: {hosts: [h], http: [%s]}}"
    )
    hostile = "{name: '@octocat #1', match: [{headers: {x: {exact: '`@octocat` <img src=x>'}}}]}"
    made = read(preview([step("create", None, document(host % hostile))]))
    written = markdown(review(made, analyse=faults))
    outside = re.sub(r"```mermaid.*?```|(`+)(?!`).*?(?<!`)\1(?!`)", "", written, flags=re.DOTALL)
    assert "octocat" in written
    assert "@" not in outside
    assert "<img" not in outside


def test_what_made_a_preview_fail_can_not_end_its_block() -> None:
    """A message may have a fence in it."""
    said = {"severity": "error", "message": "error: ```\n<script>\n```"}
    made = read(preview([], diagnostics=[said]), project="p", stack="s")
    assert "````text\n```\n<script>\n```\n````" in markdown(review(made, analyse=faults))
