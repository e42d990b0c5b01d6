"""What each example declares and registers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.api import decode, encode
from components.api.networking.virtual_service import Destination
from components.api.networking.workload_entry import WorkloadEntry
from components.manifests import documents
from components.manifests.names import ROOT_NAMESPACE
from components.model.document import decode as decode_mesh
from tests.examples.conftest import EXAMPLES, IMAGE, NAMES, Run, project
from tests.examples.limits import broken

GOLDEN = Path(__file__).with_name("golden")
PAGE = 90
"""Lines that are read without losing the thread."""

examples = pytest.mark.parametrize("name", NAMES)


def registered(run: Run, name: str) -> list[dict[str, Any]]:
    """Every object that the example makes in the cluster, but for Secrets, which are no documents."""
    found = [resource.inputs for resource in run(name).recorder.registered if "kind" in resource.inputs]
    return [_whole(inputs) for inputs in found if inputs["kind"] != "Secret"]


def _name(made: dict[str, Any]) -> tuple[str, str, str]:
    return made["kind"], made["metadata"].get("namespace", ""), made["metadata"]["name"]


def _whole(value: Any) -> Any:
    """Without the doubles that Pulumi's wire makes of all numbers."""
    if isinstance(value, dict):
        return {key: _whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_the_examples_are_those_of_the_readmes() -> None:
    """The tests below can not pass for want of examples."""
    assert NAMES == ["bookinfo", "guarded", "outside", "sticky"]


@examples
def test_what_is_declared_becomes_the_documents_of_the_golden_file(run: Run, name: str) -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/examples`, and read the difference."""
    written = yaml.safe_dump_all(map(encode, documents(run(name).mesh)), sort_keys=False, width=120)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{name}.yaml").write_text(written)
    assert written == (GOLDEN / f"{name}.yaml").read_text()


@examples
def test_what_is_registered_are_the_documents(run: Run, name: str) -> None:
    """Each once and as it is, but for the image, which is that of the configuration."""
    declared = [encode(document) for document in documents(run(name).mesh)]
    for each in declared:
        if each["kind"] == "Deployment":
            each["spec"]["template"]["spec"]["containers"][0]["image"] = IMAGE
    made = registered(run, name)
    assert sorted(map(_name, made)) == sorted(map(_name, declared))
    assert {_name(each): each for each in made} == {_name(each): each for each in declared}


@examples
def test_what_is_registered_is_within_the_limits_of_the_crds(run: Run, name: str) -> None:
    """Every object decodes strictly, and none of its fields is longer, larger or other than its CRD allows."""
    assert [line for each in registered(run, name) for line in broken(decode(each), each["kind"])] == []


def test_a_broken_limit_is_seen() -> None:
    """The test above can not pass for not looking."""
    assert list(broken(Destination(host=""))) == [": host is required"]
    (line,) = broken(WorkloadEntry(address="a", network="x" * 3000))
    assert line == ".network has the length 3000, and may be from None to 2048"


@examples
def test_an_example_leaves_the_whole_mesh_to_the_stack_that_has_istio(run: Run, name: str) -> None:
    """Two stacks on one cluster would overwrite each other's mesh-wide object, and the first to go would take it along."""
    assert ROOT_NAMESPACE not in {each["metadata"].get("namespace") for each in registered(run, name)}


def test_no_two_examples_make_one_object(run: Run) -> None:
    """They may be up side by side."""
    made = [_name(each) for name in NAMES for each in registered(run, name)]
    assert len(made) == len(set(made))


@examples
def test_the_experiments_find_in_the_outputs_what_they_need(run: Run, name: str) -> None:
    """The mesh as plain data, the gateway, and the client's image."""
    ran = run(name)
    assert decode_mesh(ran.exported["mesh"]) == ran.mesh
    assert (ran.exported["image"], ran.exported["loadClientImage"]) == (IMAGE, "registry.test/load-client")
    assert ran.exported["gateway"]["port"] == 80


@examples
def test_the_project_describes_every_setting_that_the_program_reads(name: str) -> None:
    """But for secrets, which have no default and are told of in a comment."""
    program = (EXAMPLES / name / "__main__.py").read_text()
    read = set(re.findall(r'config\.(?:get|require|require_secret)\("(\w+)"\)', program))
    read |= set(re.findall(r'endpoints\("(\w+)"\)', program))
    described = project(name)["config"]
    assert read - {"privateKey"} == set(described)
    assert all(each["description"] for each in described.values())
    assert "privateKey" not in read or "--secret privateKey" in (EXAMPLES / name / "Pulumi.yaml").read_text()


@examples
def test_an_example_is_a_page_with_a_readme(name: str) -> None:
    """The program reads as a declaration; its README says what it shows, with a picture, and how to run it."""
    assert project(name)["name"] == name
    assert len((EXAMPLES / name / "__main__.py").read_text().splitlines()) <= PAGE
    readme = (EXAMPLES / name / "README.md").read_text()
    assert f"make example NAME={name}" in readme
    assert "```mermaid" in readme


@examples
def test_the_projects_python_finds_the_components_from_its_folder(name: str) -> None:
    """By what `setup` leaves beside the packages; no variable and no line in the program is needed."""
    folder = EXAMPLES / name
    python = folder / project(name)["runtime"]["options"]["virtualenv"] / "bin" / "python"
    assert python.resolve() == Path(sys.executable).resolve()
    asked = subprocess.run(
        [str(python), "-P", "-c", "import components; print(components.__file__)"],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
    )
    assert Path(asked.stdout.strip()) == EXAMPLES.parent / "components" / "__init__.py", asked.stderr
