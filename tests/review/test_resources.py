"""The list of resources: each with what becomes of it and the fields that change."""

from __future__ import annotations

from components.review import read, review
from components.review.marking import unmarked
from components.review.resources import MOST_FIELDS
from tests.review.previews import document, faults, looked_at, preview, step


def _listed(name: str) -> dict[str, list[str]]:
    return {unmarked(each.title): [unmarked(field) for field in each.fields] for each in looked_at(name).resources}


def test_an_update_lists_its_fields_by_the_names_of_list_items() -> None:
    """As Kubernetes writes a path, with the route's name for its place."""
    assert _listed("update")["VirtualService/servicex/a.mesh.test"][:1] == [
        "spec.http[abort].fault.abort.httpStatus: 500 → 503"
    ]
    assert _listed("update")["Deployment/servicex/servicex-200"] == ["spec.replicas: 2 → 3"]


def test_a_replacement_says_because_of_what() -> None:
    """As the provider gave it."""
    assert all("because of spec.selector.matchLabels.tier" in title for title in _listed("replaced"))


def test_what_can_hurt_comes_first_and_what_stays_is_counted() -> None:
    """Deletions before updates; of what stays only the number."""
    made = looked_at("removed")
    assert [each.operation.value for each in made.resources] == ["delete", "update", "update"]
    assert made.summary == "1 to delete, 2 to update, 57 stay as they are"


def test_an_update_whose_states_are_missing_is_listed_as_one() -> None:
    """The list is of resources, told or not."""
    config = document("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}")
    bare = step("update", config, config)
    del bare["oldState"]
    (only,) = review(read(preview([bare])), analyse=faults).resources
    assert only.fields == ("the preview does not tell its fields",)


def test_long_texts_and_long_lists_are_bounded() -> None:
    """A text of several lines by their number, fields up to forty."""
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {%s}}"
    before, after = (
        document(text % ", ".join([f"k{n}: '{side}'" for n in range(60)] + [f'long: "{side}\\nb\\n"']))
        for side in ("old", "new")
    )
    (only,) = review(read(preview([step("update", before, after)])), analyse=faults).resources
    assert len(only.fields) == MOST_FIELDS + 1
    assert only.fields[-1] == "and 21 more fields"


def test_a_difference_that_only_the_provider_knows_is_listed() -> None:
    """Its inputs are alike."""
    config = document("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}")
    one = step("update", config, config, detailedDiff={"metadata.annotations": {"kind": "add"}})
    (only,) = review(read(preview([one])), analyse=faults).resources
    assert [unmarked(field) for field in only.fields] == ["metadata.annotations: changes, as the provider says"]
