"""What stands on what."""

from pathlib import Path
from typing import get_args

import pytest

from lab.host.commands import Commands
from lab.host.plan import NEEDS, Part, names_of, plan
from lab.host.prepare import ALL
from lab.host.steps import needed
from lab.images.catalogue import ADDON_IMAGES, IMAGES
from lab.images.images import Images
from lab.progress import Progress
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """The whole plan, of which nothing is run."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    go = Go(program=Path("/go/bin/go"), version="go1.26.8", root=Path("/go"), modules=Path("/m"), builds=Path("/b"))
    toolbox = Toolbox(go=go)
    return plan(
        toolbox=toolbox,
        images=Images(toolbox=toolbox, go=go),
        go=go,
        environment={},
        docker_host="unix:///d.sock",
        commands=Commands(logs=tmp_path),
        progress=Progress(),
    )


def test_every_step_comes_after_those_it_stands_on(steps):
    """Else it would wait for something that is never started."""
    seen = set()
    for step in steps:
        assert set(step.after) <= seen, step.name
        seen.add(step.name)


@pytest.mark.parametrize("part", get_args(Part))
def test_every_part_names_steps_that_there_are(steps, part):
    """A part nobody can bring would be waited for in vain."""
    assert set(NEEDS[part]) <= {step.name for step in steps}


def test_a_stack_brings_every_image(steps):
    """One that no part asked for would be missing on a new machine only."""
    planned = {step.name for step in needed(steps, names_of(ALL))}
    assert {f"image {image.name}" for image in IMAGES} <= planned


def test_the_cluster_waits_for_nothing_of_the_mesh(steps):
    """It starts while Istio and Pulumi are still being built."""
    names = {step.name for step in needed(steps, names_of(["cluster"]))}
    assert "image pause" in names
    assert names.isdisjoint({"tool istio", "tool pulumi", "image base", "image istio/pilot"})


def test_the_command_line_alone_needs_no_daemon(steps):
    """On a cluster of the user's the lab starts nothing."""
    names = {step.name for step in needed(steps, names_of(["cli"]))}
    assert names == {"tool pulumi", "tool helm", "istio files"}


def test_a_stack_does_not_wait_for_istioctl(steps):
    """Only tests do."""
    assert "tool istioctl" not in {step.name for step in needed(steps, names_of(ALL))}
    assert "tool istioctl" in {step.name for step in needed(steps, names_of(["istioctl"]))}


@pytest.mark.parametrize("part", ["jaeger", "prometheus"])
def test_a_stack_without_addons_does_not_wait_for_them(steps, part):
    """Neither a build nor a download nor an image of theirs is in the way of a plain start."""
    without = {step.name for step in needed(steps, names_of(ALL))}
    assert without.isdisjoint({f"image {image.name}" for image in ADDON_IMAGES})
    assert without.isdisjoint({"tool jaeger", "tool prometheus", "tool prometheus-reloader"})
    assert set(NEEDS[part]) <= {step.name for step in needed(steps, names_of([*ALL, part]))}


def test_an_addons_image_waits_for_its_program(steps):
    """Each is built by itself: their modules do not build together."""
    after = {step.name: step.after for step in steps}
    assert "tool jaeger" in after["image jaeger"]
    assert "tool prometheus" in after["image prometheus"]
    assert "tool prometheus-reloader" in after["image prometheus-config-reloader"]
