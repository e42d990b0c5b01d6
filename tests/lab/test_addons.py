"""Which addons the lab runs, and what it says of the others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from lab.addons import CONTAINERS, asked_for, parts, say_left_out
from lab.host.plan import NEEDS
from lab.progress import Progress


@pytest.mark.parametrize(
    ("written", "given", "asked"),
    [
        pytest.param("config: {}\n", {}, (), id="none"),
        pytest.param("config:\n  servicex-mesh:addons: [kiali]\n", {}, ("kiali",), id="in the stack file"),
        pytest.param(
            "config:\n  servicex-mesh:addons: [kiali]\n", {"addons": ["jaeger"]}, ("jaeger",), id="given once"
        ),
    ],
)
def test_the_stacks_addons_are_those_of_its_file_unless_others_are_given(
    tmp_path: Path, written: str, given: dict[str, list[str]], asked: tuple[str, ...]
) -> None:
    """`--set addons=[jaeger]` stands instead of the file's."""
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(written)
    assert asked_for(file, given) == asked


def test_every_image_of_an_addon_is_brought_with_it() -> None:
    """What the overlay names is what the machine makes."""
    for part, containers in CONTAINERS.items():
        assert {f"image {image.name}" for image in containers.values()} == set(NEEDS[part])


def test_what_can_not_be_run_is_said_in_one_line() -> None:
    """Dashboards come as images only; what the lab has is run, and nothing is said when nothing is missing."""
    asked = ("grafana", "prometheus", "kiali")
    said = io.StringIO()
    say_left_out(asked, Progress(stream=said))
    assert parts(asked) == ("prometheus",)
    assert said.getvalue().count("\n") == 1
    assert "left out: grafana, kiali; to be had from image registries only" in said.getvalue()
    silent = io.StringIO()
    say_left_out(("jaeger",), Progress(stream=silent))
    assert silent.getvalue() == ""
