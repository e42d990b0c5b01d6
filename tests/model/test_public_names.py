"""The public names of the model: one list, each where it is said to be, and cheap to import."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from components import model


def test_what_type_checkers_see_is_what_is_there() -> None:
    """The imports for type checkers, the table of modules and __all__ name the same."""
    tree = ast.parse(Path(str(model.__file__)).read_text())
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (str(node.module).rpartition(".")[2], name.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert seen == {(module, name) for module, names in model.MODULES.items() for name in names}
    assert sorted(name for _, name in seen) == sorted(model.__all__)


@pytest.mark.parametrize("module", model.MODULES)
def test_every_name_is_in_the_module_that_is_said_to_have_it(module: str) -> None:
    """And is the same object from both."""
    for name in model.MODULES[module]:
        assert getattr(model, name) is getattr(import_module(f"components.model.{module}"), name)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """As for any module."""
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        model.Nothing  # noqa: B018


def test_importing_the_package_imports_none_of_its_modules() -> None:
    """Nor any third-party package."""
    loaded = "[n for n in sys.modules if n.startswith('components.model.') or n == 'msgspec']"
    code = f"import sys, components.model; print({loaded})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
