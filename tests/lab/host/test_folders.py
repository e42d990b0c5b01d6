"""Where the lab keeps its files, and what it will never delete."""

import pytest

from lab import folders
from lab.errors import LabError


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A cache folder of the test's own that does not exist yet."""
    monkeypatch.setenv("MESH_LAB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_cache_is_tagged_so_that_backups_skip_it(own):
    """The first line is the signature of the Cache Directory Tagging Specification."""
    folders.cache()
    assert (own / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_purge_removes_all_of_it(own):
    """Nothing of the cache is left, folders, links and files alike."""
    (folders.cache() / "tools/x").mkdir(parents=True)
    (own / "link").symlink_to(own.parent)
    folders.purge()
    assert not own.exists()
    assert own.parent.exists()


def test_purge_without_a_cache_is_no_error(own):
    """Purging twice is as good as once."""
    folders.purge()
    assert not own.exists()


@pytest.mark.parametrize(
    "tag",
    [
        pytest.param(None, id="no tag"),
        pytest.param("Signature: 8a477f597d28d172789f06886806bc55\n", id="another's tag"),
    ],
)
def test_purge_keeps_a_folder_that_the_lab_did_not_make(own, tag):
    """A mistyped MESH_LAB_CACHE must not cost anyone their files."""
    own.mkdir()
    (own / "thesis.tex").write_text("years of work")
    if tag:
        (own / "CACHEDIR.TAG").write_text(tag)
    with pytest.raises(LabError, match="the lab did not make it"):
        folders.purge()
    assert (own / "thesis.tex").exists()


def test_a_folder_with_other_files_is_not_taken_as_a_cache(own):
    """The lab does not move into somebody's home folder."""
    own.mkdir()
    (own / "thesis.tex").write_text("years of work")
    with pytest.raises(LabError, match="a folder of its own"):
        folders.cache()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("cache", "give an absolute one", id="a relative path"),
        pytest.param("/run/lab", "lies below /run", id="below run"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_by_its_variable(monkeypatch, value, message):
    """The error names the variable to change."""
    monkeypatch.setenv("MESH_LAB_STATE", value)
    with pytest.raises(LabError, match=message) as error:
        folders.state()
    assert "MESH_LAB_STATE" in str(error.value)


def test_without_settings_the_folders_are_those_of_the_xdg_standard(monkeypatch, tmp_path):
    """XDG_CACHE_HOME and XDG_STATE_HOME are honoured."""
    for name in ("MESH_LAB_CACHE", "MESH_LAB_STATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    assert (folders.cache(), folders.state()) == (tmp_path / "c/mesh-lab", tmp_path / "s/mesh-lab")
