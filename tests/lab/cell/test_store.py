"""Images kept for later cells."""

import pytest

from lab.cell.store import WRITTEN_IN_PLACE, Store

REFERENCE = "localhost:5917/istio/pilot:1.0"


def push(registry, digest, name="istio/pilot", tag="1.0"):
    link = registry / "docker/registry/v2/repositories" / name / "_manifests/tags" / tag / "current/link"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.write_text(digest)


@pytest.fixture
def store(tmp_path):
    """A store, filled, of one image that the registry has."""
    push(tmp_path / "registry", "sha256:aa")
    kept = Store(folder=tmp_path / "stores", registry=tmp_path / "registry", references=(REFERENCE,))
    for name in (*WRITTEN_IN_PLACE, "layer/file"):
        (kept.path / name).parent.mkdir(parents=True, exist_ok=True)
        (kept.path / name).write_text("kept")
    return kept


def test_a_fresh_cell_shares_layers_and_owns_databases(store, tmp_path):
    """Layers are links to the kept ones; what containerd writes in place is the cell's own copy."""
    target = tmp_path / "containerd"
    target.mkdir()
    assert store.use(target)
    assert (target / "layer/file").samefile(store.path / "layer/file")
    (target / WRITTEN_IN_PLACE[0]).write_text("changed by a cell")
    assert (store.path / WRITTEN_IN_PLACE[0]).read_text() == "kept"


def test_an_image_pushed_anew_makes_the_store_stale(store, tmp_path):
    """The same tag with another digest is another store, so that no cell runs the old image."""
    push(tmp_path / "registry", "sha256:bb")
    assert not store.use(tmp_path / "containerd")


def test_without_all_images_in_the_registry_there_is_no_store(store, tmp_path):
    """A reference that the registry does not have yet cannot be kept."""
    more = Store(folder=store.folder, registry=store.registry, references=(REFERENCE, "localhost:5917/base:x"))
    assert not more.complete()
    assert not more.use(tmp_path / "containerd")
