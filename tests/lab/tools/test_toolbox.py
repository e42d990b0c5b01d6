"""Where tools are, and when one is built again."""

import dataclasses
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.tools.catalogue import EXTRA_FAMILIES, FAMILIES, HELM, ISTIO, ISTIOCTL, KUBERNETES, VEGETA, WHEELS
from lab.tools.golang import Go
from lab.tools.toolbox import SOURCES, Toolbox

GO = Go(program=Path("/go/bin/go"), version="go1.26.8", root=Path("/go"), modules=Path("/m"), builds=Path("/b"))


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def sources(tmp_path):
    """A copy of vegeta's module."""
    folder = tmp_path / "sources/vegeta"
    folder.mkdir(parents=True)
    for name in ("go.mod", "go.sum"):
        (folder / name).write_bytes((SOURCES / "vegeta" / name).read_bytes())
    return tmp_path / "sources"


def test_a_path_is_known_before_anything_is_built(cache):
    """So that a cluster can be laid out while its programs are still being built."""
    path = Toolbox(go=GO).path("kubelet")
    assert path.parent.name == "bin"
    assert path.is_relative_to(cache / "tools")
    assert not path.exists()


@pytest.mark.parametrize("file", ["go.mod", "go.sum", "main.go"])
def test_a_change_of_any_source_is_another_build(sources, file):
    """A new version of one dependency is enough."""
    before = Toolbox(go=GO, sources=sources).folder(VEGETA)
    with (sources / "vegeta" / file).open("a") as opened:
        opened.write("\n")
    assert Toolbox(go=GO, sources=sources).folder(VEGETA) != before


def test_a_change_of_flags_or_of_go_is_another_build():
    """The same sources do not make the same program."""
    before = Toolbox(go=GO).folder(HELM)
    assert Toolbox(go=dataclasses.replace(GO, version="go1.27.3")).folder(HELM) != before
    assert Toolbox(go=GO).folder(dataclasses.replace(HELM, tags=("x",))) != before


def test_nothing_else_changes_the_build(sources):
    """Two machines, two checkouts, the same key."""
    assert Toolbox(go=GO, sources=sources).folder(VEGETA) == Toolbox(go=GO).folder(VEGETA)
    moved = dataclasses.replace(GO, root=Path("/elsewhere"), program=Path("/elsewhere/bin/go"))
    assert Toolbox(go=moved).folder(HELM) == Toolbox(go=GO).folder(HELM)


def test_an_unknown_tool_is_refused_with_the_list_of_those_there_are():
    """A wrong name is found at once."""
    with pytest.raises(LabError, match=r"no tool 'kubectll'\. It has .*kubectl, "):
        Toolbox(go=GO).path("kubectll")


@pytest.mark.parametrize("tool", ["kubectl", "envoy"])
def test_tools_from_wheels_are_real_programs(tool):
    """Not the Python scripts that wrap them."""
    assert Toolbox(go=GO).path(tool).read_bytes()[:4] == b"\x7fELF"


def test_each_tool_belongs_to_one_family():
    """A name decides which build is waited for."""
    tools = [tool for family in (*FAMILIES, *EXTRA_FAMILIES) for tool in family.tools]
    tools += [wheel.tool for wheel in WHEELS]
    assert len(tools) == len(set(tools))


def test_versions_are_those_of_the_modules():
    """What a program says of itself is what go.mod pins."""
    assert "k8s.io/kubernetes v1.35.4" in (SOURCES / "kubernetes/go.mod").read_text()
    assert ("k8s.io/component-base/version.gitVersion", "v1.35.4") in KUBERNETES.variables
    assert ISTIO.folder == ISTIOCTL.folder
