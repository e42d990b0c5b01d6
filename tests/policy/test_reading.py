"""How what Pulumi hands over becomes documents, and how policies are configured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policy.declaration import Policy, SettingsError
from policy.paths import overlaps, written
from policy.properties import plain
from policy.rules import POLICIES
from policy.stack_documents import Given, StackDocuments
from tests.policy.stacks import UNKNOWN, NotKnown, handed, stack

ROOT = Path(__file__).parents[2]


def test_unknown_values_are_left_out_and_their_places_kept() -> None:
    """In maps and lists, however deep; the rest is as it was declared."""
    given = {"a": 1, "b": {"c": UNKNOWN, "d": [1.5, UNKNOWN, "x"]}, "e": None, "f": True}
    document, unknown = plain(handed(given), NotKnown)
    assert document == {"a": 1, "b": {"d": [1.5, "x"]}, "f": True}
    assert [type(document[key]) for key in ("a", "f")] == [int, bool]
    assert [written(path) for path in unknown] == ["b.c", "b.d[1]"]


@pytest.mark.parametrize(
    ("path", "wanted", "touch"),
    [
        (("spec",), ("spec", "http", "*", "fault"), True),
        (("spec", "http", 2), ("spec", "http", "*", "fault"), True),
        (("spec", "http", 2, "fault", "abort"), ("spec", "http", "*", "fault"), True),
        (("spec", "http", 2, "timeout"), ("spec", "http", "*", "fault"), False),
        (("spec", "tcp"), ("spec", "http"), False),
    ],
    ids=["above", "on the way", "below", "beside", "elsewhere"],
)
def test_a_field_touches_what_it_holds_and_what_holds_it(
    path: tuple[str | int, ...], wanted: tuple[str | int, ...], touch: bool
) -> None:
    assert overlaps(path, wanted) is touch


def test_what_is_no_object_of_kubernetes_is_left_out() -> None:
    """A chart has properties too, and neither kind nor apiVersion."""
    assert list(StackDocuments.read("prod", [Given(document={"chart": "base"}), Given(document={"kind": "a"})])) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n", "Service/default/a"),
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", "Namespace/a"),
        ("apiVersion: v1\nkind: Service\nmetadata: {generateName: a-}\n", "Service/default/a-"),
        (f"apiVersion: v1\nkind: Service\nmetadata: {{name: {UNKNOWN}}}\n", "Service/default/(named at the update)"),
        ("apiVersion: v1\nkind: Service\n", "Service/default/(named at the update)"),
    ],
    ids=["no namespace", "in none", "named by the server", "an unknown name", "no metadata"],
)
def test_every_object_can_be_named(text: str, path: str) -> None:
    assert [read.subject.path for read in stack(text)] == [path]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_a_configuration_that_can_not_be_used_says_which_keys_there_are(policy: Policy[Any]) -> None:
    """Pulumi itself lets keys pass that a policy does not have."""
    with pytest.raises(
        SettingsError, match=rf"policy {policy.name} can not be used: .*`stak`\. Its keys are stacks, exempt"
    ):
        policy.told({"stak": ["prod"]})
    with pytest.raises(SettingsError, match=r"Expected `array`, got `str` - at `\$\.stacks`"):
        policy.told({"stacks": "prod"})


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_the_schema_has_a_sentence_and_a_default_for_each_key_and_refers_to_nothing(policy: Policy[Any]) -> None:
    """Pulumi takes the properties of the schema one by one."""
    for described in policy.schema().values():
        assert described["description"].endswith((".", "*."))
        assert "default" in described
    assert "$ref" not in str(policy.schema())
    assert policy.told({}) == policy.settings


def test_policies_are_read_and_judged_without_pulumi() -> None:
    """The adapter alone knows of it."""
    code = "import sys, policy.rules; print([name for name in sys.modules if name.startswith('pulumi')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_packs_pins_are_the_programs_where_both_name_a_package() -> None:
    """Two environments read the same documents with the same libraries."""
    program, pack = (
        dict(line.split("==") for line in (ROOT / name).read_text().split() if "==" in line)
        for name in ("requirements.txt", "policy/requirements.txt")
    )
    shared = program.keys() & pack.keys()
    assert {"msgspec", "pulumi", "PyYAML"} <= shared
    assert {name: program[name] for name in shared} == {name: pack[name] for name in shared}
