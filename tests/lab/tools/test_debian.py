"""A program out of a Debian package, which is not installed."""

import io
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.host.commands import Commands
from lab.progress import Progress
from lab.tools.catalogue import PROMETHEUS
from lab.tools.debian import unpack
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox

GO = Go(program=Path("/go/bin/go"), version="go1.26.8", root=Path("/go"), modules=Path("/m"), builds=Path("/b"))


class FakeApt:
    """A mirror with one package, which may be out of reach; what is unpacked is unpacked for real."""

    def __init__(self, tmp_path, *, reachable=True):
        self._real = Commands(logs=tmp_path / "logs")
        self._reachable = reachable
        self.ran = []

    def run(self, *argv, **given):
        self.ran.append(argv)
        if argv[:2] == ("apt-get", "download"):
            if not self._reachable:
                raise LabError("no mirror")
            _package(given["cwd"])
            return ""
        return self._real.run(*argv, **given) if argv[0] == "sh" else ""


def _package(folder):
    """A package is an ar archive: a version, then control, then the files; dpkg-deb makes one."""
    tree = folder.parent / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: prometheus\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@test>\nDescription: none\n"
    )
    for path in ("usr/bin/prometheus", "usr/bin/promtool", "lib/systemd/system/prometheus.service"):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(path)
    Commands(logs=folder.parent / "logs").run(
        "dpkg-deb",
        "--root-owner-group",
        "--build",
        str(tree),
        str(folder / "prometheus_1_all.deb"),
        step="make package",
    )


@pytest.fixture
def toolbox(tmp_path, monkeypatch):
    """Tools in a cache of the test's own."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    return Toolbox(go=GO)


def _unpack(toolbox, commands):
    unpack(PROMETHEUS, toolbox=toolbox, commands=commands, progress=Progress(stream=io.StringIO()))


def test_the_program_alone_is_kept(toolbox, tmp_path):
    """No service file, no other program, no package."""
    _unpack(toolbox, FakeApt(tmp_path))
    assert toolbox.path("prometheus").read_text() == "usr/bin/prometheus"
    kept = [path for path in toolbox.unpacked(PROMETHEUS).rglob("*") if path.is_file()]
    assert kept == [toolbox.path("prometheus")]


def test_nothing_is_installed(toolbox, tmp_path):
    """apt is asked for its lists and for a download."""
    commands = FakeApt(tmp_path)
    _unpack(toolbox, commands)
    assert [argv[1] for argv in commands.ran if argv[0] == "apt-get"] == ["update", "download"]


def test_what_is_there_is_not_downloaded_again(toolbox, tmp_path):
    """The second stack with addons needs no mirror."""
    _unpack(toolbox, FakeApt(tmp_path))
    commands = FakeApt(tmp_path)
    _unpack(toolbox, commands)
    assert commands.ran == []


def test_a_download_that_failed_leaves_nothing_that_looks_whole(toolbox, tmp_path):
    """And the next one heals it."""
    with pytest.raises(LabError, match="no mirror"):
        _unpack(toolbox, FakeApt(tmp_path, reachable=False))
    assert not toolbox.unpacked(PROMETHEUS).exists()
    _unpack(toolbox, FakeApt(tmp_path))
    assert toolbox.path("prometheus").exists()
