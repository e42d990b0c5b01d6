"""What is in an image, and when it is built again."""

import dataclasses
import io
import tarfile
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.images.build import context
from lab.images.catalogue import ADDON_IMAGES, BUILDER, IMAGES, PILOT, PROXY
from lab.images.images import DOCKERFILES, Images
from lab.tools.build import istio_files
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MESH_LAB_REGISTRY_PORT", raising=False)


@pytest.fixture
def go(tmp_path):
    """A Go toolchain of three files, one of which no build needs."""
    for file in ("bin/go", "src/fmt/print.go", "src/fmt/print_test.go", "src/fmt/testdata/x", "test/y.go"):
        (tmp_path / "go" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "go" / file).write_text(file)
    root = tmp_path / "go"
    return Go(program=root / "bin/go", version="go1.26.8", root=root, modules=Path("/m"), builds=Path("/b"))


def _entries(image, toolbox, go):
    written = io.BytesIO()
    context(image, toolbox=toolbox, go=go)(written)
    written.seek(0)
    with tarfile.open(fileobj=written) as tar:
        return {member.name: member for member in tar.getmembers() if member.isfile()}


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("istio/proxyv2", "localhost:5917/istio/proxyv2:1.31.0-lab"),
        ("base", "localhost:5917/base:bookworm"),
        ("builder", "localhost:5917/builder:lab"),
    ],
)
def test_a_reference_is_known_before_the_image_is_built(go, name, reference):
    """Hub and tag are the same for all of Istio's images, as its charts want them."""
    assert Images(toolbox=Toolbox(go=go), go=go).reference(name) == reference


@pytest.mark.parametrize("image", ADDON_IMAGES, ids=lambda image: image.name)
def test_an_addons_tag_changes_when_the_image_would(go, image):
    """A cell that runs on would start its pods with what it pulled under the same tag."""
    newer = dataclasses.replace(go, version="go1.27.3")
    before, after = (Images(toolbox=Toolbox(go=each), go=each).reference(image.name) for each in (go, newer))
    assert before.startswith(f"localhost:5917/{image.name}:")
    assert before != after


def test_an_unknown_image_is_refused_with_the_list(go):
    """A wrong name is found at once."""
    with pytest.raises(LabError, match=r"no image 'istio/proxy'.*istio/proxyv2"):
        Images(toolbox=Toolbox(go=go), go=go).reference("istio/proxy")


def test_a_new_toolchain_changes_the_images_that_hold_what_it_built(go):
    """The tag stays, so the key has to tell."""
    newer = dataclasses.replace(go, version="go1.27.3")
    before, after = (Images(toolbox=Toolbox(go=each), go=each) for each in (go, newer))
    assert before.key(PILOT) != after.key(PILOT)
    assert before.key(BUILDER) != after.key(BUILDER)
    assert before.base_key() == after.base_key()


def test_keys_differ_between_images(go):
    """Otherwise one image could pass for another."""
    images = Images(toolbox=Toolbox(go=go), go=go)
    everything = (*IMAGES, *ADDON_IMAGES)
    assert len({images.key(image) for image in everything}) == len(everything)


def test_the_context_holds_the_programs_and_nothing_else(go):
    """Same bytes, same layer: neither times nor owners of this machine get in."""
    toolbox = Toolbox(go=go)
    toolbox.path("pilot-agent").parent.mkdir(parents=True)
    toolbox.path("pilot-agent").write_text("agent")
    istio_files(toolbox).mkdir(parents=True)
    (istio_files(toolbox) / "envoy_bootstrap.json").write_text("{}")
    entries = _entries(PROXY, toolbox, go)
    assert set(entries) == {"Dockerfile", "envoy", "pilot-agent", "envoy_bootstrap.json"}
    assert {(entry.mtime, entry.uid, entry.uname) for entry in entries.values()} == {(0, 0, "")}
    assert entries["envoy"].mode == 0o755


def test_the_builder_gets_the_toolchain_without_its_own_tests(go):
    """Which are a third of it."""
    assert set(_entries(BUILDER, Toolbox(go=go), go)) == {"Dockerfile", "go/bin/go", "go/src/fmt/print.go"}


@pytest.mark.parametrize("image", [*IMAGES, *ADDON_IMAGES], ids=lambda image: image.name)
def test_every_file_laid_beside_a_dockerfile_is_copied_by_it(image):
    """And nothing is copied that is not laid there."""
    text = (DOCKERFILES / f"{image.dockerfile}.Dockerfile").read_text()
    copied = {line.split()[1] for line in text.splitlines() if line.startswith("COPY")}
    assert copied == {*image.tools, *image.istio_files, *(["go"] if image.go_toolchain else [])}
    assert ("FROM ${BASE}" in text) == image.on_base
