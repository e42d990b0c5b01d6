"""Which findings are new, which were there, which are gone; and which can not be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from components.analysis import Finding, Severity
from components.api import JSON
from components.review import markdown, read, review
from components.review.findings import Findings, compared
from components.review.objects import sides
from tests.review.previews import looked_at, preview, recorded, step, warning

HOST: dict[str, JSON] = {
    "apiVersion": "networking.istio.io/v1",
    "kind": "VirtualService",
    "metadata": {"name": "x", "namespace": "shop"},
    "spec": {"hosts": ["a.test"]},
}


def test_findings_are_compared_by_what_they_say() -> None:
    """The place in a list may have moved; another message is another finding."""
    old = [warning(HOST, "moved", "spec.http[1]"), warning(HOST, "gone")]
    new = [warning(HOST, "moved", "spec.http[4]"), warning(HOST, "new")]
    found = compared(old, new)
    assert [[each.message for each in group] for group in (found.new, found.still, found.gone)] == [
        ["new"],
        ["moved"],
        ["gone"],
    ]
    assert found.still[0].field == "spec.http[4]"


def test_a_change_brings_keeps_and_takes_findings() -> None:
    """A route with a fault more; those of the other two stay."""
    found = looked_at("update").findings
    assert [each.message for each in found.new] == ["route 'testers' fails on purpose"]
    assert [each.message for each in found.still] == [
        "route 'abort' fails on purpose",
        "route 'delay' fails on purpose",
    ]


@pytest.mark.parametrize(
    ("severity", "asked", "fails"),
    [
        (Severity.ERROR, Severity.ERROR, True),
        (Severity.WARNING, Severity.ERROR, False),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.INFO, Severity.WARNING, False),
    ],
)
def test_a_finding_counts_from_its_severity_on(severity: Severity, asked: Severity, fails: bool) -> None:
    """One that is gone never counts."""
    finding = Finding(code="M0001", severity=severity, message="m", remedy="r")
    assert Findings(new=(finding,)).at_least(asked) is fails
    assert Findings(still=(finding,)).at_least(asked) is fails
    assert not Findings(gone=(finding,)).at_least(asked)


def test_of_half_a_preview_only_what_is_wrong_with_a_document_alone_is_told() -> None:
    """A destination that stays as it is would be missed otherwise."""
    seen: list[bool] = []

    def analyse(documents: Sequence[Mapping[str, JSON]], whole: bool) -> list[Finding]:
        seen.append(whole)
        return [warning(HOST, "no such host", code="M0101"), warning(HOST, "refused", code="V1001")]

    found = review(read(recorded("removed")), analyse=analyse).findings
    assert seen == [False, False]
    assert [each.code for each in found.still] == ["V1001"]


def test_the_analysis_sees_neither_secrets_nor_values_that_are_not_known() -> None:
    """It would take the words that stand for them for mistakes."""
    given: list[Mapping[str, JSON]] = []

    def analyse(documents: Sequence[Mapping[str, JSON]], whole: bool) -> list[Finding]:
        given.extend(documents)
        return []

    review(read(recorded("create")), analyse=analyse)
    review(read(recorded("guarded")), analyse=analyse)
    assert len(given) == len(sides(read(recorded("create"))).after.objects) + len(
        sides(read(recorded("guarded"))).after.objects
    )
    assert "[secret]" not in repr(given)
    assert "[known after" not in repr(given)


def test_nothing_is_found_about_what_is_hidden() -> None:
    """Nor about the content of a Secret."""
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": "[secret]"}
    unknown = {**HOST, "spec": {"hosts": ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"]}}
    made = read(preview([step("create", None, secret), step("create", None, unknown)]))
    found = [warning(secret, "no tls.crt"), warning(unknown, "no host", "spec.hosts[0]"), warning(unknown, "other")]
    assert [
        each.message for each in review(made, analyse=lambda documents, whole: found if documents else []).findings.new
    ] == ["other"]


def test_what_a_finding_says_is_written_as_it_is() -> None:
    """It quotes names of the user's; nobody is called, and no HTML is made."""
    finding = warning(HOST, "header <b>*x*</b> of @octocat is #1 in `list`")
    made = review(
        read(preview([step("create", None, HOST)])), analyse=lambda documents, whole: [finding] if documents else []
    )
    written = markdown(made)
    assert "\\<b\\>\\*x\\*\\</b\\> of @\u2060octocat is #\u20601 in \\`list\\`" in written


def test_the_projects_own_analysis_is_asked() -> None:
    """A VirtualService that the webhook refuses, new with the change; and nothing about the rest."""
    good = {**HOST, "spec": {"hosts": ["a.test"], "http": [{"route": [{"destination": {"host": "b.test"}}]}]}}
    bad = {
        **HOST,
        "spec": {"hosts": ["a.test"], "http": [{"retries": {"attempts": -1}, "route": [{"destination": {}}]}]},
    }
    found = review(read(preview([step("update", good, bad)]))).findings
    assert found.at_least(Severity.ERROR)
    assert {each.subject for each in found.new} == {"VirtualService shop/x"}
    assert {each.code[0] for each in found.new} >= {"V"}
