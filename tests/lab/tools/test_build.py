"""A build is there whole or not at all."""

import io
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.progress import Progress
from lab.tools import build as tool_build
from lab.tools.catalogue import ISTIO, VEGETA
from lab.tools.golang import Go, wanted
from lab.tools.toolbox import Toolbox

GO = Go(program=Path("/go/bin/go"), version="go1.26.8", root=Path("/go"), modules=Path("/m"), builds=Path("/b"))


class FakeCommands:
    """A compiler that writes what it is asked to, or dies halfway."""

    def __init__(self, *, dies=False, says=""):
        self.dies = dies
        self.says = says
        self.ran = []

    def run(self, *argv, **given):
        self.ran.append(argv)
        if "-o" in argv:
            (Path(argv[argv.index("-o") + 1]) / "vegeta").write_text("program")
        if self.dies:
            raise LabError("killed")
        return self.says


@pytest.fixture
def toolbox(tmp_path, monkeypatch):
    """Tools in a cache of the test's own."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    return Toolbox(go=GO)


def _build(toolbox, commands):
    out = io.StringIO()
    tool_build.build(VEGETA, toolbox=toolbox, go=GO, environment={}, commands=commands, progress=Progress(stream=out))
    return out.getvalue()


def test_a_build_that_died_is_started_over(toolbox):
    """Killed at any moment, the next run heals, and nobody ever sees half a program."""
    with pytest.raises(LabError, match="killed"):
        _build(toolbox, FakeCommands(dies=True))
    assert not toolbox.built(VEGETA)
    assert not toolbox.path("vegeta").exists()
    _build(toolbox, FakeCommands())
    assert toolbox.path("vegeta").read_text() == "program"


def test_what_is_built_is_not_built_again(toolbox):
    """The second run asks the compiler nothing and prints nothing."""
    _build(toolbox, FakeCommands())
    commands = FakeCommands()
    assert _build(toolbox, commands) == ""
    assert commands.ran == []


def test_flags_are_handed_to_the_compiler():
    """One argument each, whatever blanks are in the linker's."""
    assert ISTIO.arguments[:2] == ("-trimpath", "-tags=vtprotobuf,disable_pgv")
    assert ISTIO.arguments[2].startswith("-ldflags=-s -w -X istio.io/istio/pkg/version.buildVersion=")
    assert ISTIO.arguments[3:] == ("istio.io/istio/pilot/cmd/pilot-discovery", "istio.io/istio/pilot/cmd/pilot-agent")


def test_charts_and_addons_are_copied_writable_and_whole(toolbox, tmp_path):
    """The module cache is read-only; a copy that could not be deleted would break purge."""
    module = tmp_path / "module"
    (module / "manifests/charts/base").mkdir(parents=True)
    (module / "manifests/charts/base/Chart.yaml").write_text("name: base")
    (module / "samples/addons").mkdir(parents=True)
    (module / "samples/addons/jaeger.yaml").write_text("kind: Service")
    (module / "tools/packaging/common").mkdir(parents=True)
    (module / "tools/packaging/common/envoy_bootstrap.json").write_text("{}")
    (module / "manifests/charts/base/Chart.yaml").chmod(0o444)
    (module / "manifests/charts/base").chmod(0o555)
    (module / "samples/addons").chmod(0o555)
    commands = FakeCommands(says=f'{{"Dir": "{module}"}}')
    tool_build.copy_istio_files(
        toolbox=toolbox, go=GO, environment={}, commands=commands, progress=Progress(stream=io.StringIO())
    )
    copy = tool_build.istio_files(toolbox)
    assert (copy / "charts/base/Chart.yaml").read_text() == "name: base"
    assert (copy / "charts/base").stat().st_mode & 0o200
    assert (copy / "addons/jaeger.yaml").read_text() == "kind: Service"
    assert (copy / "addons").stat().st_mode & 0o200
    assert (copy / "envoy_bootstrap.json").exists()


@pytest.mark.parametrize(
    ("memory", "limit"),
    [pytest.param(16 * 1024**3, 3 * 1024**3, id="much"), pytest.param(1024**3, 512 * 1024**2, id="little")],
)
def test_compilers_share_the_memory_there_is(toolbox, monkeypatch, memory, limit):
    """Three quarters of what is free, over two builds with a compiler on each core; never too little to work with."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    environment = GO.environment(memory=memory, parallel=2)
    assert environment["GOMEMLIMIT"] == f"{limit}B"
    assert environment["GOTOOLCHAIN"] == "local"


def test_the_go_that_is_needed_is_the_newest_that_a_module_asks_for():
    """A machine with an older one gets its own copy of a newer."""
    assert wanted() >= (1, 26, 8)
