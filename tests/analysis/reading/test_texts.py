"""A text becomes documents that know their lines; what is wrong with it is said with its line, and the rest is read."""

from __future__ import annotations

import math

import pytest

from components.analysis.reading import Source, Unread, read_text

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n"


def sources(text: str) -> list[Source]:
    return [each for each in read_text("a.yaml", text) if isinstance(each, Source)]


def flaws(text: str) -> list[tuple[str, int | None]]:
    return [(each.code, each.line) for each in read_text("a.yaml", text) if isinstance(each, Unread)]


WRONG = {
    "a bracket that nothing closes": ("a: [b\n", [("R003", 2)]),
    "a control character": ("a: b\nc: \x01\n", [("R003", 2)]),
    "a key twice": (SERVICE + "metadata: {name: y}\n", [("R004", 4)]),
    "a key twice in a list within": (SERVICE + "spec:\n  ports:\n  - port: 1\n    port: 2\n", [("R004", 7)]),
    "a template that is not YAML": (SERVICE + "spec:\n{{- toYaml .Values.x }}\n  ports: []\n", [("R005", 5)]),
    "a template that looks like YAML": (SERVICE + "spec: {{ .Values.x }}\n", [("R005", 4)]),
    "no apiVersion": ("kind: Service\n", [("R006", 1)]),
    "no kind": ("# who\n\napiVersion: v1\n", [("R006", 3)]),
    "a kind that is no text": ("apiVersion: v1\nkind: 5\n", [("R006", 1)]),
    "text alone": ("hello\n", [("R008", 1)]),
    "a list of text": ("- a\n- b\n", [("R008", 1)]),
    "brackets by the thousand": ("a: b\nc: " + "[" * 100_000, [("R007", 2)]),
    "dashes by the thousand": ("- " * 100_000, [("R007", 1)]),
    "more levels than anything has": ("a: " + "[" * 201 + "]" * 201, [("R007", 1)]),
    "aliases that stand for billions": (
        "x0: &x0 [1, 1]\n" + "".join(f"x{i}: &x{i} [*x{i - 1}, *x{i - 1}]\n" for i in range(1, 40)),
        [("R007", 17)],
    ),
    "an alias of nothing": ("a: *b\n", [("R003", 1)]),
    "an item of a list without kind": ("apiVersion: v1\nkind: List\nitems:\n- {}\n", [("R006", 4)]),
    "an item of a list that is text": ("apiVersion: v1\nkind: List\nitems:\n- x\n", [("R008", 1)]),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert flaws(text) == expected


@pytest.mark.parametrize(
    "text",
    [text for name, (text, _) in WRONG.items() if "thousand" not in name],
    ids=[name for name in WRONG if "thousand" not in name],
)
def test_a_document_after_it_is_read_all_the_same_with_its_own_lines(text: str) -> None:
    whole = text.rstrip("\n") + "\n---\n" + SERVICE
    (last,) = [each for each in sources(whole) if each.value.get("metadata") == {"name": "x"}][-1:]
    assert last.line("metadata.name") == whole.count("\n")


def test_documents_that_are_empty_are_none() -> None:
    assert sources("---\n---\n# nothing\n---\nnull\n---\n") == []
    assert sources("") == []


def test_lists_are_their_items_which_keep_their_lines() -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n"
        "- apiVersion: v1\n  kind: ServiceList\n  items:\n  - apiVersion: v1\n    kind: Service\n"
        "    metadata:\n      name: b\n"
    )
    found = sources(text)
    assert [each.value["metadata"]["name"] for each in found] == ["a", "b"]
    assert [each.line("metadata.name") for each in found] == [6, 13]


def test_a_list_of_documents_without_a_kind_of_its_own_is_its_items() -> None:
    (one,) = sources("- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n")
    assert one.line("metadata.name") == 3


def test_json_is_read_with_its_lines() -> None:
    (one,) = sources('{\n\t"apiVersion": "v1",\n\t"kind": "Service",\n\t"spec": {"ports": [\n\t{"port": 80}]}}')
    assert one.line("spec.ports[0].port") == 5


def test_values_are_those_that_kubernetes_reads() -> None:
    text = SERVICE + (
        "a: yes\nb: off\nc: 0o17\nd: 0x1F\ne: 1:30\nf: 2001-01-01\ng: 1e3\nh: ~\ni: !!binary aGk=\nj: !custom x\n"
        "k: '5'\nl: .inf\nm: 1_000\n"
    )
    (one,) = sources(text)
    assert {key: one.value[key] for key in "abcdefghijklm"} == {
        "a": True,
        "b": False,
        "c": "0o17",
        "d": 31,
        "e": "1:30",
        "f": "2001-01-01",
        "g": "1e3",
        "h": None,
        "i": "aGk=",
        "j": "x",
        "k": "5",
        "l": math.inf,
        "m": 1000,
    }


def test_anchors_and_merges_stand_for_what_they_name() -> None:
    text = SERVICE + "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}\nself: &s {me: *s}\n"
    (one,) = sources(text)
    assert one.value["y"] == {"a": 1, "b": 3}
    assert one.value["z"] == {"a": 1, "b": 2, "c": 4}
    assert one.value["self"] == {"me": None}


LINES = {
    "spec": 4,
    "spec.http[1].route": 8,
    'metadata.labels["app.kubernetes.io/name"]': 3,
    "metadata.labels.app.kubernetes.io/name": 3,
    "spec.http[7].route": 5,
    "spec.nothing.here": 4,
    "nothing": 1,
    "": 1,
}


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=lambda each: str(each))
def test_a_path_has_the_line_of_the_nearest_part_that_is_there(path: str, line: int) -> None:
    (one,) = sources(
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\n"
        'metadata: {labels: {app: x, "app.kubernetes.io/name": y}}\n'
        "spec:\n  http:\n  - name: one\n  - name: two\n    route: []\n"
    )
    assert one.line(path) == line
