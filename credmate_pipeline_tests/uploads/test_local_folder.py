"""What is particular to uploads in a folder: files come about, move and change by anybody's hand."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from credmate_pipeline.errors import ConfigurationError, ReasonCode, StorageUnavailable, UnreadableDocument
from credmate_pipeline.uploads import folder_walk
from credmate_pipeline.uploads.folder_cursor import FolderCursor
from credmate_pipeline.uploads.local_folder import LocalUploads

SETTLE = 5.0
NOBODY = 65534


class Folder:
    """A store and whoever looks at it tick by tick."""

    def __init__(self, root: Path) -> None:
        self.ahead = timedelta()
        self.store = LocalUploads(root, settle_seconds=SETTLE, clock=lambda: datetime.now(UTC) + self.ahead)
        self.store.prepare()
        self.documents = root / "documents"
        self.cursor: str | None = None

    def write(self, path: str, content: bytes = b"x") -> Path:
        file = self.documents / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def tick(self, *, later: float = 0.0, at_most: int = 100) -> list[str]:
        """What one listing names, so many seconds from now: change times cannot be set back, so the clock goes on."""
        self.ahead = timedelta(seconds=later)
        listing = self.store.list_new(self.cursor, at_most=at_most)
        self.cursor, self.ahead = listing.cursor, timedelta()
        return [upload.key.removeprefix("documents/") for upload in listing.uploads]

    def settled_tick(self) -> list[str]:
        """What is listed once everything written so far has rested."""
        return self.tick(later=SETTLE + 1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "root")


def test_a_file_is_listed_only_after_it_has_rested(folder: Folder) -> None:
    folder.write("a/x.pdf")
    assert folder.tick() == []
    assert folder.settled_tick() == ["a/x.pdf"]


def test_a_file_written_slowly_is_listed_when_it_is_whole(folder: Folder) -> None:
    file = folder.write("a/x.pdf", b"")
    for _ in range(3):
        with file.open("ab") as growing:
            growing.write(b"more")
        assert folder.tick() == []
    assert folder.settled_tick() == ["a/x.pdf"]


@pytest.mark.parametrize("name", ["x.pdf.part", "x.tmp", ".x.pdf", "~x.pdf", "X.PART"])
def test_a_file_with_an_unfinished_name_waits_for_its_real_one(folder: Folder, name: str) -> None:
    file = folder.write(f"a/{name}")
    assert folder.settled_tick() == []
    file.rename(file.with_name("real.pdf"))
    assert folder.settled_tick() == ["a/real.pdf"]


def test_a_file_moved_in_with_an_old_date_is_found(folder: Folder, tmp_path: Path) -> None:
    folder.write("a/x.pdf")
    folder.settled_tick()
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    os.utime(old, (1, 1))
    old.rename(folder.documents / "a" / "old.pdf")
    assert "a/old.pdf" in folder.settled_tick()


def test_a_whole_folder_moved_in_is_found_with_its_old_files(folder: Folder, tmp_path: Path) -> None:
    staged = Folder(tmp_path / "staging")
    staged.write("owner/old.pdf")
    folder.settled_tick()
    os.rename(staged.documents / "owner", folder.documents / "owner")  # noqa: PTH104
    assert folder.settled_tick() == ["owner/old.pdf"]


def test_a_folder_that_got_another_name_is_another_owners(folder: Folder) -> None:
    folder.write("a/x.pdf")
    folder.settled_tick()
    (folder.documents / "a").rename(folder.documents / "b")
    assert folder.settled_tick() == ["b/x.pdf"]


def test_a_file_overwritten_in_place_is_listed_as_another_version(folder: Folder) -> None:
    file = folder.write("a/x.pdf", b"one")
    folder.settled_tick()
    [before] = folder.store.list_all()
    file.write_bytes(b"other")
    assert folder.settled_tick() == ["a/x.pdf"]
    [after] = folder.store.list_all()
    assert before.version != after.version
    with pytest.raises(UnreadableDocument, match="replaced"):
        folder.store.read(before.uri, version=before.version)


def test_a_file_overwritten_long_after_is_found_by_the_round(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_walk, "WATCH", 100_000_000)
    file = folder.write("a/x.pdf", b"one")
    for number in range(20):
        folder.write(f"other-{number}/y.pdf")
    folder.settled_tick()
    time.sleep(0.15)
    file.write_bytes(b"other")
    memory = FolderCursor.from_text(folder.cursor)
    memory.watched.clear()
    memory.since = time.time_ns() + 1
    folder.cursor = memory.to_text()
    assert folder.settled_tick() == []
    assert "a/x.pdf" in folder.settled_tick()


def test_files_of_quiet_folders_are_not_looked_at_again(folder: Folder) -> None:
    for number in range(30):
        folder.write(f"{number}/x.pdf")
    assert len(folder.settled_tick()) == 30
    folder.tick(later=100)
    folder.tick(later=200)
    assert folder.tick(later=300) == []
    assert FolderCursor.from_text(folder.cursor).watched == {}


def test_files_below_an_owners_folder_are_found_too(folder: Folder) -> None:
    folder.write("a/x.pdf")
    folder.settled_tick()
    folder.write("a/2024/deep/y.pdf")
    assert "a/2024/deep/y.pdf" in folder.settled_tick()
    folder.write("a/2024/deep/z.pdf")
    assert "a/2024/deep/z.pdf" in folder.settled_tick()


def test_links_pipes_and_sockets_are_not_followed(folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(b"secret")
    folder.write("a/x.pdf")
    (folder.documents / "a" / "link.pdf").symlink_to(outside / "secret.pdf")
    (folder.documents / "b").symlink_to(outside)
    os.mkfifo(folder.documents / "a" / "pipe.pdf")
    assert folder.settled_tick() == ["a/x.pdf"]
    assert [upload.key for upload in folder.store.list_all()] == ["documents/a/x.pdf"]
    linked = folder.store.stat(next(iter(folder.store.list_all())).uri).uri.replace("a/x.pdf", "b/secret.pdf")
    with pytest.raises(ConfigurationError, match="symbolic link"):
        folder.store.read(linked)
    with pytest.raises(ConfigurationError, match="symbolic link"):
        folder.store.put("documents/b/new.pdf", b"x")


def test_a_missing_folder_is_a_wrong_setting_and_not_an_empty_one(tmp_path: Path) -> None:
    store = LocalUploads(tmp_path / "nowhere", settle_seconds=0)
    for use in (lambda: store.list_new(None, at_most=1), lambda: list(store.list_all())):
        with pytest.raises(ConfigurationError, match="CREDMATE_UPLOADS_DIR"):
            use()
    with pytest.raises(ConfigurationError, match="CREDMATE_UPLOADS_DIR"):
        store.put("documents/a/x.pdf", b"x")


@contextmanager
def as_an_ordinary_user(owned: Path) -> Iterator[None]:
    """Root may read everything; for a while this process is nobody, who owns `owned` and all below."""
    if os.geteuid() != 0:
        yield
        return
    for path in (owned, *owned.rglob("*")):
        os.chown(path, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_read_is_an_error_and_not_an_empty_one() -> None:
    # Not below the test's own folder: pytest keeps that from other users.
    with TemporaryDirectory() as root:
        folder = Folder(Path(root))
        closed = folder.write("a/x.pdf").parent
        with as_an_ordinary_user(Path(root)):
            assert folder.settled_tick() == ["a/x.pdf"]
            folder.write("a/y.pdf")
            closed.chmod(0)
            with pytest.raises(StorageUnavailable, match="permissions"):
                folder.settled_tick()
            closed.chmod(0o700)
            assert "a/y.pdf" in folder.settled_tick()


def test_a_name_of_two_lines_survives_the_way_there_and_back(folder: Folder, tmp_path: Path) -> None:
    put = folder.store.put("documents/a/line\nbreak.pdf", b"bytes")
    assert folder.settled_tick() == ["a/line\nbreak.pdf"]
    folder.store.fetch(put.uri, tmp_path / "copy", version=put.version)
    assert (tmp_path / "copy").read_bytes() == b"bytes"


def test_a_folder_that_cannot_be_used_is_an_error_and_not_an_empty_one(folder: Folder) -> None:
    with pytest.raises(StorageUnavailable, match="File name too long"):
        folder.store.put(f"documents/a/{'x' * 300}.pdf", b"x")


def test_a_name_that_is_not_text_is_listed_and_read(folder: Folder) -> None:
    (folder.documents / "a").mkdir()
    Path(os.fsdecode(bytes(folder.documents) + b"/a/\xff.pdf")).write_bytes(b"x")
    [upload] = folder.store.list_all()
    assert upload.key == "documents/a/\ufffd.pdf"
    assert folder.store.read(upload.uri) == b"x"


def test_a_file_that_vanished_is_missing(folder: Folder) -> None:
    file = folder.write("a/x.pdf")
    [upload] = folder.store.list_all()
    file.unlink()
    with pytest.raises(UnreadableDocument) as raised:
        folder.store.read(upload.uri)
    assert raised.value.reason is ReasonCode.FILE_MISSING


def test_nothing_half_written_is_left_of_a_put(folder: Folder) -> None:
    folder.store.put("documents/a/x.pdf", b"x" * 100_000)
    assert [path.name for path in (folder.documents / "a").iterdir()] == ["x.pdf"]


def test_a_socket_is_no_document(folder: Folder) -> None:
    (folder.documents / "a").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder.documents / "a")  # Socket paths are short.
        try:
            listening.bind("s.pdf")
        finally:
            os.chdir(here)
        assert folder.settled_tick() == []
