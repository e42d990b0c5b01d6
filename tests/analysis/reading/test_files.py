"""Files and folders are read whole, whatever some of them are."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.analysis.reading import Source, Unread, Unusable, files, read_paths

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n"


def codes(*paths: Path) -> list[tuple[str, str]]:
    found = [each for each in read_paths(map(str, paths)) if isinstance(each, Unread)]
    return [(each.code, Path(each.file or "").name) for each in found]


def count(*paths: Path) -> int:
    return sum(isinstance(each, Source) for each in read_paths(map(str, paths)))


def test_a_folder_is_read_down_to_its_last_file_and_others_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.yaml", "b/c/d.yml", "b/e.json", "b/.git/f.yaml", ".venv/g.yaml", "h.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SERVICE)
    found = [each.file for each in read_paths([str(tmp_path)]) if isinstance(each, Source)]
    assert found == [str(tmp_path / name) for name in ("a.yaml", "b/c/d.yml", "b/e.json")]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "mesh.txt"
    path.write_text(SERVICE)
    assert count(path) == 1


def test_other_yaml_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    (tmp_path / "names.yaml").write_text("- a\n- b\n")
    assert codes(tmp_path) == []


def test_bytes_that_are_not_utf_8_are_named_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: b\nc: \xff\n")
    (tmp_path / "b.yaml").write_text(SERVICE)
    (found,) = [each for each in read_paths([str(tmp_path)]) if isinstance(each, Unread)]
    assert (found.code, found.line) == ("R002", 2)
    assert "0xff" in found.message
    assert count(tmp_path) == 1


def test_a_mark_of_the_byte_order_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + SERVICE.encode())
    assert count(tmp_path) == 1


def test_loops_of_links_are_named_and_end(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    (tmp_path / "folder").symlink_to(".")
    (tmp_path / "file.yaml").symlink_to("file.yaml")
    (tmp_path / "one.yaml").symlink_to("other.yaml")
    (tmp_path / "other.yaml").symlink_to("one.yaml")
    assert codes(tmp_path) == [("R009", "file.yaml"), ("R009", "folder"), ("R009", "one.yaml"), ("R009", "other.yaml")]
    assert count(tmp_path) == 1


def test_a_folder_that_two_links_lead_to_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text(SERVICE)
    (tmp_path / "again").symlink_to("real")
    assert count(tmp_path) == 1
    assert codes(tmp_path) == []


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "a.yaml").write_text(SERVICE)
    assert codes(tmp_path) == [("R010", "a.yaml")]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("nowhere.yaml")
    assert codes(tmp_path) == [("R001", "a.yaml")]


def test_files_and_folders_that_are_excluded_are_not_read(tmp_path: Path) -> None:
    for name in ("a.yaml", "charts/x/templates/b.yaml", "tests/c/d.yaml", "tests.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SERVICE)
    exclude = [str(tmp_path / "charts/*/templates"), str(tmp_path / "tests/*")]
    found = [each.file for each in read_paths([str(tmp_path)], exclude) if isinstance(each, Source)]
    assert found == [str(tmp_path / name) for name in ("a.yaml", "tests.yaml")]


def test_a_path_that_is_not_there_can_not_be_used(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="nowhere' is not there"):
        list(read_paths([str(tmp_path / "nowhere")]))
