"""docs/policy.md: its examples are what they say, and its table is that of the policies."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from policy.declaration import Policy
from policy.rules import POLICIES
from policy.violation import Violation
from tests.policy.stacks import judged

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policy.md").read_text()
SECTIONS = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLE = re.compile(r"^(Wrong|Right):\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMES = [policy.name for policy in POLICIES]
SHARED = ("stacks", "exempt")


def test_every_policy_has_a_section_and_every_section_a_policy() -> None:
    """In the order of the table of policies; names are told apart."""
    assert list(SECTIONS) == NAMES
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_wrong_example_is_refused_and_the_right_one_is_not(name: str) -> None:
    """As a production stack, with the policy as it is when nobody configures it."""
    examples = dict(EXAMPLE.findall(SECTIONS[name]))
    wrong, right = judged(name, examples["Wrong"]), judged(name, examples["Right"])
    assert wrong
    assert all(isinstance(each, Violation) for each in wrong)
    assert right == ()


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
def test_the_pages_table_says_what_a_policy_is_by_default(policy: Policy[Any]) -> None:
    """Level, scope, stacks and the keys that only it knows."""
    own = ", ".join(key for key in policy.schema() if key not in SHARED)
    cells = (policy.name, policy.level.value, policy.scope.value, ", ".join(policy.settings.stacks), own)
    assert f"| {' | '.join(cells)} |".replace("|  |", "| |") in PAGE


def test_the_pages_configuration_is_one_that_can_be_used() -> None:
    """Each policy takes what it is given there; `enforcementLevel` is Pulumi's own key."""
    (text,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    configured = json.loads(text)
    assert set(configured) < set(NAMES)
    for policy in POLICIES:
        given = configured.get(policy.name, {})
        if isinstance(given, dict):
            told = {key: value for key, value in given.items() if key != "enforcementLevel"}
            for key, value in told.items():
                assert list(getattr(policy.told(told), key)) == value
