"""The machine's inotify limit is raised while the lab runs and is as before when it has ended."""

from pathlib import Path

import pytest

from lab.host.limits import ENOUGH, raised, restore


@pytest.fixture(name="limit")
def _limit(tmp_path: Path) -> Path:
    file = tmp_path / "max_user_instances"
    file.write_text("128\n")
    return file


def test_a_low_limit_is_raised_and_put_back(tmp_path: Path, limit: Path) -> None:
    """Raised twice, as by two commands, it still goes back to what it was before the first."""
    assert raised(state=tmp_path, limit=limit)
    assert raised(state=tmp_path, limit=limit)
    assert limit.read_text() == str(ENOUGH)
    restore(state=tmp_path, limit=limit)
    assert limit.read_text().strip() == "128"


def test_a_higher_limit_is_left_alone(tmp_path: Path, limit: Path) -> None:
    """Nothing is noted, so nothing is put back."""
    limit.write_text("8192\n")
    assert raised(state=tmp_path, limit=limit)
    restore(state=tmp_path, limit=limit)
    assert limit.read_text() == "8192\n"


def test_what_somebody_else_has_set_since_stays(tmp_path: Path, limit: Path) -> None:
    """Only our own value is taken back."""
    raised(state=tmp_path, limit=limit)
    limit.write_text("4096\n")
    restore(state=tmp_path, limit=limit)
    assert limit.read_text() == "4096\n"


def test_a_limit_that_can_not_be_raised_is_told(tmp_path: Path) -> None:
    """In a container without the right to; the lab goes on with what there is."""
    with pytest.MonkeyPatch.context() as patched:
        limit = tmp_path / "max_user_instances"
        limit.write_text("128\n")
        patched.setattr(Path, "write_text", _refusing(limit))
        assert not raised(state=tmp_path, limit=limit)
    restore(state=tmp_path, limit=limit)
    assert limit.read_text() == "128\n"


def _refusing(protected: Path) -> object:
    real = Path.write_text

    def write_text(self: Path, data: str) -> int:
        if self == protected:
            raise PermissionError("read-only")
        return real(self, data)

    return write_text
