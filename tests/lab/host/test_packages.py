"""Which Debian packages are asked for."""

import io

import pytest

from lab.errors import LabError
from lab.host.packages import Package, install
from lab.progress import Progress


class FakeCommands:
    """Records what apt would be asked."""

    def __init__(self):
        self.ran = []

    def run(self, *argv, **given):
        self.ran.append((argv, given))
        return ""


THERE = Package(name="dash", programs=("sh",))
MISSING = Package(name="nothing", programs=("sh", "no-such-program-of-ours"))


def test_apt_is_not_asked_when_nothing_is_missing():
    """A second run needs no registry."""
    commands = FakeCommands()
    install([THERE], commands=commands, progress=Progress(stream=io.StringIO()))
    assert commands.ran == []


def test_only_the_missing_are_installed_and_none_is_started():
    """One apt-get install with the missing names, in an environment in which no daemon starts, never cut short."""
    commands = FakeCommands()
    with pytest.raises(LabError, match="no-such-program-of-ours cannot be found"):
        install([THERE, MISSING], commands=commands, progress=Progress(stream=io.StringIO()))
    argv, given = commands.ran[-1]
    assert argv[:2] == ("apt-get", "install")
    assert "--no-install-recommends" in argv
    assert argv[-1] == "nothing"
    assert "dash" not in argv
    assert given["env"]["SYSTEMD_OFFLINE"] == "1"
    assert given["env"]["RUNLEVEL"] == "1"
    assert given["outlive"] is True


def test_programs_in_sbin_are_found(monkeypatch):
    """An ordinary PATH leaves sbin out; iptables is there all the same."""
    monkeypatch.setenv("PATH", "/usr/bin")
    assert not Package(name="ldconfig", programs=("ldconfig",)).missing()
