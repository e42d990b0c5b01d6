"""What the plugin tells Pulumi and editors about itself."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.model.document_schema import schema
from plugin.provider import Provider

GOLDEN = Path(__file__).with_name("golden") / "schema.json"
ROOT = Path(__file__).parents[2]
DOCUMENT_SCHEMA = ROOT / "plugin" / "mesh.schema.json"


def read_or_rewritten(file: Path, value: object) -> Any:
    """The golden file's content; with REWRITE_GOLDEN it is written first."""
    if os.environ.get("REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(value, indent=2) + "\n")
    return json.loads(file.read_text())


@pytest.fixture(scope="module", name="offered")
def _offered() -> dict[str, Any]:
    made = json.loads(Provider().schema or "")
    assert isinstance(made, dict)
    return made


def test_the_inferred_schema_is_that_of_the_golden_file(offered: dict[str, Any]) -> None:
    """Rewrite it with `REWRITE_GOLDEN=1 pytest tests/plugin`, and read the difference: SDKs are made of it."""
    assert offered == read_or_rewritten(GOLDEN, offered)


def test_the_components_have_the_tokens_of_the_programs_own(offered: dict[str, Any]) -> None:
    """A stack's state says the same of a component, whoever declared it."""
    sources = "".join(path.read_text() for path in (ROOT / "components" / "resources").glob("*.py"))
    assert list(offered["resources"]) == ["servicex-mesh:index:Istio", "servicex-mesh:index:Mesh"]
    for token in offered["resources"]:
        assert f'super().__init__("{token}"' in sources


def test_everything_that_is_offered_is_described(offered: dict[str, Any]) -> None:
    """A user of an SDK sees a sentence for each component, input, output and field, with no blank line or indent in it."""
    described = [*offered["resources"].values(), *offered["types"].values()]
    fields = [
        each
        for owner in described
        for group in ("inputProperties", "properties")
        for each in owner.get(group, {}).values()
    ]
    assert len(fields) > 10
    for each in [*described, *fields]:
        assert each["description"].rstrip().endswith(".")
        assert "\n" not in each["description"]


def test_the_schema_of_documents_is_the_one_beside_the_plugin() -> None:
    """Editors read the file; it is derived from the model's classes, so it can not lag behind them."""
    assert schema() == read_or_rewritten(DOCUMENT_SCHEMA, schema())


def test_the_plugin_runs_in_the_repositorys_own_environment() -> None:
    """One virtual environment, made of one list of pins."""
    options = yaml.safe_load((ROOT / "plugin" / "PulumiPlugin.yaml").read_text())["runtime"]["options"]
    assert (ROOT / "plugin" / options["virtualenv"]).resolve() == (ROOT / ".venv").resolve()
    named = [line for line in (ROOT / "plugin" / "requirements.txt").read_text().splitlines() if line[:1] != "#"]
    assert named == ["-r ../requirements.txt"]


def test_every_part_of_the_schema_of_documents_is_one_that_is_there() -> None:
    """No reference leads nowhere."""
    whole = schema()
    referred = set(_references(whole))
    assert referred == {f"#/definitions/{name}" for name in whole["definitions"]}


def _references(value: object) -> list[str]:
    if isinstance(value, Mapping):
        own = [str(value["$ref"])] if "$ref" in value else []
        return own + [found for part in value.values() for found in _references(part)]
    if isinstance(value, list):
        return [found for part in value for found in _references(part)]
    return []
