import os
from pathlib import Path

import pytest

from linkprobe.publish.folder import File, Folder, PublishError


def test_an_unchanged_file_is_not_rewritten(tmp_path: Path) -> None:
    Folder(tmp_path).put(File("a/b.txt", b"same"))
    os.utime(tmp_path / "a/b.txt", (1, 1))
    again = Folder(tmp_path)

    again.put(File("a/b.txt", b"same"))

    assert (again.written, again.unchanged) == (0, 1)
    assert (tmp_path / "a/b.txt").stat().st_mtime == 1


def test_a_changed_file_is_replaced(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put(File("a.txt", b"old"))

    folder.put(File("a.txt", b"new"))

    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_nothing_outside_the_folder_is_taken_away(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    folder = Folder(tmp_path / "site")
    folder.put(File("a.txt", b""))

    folder.remove("../outside.txt")

    assert outside.exists()
    assert folder.removed == 0


def test_a_place_that_is_no_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(PublishError, match="choose another --out") as raised:
        Folder(tmp_path / "file").put(File("a.txt", b""))

    assert "\n" not in str(raised.value)
