"""Each example on the lab: made, true to what it declares, measured, and gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from components.manifests.names import INGRESS_NAME, INGRESS_NAMESPACE
from tests.e2e.conftest import Lab, Ran
from tests.e2e.stories import bookinfo, guarded, outside, outside_world, sticky
from tests.e2e.stories.asking import STACK, Example

pytestmark = pytest.mark.lab

GOLDEN = Path(__file__).parents[1] / "examples" / "golden"

GIVEN: dict[str, Callable[[Example, Path], None]] = {"guarded": guarded.given, "outside": outside.given}
STORIES: dict[str, Callable[[Example, Path], None]] = {
    "bookinfo": lambda example, folder: bookinfo.tell(example),
    "guarded": guarded.tell,
    "sticky": lambda example, folder: sticky.tell(example),
    "outside": outside.tell,
}


@pytest.fixture(name="around")
def _around(lab: Lab, standing: Ran) -> Iterator[Callable[[str], Example]]:
    """An example by its name, not up yet; whatever is made of it and for it goes in the end."""
    made: list[Example] = []

    def around(name: str) -> Example:
        outputs = json.loads(lab.pulumi(STACK, "stack", "output", "--json").out)
        ingress = _ask(lab, "get", "service", INGRESS_NAME, "--namespace", INGRESS_NAMESPACE, "--output", "json")
        proxy = _ask(lab, "get", "pods", "--namespace", INGRESS_NAMESPACE, "--output", "json")
        example = Example(
            lab,
            name,
            address=json.loads(ingress)["spec"]["externalIPs"][0],
            image=outputs["image"],
            client=outputs["loadClientImage"],
            proxy=json.loads(proxy)["items"][0]["spec"]["containers"][0]["image"],
        )
        made.append(example)
        return example

    yield around
    for example in made:
        example.do("down")
        outside_world.clear(example)


@pytest.mark.parametrize("name", sorted(STORIES))
def test_an_example_does_what_it_declares(around: Callable[[str], Example], name: str, tmp_path: Path) -> None:
    """Up with every object, no change after that, its story told by real requests, measured, and gone without a trace."""
    example = around(name)
    if name in GIVEN:
        GIVEN[name](example, tmp_path)
    example.up()
    assert there(example) == declared(example)
    unchanged = example.do("pulumi", "--", "preview", "--expect-no-changes")
    assert unchanged.code == 0, unchanged.all
    STORIES[name](example, tmp_path)
    measured = example.do("up")  # what `make example` does; it finds nothing to change, and measures
    assert measured.code == 0, measured.all
    assert "0 do not hold" in measured.out
    gone = example.do("down")
    assert gone.code == 0, gone.all
    assert there(example) == set()


def declared(example: Example) -> set[str]:
    """The names of the objects of the golden file."""
    file = str(GOLDEN / f"{example.name}.yaml")
    return set(_ask(example.lab, "create", "--dry-run=client", "--filename", file, "--output", "name").split())


def there(example: Example) -> set[str]:
    """The names of those that the cluster has."""
    file = str(GOLDEN / f"{example.name}.yaml")
    return set(_ask(example.lab, "get", "--ignore-not-found", "--filename", file, "--output", "name").split())


def _ask(lab: Lab, *arguments: str) -> str:
    asked = lab.kubectl(STACK, *arguments)
    assert asked.code == 0, asked.all
    return asked.out
