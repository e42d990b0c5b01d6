"""Which part of Pulumi is official and which a stand-in."""

import os
import sys
from pathlib import Path

import pytest

from lab.standins.install import Installed, NotInstalledError, install


def _executable(file: Path, content: str = "#!/bin/sh\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    file.chmod(0o755)
    return file


def _install(folder: Path, *, search: str = "", others: list[Path] | None = None) -> Installed:
    cli = _executable(folder / "cli" / "pulumi")
    home = folder / "home"
    return install(
        pulumi_home=home, pulumi=cli, python=Path(sys.executable), official_homes=others or [], search_path=search
    )


def _sources(installed: Installed) -> dict[str, str]:
    return {part.name: part.source for part in installed.parts}


def test_stand_ins_take_the_place_of_what_is_not_there(tmp_path: Path) -> None:
    """Three launchers in the places where the CLI looks, and the CLI beside its language host."""
    installed = _install(tmp_path)
    assert set(_sources(installed).values()) == {"stand-in"}
    assert all(os.access(part.path, os.X_OK) for part in installed.parts)
    assert installed.pulumi.parent == installed.parts[0].path.parent
    assert not installed.pulumi.is_symlink()


def test_installing_again_changes_nothing(tmp_path: Path) -> None:
    """Our own launchers are never taken for official plugins, not even when they are on PATH."""
    first = _install(tmp_path)
    places = [str(part.path.parent) for part in first.parts]
    assert _install(tmp_path, search=os.pathsep.join(places)) == first


@pytest.mark.parametrize(
    ("version", "source"),
    [("4.32.0", "official 4.32.0"), ("4.40.1", "official 4.40.1"), ("4.31.0", "stand-in"), ("5.0.0", "stand-in")],
    ids=["the SDK's", "newer", "older", "another major"],
)
def test_an_official_plugin_is_used_where_its_version_fits(tmp_path: Path, version: str, source: str) -> None:
    """The CLI itself takes a plugin of the same major version that is not older than the SDK."""
    _executable(tmp_path / "other" / "plugins" / f"resource-kubernetes-v{version}" / "pulumi-resource-kubernetes")
    installed = _install(tmp_path, others=[tmp_path / "other"])
    assert _sources(installed)["pulumi-resource-kubernetes"] == source


def test_an_official_plugin_on_path_is_used(tmp_path: Path) -> None:
    """The CLI prefers what PATH has."""
    _executable(tmp_path / "bin" / "pulumi-resource-docker")
    installed = _install(tmp_path, search=str(tmp_path / "bin"))
    assert _sources(installed)["pulumi-resource-docker"] == "official (PATH)"


def test_an_official_language_host_is_copied_with_its_runner(tmp_path: Path) -> None:
    """It starts the program through a script beside it."""
    _executable(tmp_path / "bin" / "pulumi-language-python")
    _executable(tmp_path / "bin" / "pulumi-language-python-exec")
    installed = _install(tmp_path, search=str(tmp_path / "bin"))
    assert _sources(installed)["pulumi-language-python"] == "official"
    assert (tmp_path / "home" / "bin" / "pulumi-language-python-exec").exists()


def test_a_missing_cli_is_said(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(NotInstalledError, match="pulumi is"):
        install(pulumi_home=tmp_path / "home", pulumi=tmp_path / "nothing", python=Path(sys.executable))
    assert not (tmp_path / "home").exists()
