"""The page about the plugin shows what is run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import fastjsonschema
import yaml

from components.model import Mesh
from components.model.document import decode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugin.md").read_text()
CONSUMER = Path(__file__).with_name("consumer")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_python_project_is_the_one_that_is_run() -> None:
    """Word by word, the program and its Pulumi.yaml."""
    assert blocks("py") == [(CONSUMER / "__main__.py").read_text()]
    assert (CONSUMER / "Pulumi.yaml").read_text() in blocks("yaml")


def test_the_typescript_program_is_the_one_that_is_run() -> None:
    """Word by word."""
    assert blocks("ts") == [(CONSUMER.with_name("consumer_ts") / "program.ts").read_text()]


def test_the_consumers_path_leads_to_the_plugin() -> None:
    """From where it stands in this repository."""
    (provider,) = yaml.safe_load((CONSUMER / "Pulumi.yaml").read_text())["plugins"]["providers"]
    assert (CONSUMER / provider["path"]).resolve() == ROOT / "plugin"


def test_the_document_in_yaml_is_a_mesh() -> None:
    """It fits the schema that editors use, and the reader takes it."""
    (program,) = [block for block in map(yaml.safe_load, blocks("yaml")) if "resources" in block]
    document = program["resources"]["mesh"]["properties"]["document"]
    fastjsonschema.compile(json.loads((ROOT / "plugin" / "mesh.schema.json").read_text()))(document)
    assert isinstance(decode(document), Mesh)


def test_every_input_and_output_is_in_the_table() -> None:
    """By the names that the schema has."""
    golden = json.loads((Path(__file__).with_name("golden") / "schema.json").read_text())
    for token, component in golden["resources"].items():
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{token}`")]
        assert re.findall(r"`(\w+)`", row) == [*component["inputProperties"], *component["properties"]]
