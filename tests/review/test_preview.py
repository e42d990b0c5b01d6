"""What is read out of the engine's output, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.review import Unusable, markdown, read, review
from components.review.preview import Operation
from tests.review.previews import NAMES, PROJECT, STACK, document, preview, recorded, step

SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: x, namespace: shop}, spec: {ports: [{port: 80}]}}"


@pytest.mark.parametrize("name", NAMES)
def test_every_recorded_preview_names_its_project_and_stack(name: str) -> None:
    """Even one that failed has the stack itself as a step."""
    made = read(recorded(name))
    projects = {"guarded": "guarded", "outside": "outside"}
    assert made.project == projects.get(name, "servicex-mesh")
    assert made.stack in ("dev", "review-rec")


def test_the_steps_of_a_replacement_are_one() -> None:
    """--show-replacement-steps lists three for each of the two Deployments."""
    steps = [each for each in read(recorded("replaced")).steps if each.operation is Operation.REPLACE]
    assert [each.name for each in steps] == ["Deployment/servicex/servicex-200", "Deployment/servicex/servicex-504"]
    assert all(each.before and each.after and each.reasons for each in steps)


@pytest.mark.parametrize(("name", "whole"), [("update", True), ("create", True), ("removed", False), ("failed", False)])
def test_a_preview_is_whole_when_what_stays_is_listed_too(name: str, whole: bool) -> None:
    """By the engine's own count of what stays; of a first preview nothing does."""
    assert read(recorded(name)).whole is whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param(recorded("removed")[:5000], "no JSON", id="truncated"),
        pytest.param("warning: something\n{}", "no JSON", id="with-stderr"),
        pytest.param('{"sequence": 0}\n{"sequence": 1}\n', "PULUMI_ENABLE_STREAMING_JSON_PREVIEW", id="events"),
        pytest.param("[]", "an object", id="a-list"),
        pytest.param("[" * 100_000, "nested", id="deep"),
        pytest.param("{}", "neither `steps` nor `diagnostics`", id="another-object"),
        pytest.param('{"steps": ["x"]}', "`steps[0]`", id="step-of-text"),
        pytest.param('{"steps": [{"op": "create"}]}', "urn None", id="step-without-urn"),
        pytest.param('{"steps": []}', "--stack", id="no-step-and-no-name"),
        pytest.param(
            '{"steps": [{"op": "same", "urn": "urn:pulumi:a-->b::p::t::n"}]}', "'a-->b'", id="name-that-ends-the-marker"
        ),
    ],
)
def test_what_is_no_preview_is_refused_with_what_to_do(given: str, said: str) -> None:
    """One paragraph, whatever was given."""
    with pytest.raises(Unusable) as refused:
        read(given)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_preview_of_another_stack_than_the_given_one_is_refused() -> None:
    """Its comment would replace the other's."""
    with pytest.raises(Unusable, match=r"'dev'.*'prod'"):
        read(recorded("update"), stack="prod")


def test_a_stack_is_given_with_or_without_its_organisation() -> None:
    """As Pulumi takes it."""
    assert read(recorded("update"), stack="organization/servicex-mesh/dev").stack == "dev"


def test_a_preview_that_failed_at_once_is_named_by_what_is_given() -> None:
    """The language host may not even start."""
    made = read('{"diagnostics": [{"severity": "error", "message": "no"}]}', project="p", stack="dev")
    assert (made.project, made.stack, [said.message for said in made.failed]) == ("p", "dev", ["no"])


def test_steps_without_states_are_read() -> None:
    """A component has none, and a truncated log of another tool may have lost them."""
    bare = step("update", document(SERVICE), document(SERVICE))
    del bare["oldState"], bare["newState"]
    (only,) = read(preview([bare])).steps
    assert (only.before, only.after, only.operation) == (None, None, Operation.UPDATE)


def test_an_operation_that_nobody_knows_is_kept_by_its_word() -> None:
    """A newer engine may have one."""
    (only,) = read(preview([step("frobnicate", None, document(SERVICE))])).steps
    assert (only.operation, only.word) == (Operation.OTHER, "frobnicate")


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 1)
    | st.sampled_from(["", "x", "[secret]", "v1", "Service", "kubernetes:core/v1:Service"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["inputs", "metadata", "name", "kind", "apiVersion", "spec", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
URN = f"urn:pulumi:{STACK}::{PROJECT}::kubernetes:core/v1:Service::s"
STEP = st.fixed_dictionaries(
    {"op": st.sampled_from(["create", "update", "delete", "same", "replace", "?"]), "urn": st.just(URN)},
    optional={"oldState": ANY, "newState": ANY, "detailedDiff": ANY, "replaceReasons": ANY},
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(STEP, max_size=2), ANY, ANY)
def test_whatever_a_step_holds_a_comment_is_made_of_it(steps: list[Any], said: Any, summary: Any) -> None:
    """States of any shape; what is no object among steps and diagnostics is refused with words."""
    text = json.dumps({"steps": steps, "diagnostics": said, "changeSummary": summary})
    try:
        made = read(text, project=PROJECT, stack=STACK)
    except Unusable:
        return
    assert markdown(review(made, analyse=lambda documents, whole: [])).startswith("<!-- mesh-review")


def test_colours_are_taken_out_of_what_the_engine_said() -> None:
    """A terminal's, and Pulumi's own tags."""
    said = {"severity": "warning", "message": "\x1b[33mwarning:\x1b[0m <{%fg 1%}>careful<{%reset%}>\n"}
    (only,) = read(json.dumps({"steps": [], "diagnostics": [said]}), project="p", stack="s").diagnostics
    assert only.message == "warning: careful"


def test_what_stays_is_on_both_sides_even_with_one_state() -> None:
    """A resource that is kept is not gone because its new state is not repeated."""
    made = review(read(preview([step("same", document(SERVICE), None)])), analyse=lambda documents, whole: [])
    assert made.changes == ()
