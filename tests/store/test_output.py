"""An output file is whole or not there; what stood in its place stays until then."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreq.errors import OutputError
from govreq.store.output import open_output


def test_the_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with open_output(path) as stream:
        stream.write("größer\n")
        assert not path.exists()
    assert path.read_bytes() == "größer\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["records.jsonl"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_after_an_error_the_old_file_stands(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("old")
    with pytest.raises(error), open_output(path) as stream:
        stream.write("new")
        raise error
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["records.jsonl"]


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    with open_output(path) as stream:
        stream.write("new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    link = tmp_path / "link.jsonl"
    link.symlink_to("real.jsonl")
    with open_output(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == "new"


def test_a_device_is_written_in_place() -> None:
    with open_output(Path("/dev/null")) as stream:
        stream.write("gone")
    assert not Path("/dev/null").is_file()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"), open_output(tmp_path):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "records.jsonl"
    with pytest.raises(OutputError, match="cannot be written"), open_output(path):
        pass
