"""Where two values differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.review.differences import ABSENT, differences


def _named(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"name": name, **more} for name in names]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param({"a": 1}, {"a": 2}, [("a", 1, 2)], id="a-field"),
        pytest.param({"a": 1}, {"a": True}, [("a", 1, True)], id="one-is-not-true"),
        pytest.param({}, {"a": {"b": 1}}, [("a", ABSENT, {"b": 1})], id="a-new-object-is-one"),
        pytest.param(_named("x", "y"), _named("y"), [("[x]", {"name": "x"}, ABSENT)], id="an-item-by-name"),
        pytest.param(_named("x"), _named("x", v=1), [("[x].v", ABSENT, 1)], id="within-an-item"),
        pytest.param(_named("x", "y"), _named("y", "x"), [("order", ["x", "y"], ["y", "x"])], id="another-order"),
        pytest.param(["a"], ["a", "b"], [("[b]", ABSENT, "b")], id="a-text-more"),
        pytest.param([{"to": 1}, {"to": 2}], [{"to": 2}], [("[0]", {"to": 1}, ABSENT)], id="an-item-without-a-name"),
        pytest.param([{"to": 1}], [{"to": 3}], [("[0].to", 1, 3)], id="in-the-same-place"),
        pytest.param(_named("x", "x"), _named("x"), [("[1]", {"name": "x"}, ABSENT)], id="two-of-one-name"),
        pytest.param([["a"]], [["b"]], [("[0][a]", "a", ABSENT), ("[0][b]", ABSENT, "b")], id="lists-in-lists"),
    ],
)
def test_a_difference_is_told_once_and_where_it_is(before: Any, after: Any, found: list[Any]) -> None:
    """List items go by what names them, so one that comes in front moves none."""
    assert [(change.field, change.before, change.after) for change in differences(before, after)] == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["a", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=8,
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(JSON, JSON)
def test_there_are_differences_exactly_when_the_values_differ(one: Any, other: Any) -> None:
    """Of anything that JSON can say; true is no number."""
    assert bool(list(differences(one, other))) == (repr(one) != repr(other) and not _same(one, other))


def _same(one: Any, other: Any) -> bool:
    """Equal, apart from the order of an object's fields."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)
