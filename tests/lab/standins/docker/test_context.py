"""The digest of a build context, and what a docker.Image may ask for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lab.standins.docker.context import context_digest, parse_ignore
from lab.standins.docker.image import Image, image_from
from lab.standins.docker.server import lost
from lab.standins.json_values import JsonObject
from lab.standins.refusals import RefusedError


def _context(folder: Path) -> Path:
    (folder / "src").mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / ".dockerignore").write_text("*.md\n.dockerignore\n")
    (folder / "src" / "main.go").write_text("package main\n")
    (folder / "README.md").write_text("words\n")
    return folder


def _digest(folder: Path) -> str:
    return context_digest(folder, folder / "Dockerfile")


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        (lambda folder: (folder / "src" / "main.go").write_text("package other\n"), True),
        (lambda folder: (folder / "src" / "main.go").rename(folder / "src" / "a.go"), True),
        (lambda folder: (folder / "src" / "main.go").chmod(0o755), True),
        (lambda folder: (folder / "Dockerfile").write_text("FROM other\n"), True),
        (lambda folder: (folder / "new").write_text(""), True),
        (lambda folder: (folder / "README.md").write_text("other words\n"), False),
        (lambda folder: os.utime(folder / "src" / "main.go", (1, 1)), False),
    ],
    ids=["bytes", "path", "mode", "Dockerfile", "new file", "ignored file", "time"],
)
def test_the_digest_is_over_path_mode_and_bytes_of_what_is_sent(
    tmp_path: Path, change: Callable[[Path], object], changes: bool
) -> None:
    """A build happens when, and only when, the builder would be given something else."""
    folder = _context(tmp_path)
    before = _digest(folder)
    change(folder)
    assert (_digest(folder) != before) is changes


@pytest.mark.parametrize(
    ("rules", "path", "ignored"),
    [
        ("*.md", "a.md", True),
        ("*.md", "docs/a.md", False),
        ("**/*.md", "docs/deep/a.md", True),
        ("**/*.md", "a.md", True),
        ("docs", "docs/a.txt", True),
        ("docs/*", "docs/deep/a.txt", True),
        ("*.md\n!README.md", "README.md", False),
        ("!README.md\n*.md", "README.md", True),
        ("# *.md", "a.md", False),
        ("/bin", "bin/tool", True),
        ("a?.txt", "ab.txt", True),
    ],
    ids=[
        "star", "star stops at /", "double star", "double star at the root", "folder", "in a folder", "exception",
        "last rule wins", "comment", "leading slash", "question mark",
    ],
)  # fmt: skip
def test_dockerignore_is_read_as_docker_reads_it(rules: str, path: str, ignored: bool) -> None:
    """The last rule that matches the path or a folder above it decides."""
    assert parse_ignore(rules).ignores(path) is ignored


def test_a_dockerfile_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    """The message names the option and the path."""
    with pytest.raises(RefusedError, match=r"build\.dockerfile"):
        context_digest(tmp_path, tmp_path / "Dockerfile")


@pytest.mark.parametrize(
    ("name", "repository"),
    [
        ("localhost:5000/shop/x:1", "localhost:5000/shop/x"),
        ("localhost:5000/shop/x", "localhost:5000/shop/x"),
        ("x:1", "x"),
    ],
    ids=["port and tag", "port", "tag"],
)
def test_the_repository_is_the_name_without_its_tag(name: str, repository: str) -> None:
    """The colon of a port is none of a tag."""
    assert Image(name=name, context=Path(), dockerfile=Path()).repository == repository


@pytest.mark.parametrize(
    ("inputs", "named"),
    [
        ({"imageName": "a", "build": {"secrets": {}}}, r"build\.secrets"),
        ({"imageName": "a", "buildOnPreview": True}, "buildOnPreview"),
        ({"imageName": "a", "build": {"builderVersion": "V9"}}, "V9"),
        ({}, "imageName is missing"),
    ],
    ids=["unknown build option", "build on preview", "unknown builder", "no name"],
)
def test_what_is_wrong_or_not_covered_is_refused_by_name(inputs: JsonObject, named: str) -> None:
    """The refusal names the argument."""
    with pytest.raises(RefusedError, match=named):
        image_from(inputs)


def test_a_password_is_not_in_an_images_text() -> None:
    """It would end in a log otherwise."""
    image = image_from({"imageName": "a", "registry": {"password": "hush"}})
    assert image.password == "hush"
    assert "hush" not in repr(image)


@pytest.mark.parametrize(
    "digest", ["", "example.org/x@sha256:1", "127.0.0.1:1/x@sha256:1"], ids=["none", "far", "silent"]
)
def test_an_image_is_lost_only_when_its_registry_says_so(digest: str) -> None:
    """Other machines' registries are not asked, and silence is no answer."""
    assert lost(digest) is False
