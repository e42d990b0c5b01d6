"""The generated part of components/api is what the generator writes, and the generator does not guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.api.tidying import OLD_NAMES
from generate.api.crds import Limits
from generate.api.outputs import differences, gateway_definitions, istio_definitions, outputs, write
from generate.api.python import render_module
from generate.api.shapes import EnumType, Field, MessageType, Module
from generate.api.source import GATEWAY, ISTIO, SourceUnavailable, module_folder, pinned_version
from generate.api.words import Words


def field(name: str, json_name: str, kind: str = "str", **more: object) -> Field:
    """A field of a message, optional and alone."""
    plain = {"key": None, "repeated": False, "oneof": None, "deprecated": False} | more
    return Field(name=name, json_name=json_name, type=kind, **plain)  # type: ignore[arg-type]


def module(*fields: Field, enums: tuple[EnumType, ...] = ()) -> Module:
    """A module of one message."""
    message = MessageType(full_name=".x.Shape", path=("Shape",), fields=fields, enums=enums)
    return Module(origin="a shape", source="x", name="x.shape", messages=(message,))


def rendered(*fields: Field, limits: Limits | None = None, enums: tuple[EnumType, ...] = ()) -> str:
    """The text of a module of one message with those fields."""
    made = module(*fields, enums=enums)
    return render_module(made, [made], {".x.Shape": limits} if limits else {}, Words({}))


@pytest.fixture(scope="module")
def folders() -> tuple[Path, Path]:
    """The two checkouts that are generated from; nothing is downloaded for them."""
    try:
        return module_folder(ISTIO, offline=True), module_folder(GATEWAY, offline=True)
    except SourceUnavailable as unavailable:
        pytest.skip(str(unavailable))


@pytest.fixture(scope="module")
def wanted(folders: tuple[Path, Path]) -> dict[str, str]:
    """What the generator would write."""
    return outputs(*folders)


@pytest.mark.generate
def test_what_is_checked_in_is_what_is_generated(wanted: dict[str, str]) -> None:
    """Nobody has edited a generated file, and nobody has forgotten to run the generator."""
    assert differences(wanted) == [], "Run `python -m generate.api`."


@pytest.mark.generate
def test_generated_modules_say_so(wanted: dict[str, str]) -> None:
    """The first line of a generated module says what wrote it and from which version."""
    modules = {path: text for path, text in wanted.items() if path.endswith(".py")}
    assert len(modules) > 20
    assert pinned_version(ISTIO) in modules["networking/gateway.py"].partition("\n")[0]
    assert pinned_version(GATEWAY) in modules["gateway_api/gateway.py"].partition("\n")[0]
    assert all(
        text.startswith("# Written by `python -m generate.api` (")
        and text.partition("\n")[0].endswith("; do not edit.")
        for text in modules.values()
    )


@pytest.mark.generate
def test_second_names_in_the_schemas_are_known(folders: tuple[Path, Path]) -> None:
    """Where a schema has a property that the message has not, it is a second name that decoding knows."""
    limits = istio_definitions(folders[0])[2] | gateway_definitions(folders[1])[2]
    assert {name for each in limits.values() for name in each.unknown} == set(OLD_NAMES)


@pytest.mark.generate
def test_limits_are_the_same_wherever_a_message_occurs(folders: tuple[Path, Path]) -> None:
    """So one table a message is enough; what the Gateway API asks of some places only is left out, by name."""
    istio, gateway = istio_definitions(folders[0])[2], gateway_definitions(folders[1])[2]
    assert [name for each in istio.values() for name in each.only_somewhere] == []
    assert {(path, name) for path, each in gateway.items() for name in each.only_somewhere} == set()


def test_differences_are_changes_omissions_and_leftovers(tmp_path: Path) -> None:
    """A file that changed, one that is missing and one that should be gone all count; writing leaves none."""
    goal = {"networking/a.py": "a", "networking/b.py": "b", "constraints/c.json": "{}"}
    write(goal, tmp_path)
    (tmp_path / "networking" / "a.py").write_text("edited")
    (tmp_path / "networking" / "b.py").unlink()
    (tmp_path / "constraints" / "old.json").write_text("{}")
    assert differences(goal, tmp_path) == ["constraints/old.json", "networking/a.py", "networking/b.py"]
    write(goal, tmp_path)
    assert differences(goal, tmp_path) == []


@pytest.mark.parametrize(
    ("given", "line"),
    [
        pytest.param(field("targetRef", "targetRef"), "target_ref: str | None = None", id="camel case in the proto"),
        pytest.param(field("from", "from"), "from_: str | None = None", id="keyword"),
        pytest.param(field("int", "int"), "int_: str | None = None", id="name of a type"),
        pytest.param(
            field("max_5xx_errors", "max5xxErrors"),
            "max_5xx_errors: str | None = field(default=None, name='max5xxErrors')",
            id="name that camel case does not give",
        ),
        pytest.param(field("hosts", "hosts", repeated=True), "hosts: tuple[str, ...] = ()", id="list"),
        pytest.param(field("ports", "ports", key="int"), "ports: Mapping[int, str] = {}", id="map"),
    ],
)
def test_fields_become_annotations(given: Field, line: str) -> None:
    """Python's spelling outside, the document's inside."""
    assert f"    {line}\n" in rendered(given)


def test_descriptions_say_what_the_schema_allows() -> None:
    """Where there are no words of ours, type and limits make the line; where there are, limits follow them."""
    limits = Limits(required=["size"], one_of=[], rules=[], fields={"size": {"minimum": 1, "maximum": 9}})
    text = rendered(
        field("size", "size", "int"),
        field("old", "old", oneof="form", deprecated=True),
        field("new", "new", oneof="form"),
        limits=limits,
    )
    assert '"""Size: a whole number. Required. 1 to 9."""' in text
    assert '"""Old: text. Set one at most of old, new. Deprecated."""' in text


def test_words_of_ours_replace_the_derived_ones() -> None:
    """And an entry that describes nothing is found."""
    words = Words({"x.shape.Shape": {"_": "Has a size.", "size": "In metres."}, "x.shape.Gone": {"_": "Not there."}})
    made = module(field("size", "size", "int"))
    text = render_module(made, [made], {}, words)
    assert '"""Has a size."""' in text
    assert '"""In metres."""' in text
    assert words.unused() == ["x.shape.Gone._"]
