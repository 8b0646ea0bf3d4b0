"""Uploads in a folder of this machine: `<root>/documents/<owner>/<name>`.

A file is listed once it has rested for the settle time under a finished name: an uploader writes under another name
(`….part`) and renames, or just writes. A file overwritten in place comes again as another version; the bytes
it had are then gone.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO
from urllib.parse import unquote_to_bytes, urlsplit

from credmate_pipeline.errors import ConfigurationError, ReasonCode, StorageUnavailable, UnreadableDocument
from credmate_pipeline.uploads.folder_cursor import FolderCursor
from credmate_pipeline.uploads.folder_tree import NANOSECONDS, FolderTree, storage_errors, uri_of, version_of
from credmate_pipeline.uploads.folder_walk import FolderWalk
from credmate_pipeline.uploads.keys import checked_upload_key, free_keys
from credmate_pipeline.uploads.store import Listing, Upload


def now_utc() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class LocalUploads:
    """An `UploadStore` over the folder `root`; files count as finished `settle_seconds` after their last change."""

    def __init__(self, root: Path, *, settle_seconds: float, clock: Callable[[], datetime] = now_utc) -> None:
        self._tree = FolderTree(root)
        self._settle = int(settle_seconds * NANOSECONDS)
        self._clock = clock

    def prepare(self) -> None:
        """Makes the folder where it is missing: for a first start, not while running."""
        with storage_errors(self._tree.root):
            self._tree.documents.mkdir(parents=True, exist_ok=True)

    def list_new(self, cursor: str | None, *, at_most: int) -> Listing:
        memory = FolderCursor.from_text(cursor)
        now = int(self._clock().timestamp() * NANOSECONDS)
        walk = FolderWalk(self._tree, memory, now, self._settle, max(1, at_most))
        with storage_errors(self._tree.root):
            self._tree.check_present()
            is_complete = walk.go_on()
        return Listing(tuple(walk.uploads), memory.to_text(), is_complete)

    def list_all(self) -> Iterable[Upload]:
        """Every file of a finished name, folder by folder; also those within the settle time."""
        with storage_errors(self._tree.root):
            self._tree.check_present()
            yield from self._uploads_below("")

    def uri_of(self, key: str) -> str:
        return uri_of(self._tree.root / key)

    def stat(self, uri: str) -> Upload:
        path = self._path_of(uri)
        with storage_errors(self._tree.root):
            self._tree.check_present()
            status = self._tree.file_status(str(path))
        if status is None:
            raise _gone()
        return self._tree.upload(str(path), status)

    def read(self, uri: str, *, version: str | None = None) -> bytes:
        content = BytesIO()
        self._copy(uri, content, version)
        return content.getvalue()

    def fetch(self, uri: str, to: Path, *, version: str | None = None) -> None:
        partial = to.with_name(f".{token_hex(8)}.part")
        try:
            with storage_errors(to.parent), partial.open("wb") as file:
                self._copy(uri, file, version)
            partial.replace(to)
        finally:
            partial.unlink(missing_ok=True)

    def put(self, key: str, content: bytes) -> Upload:
        checked_upload_key(key)
        root = self._tree.root
        with storage_errors(root):
            if not root.is_dir():
                self._tree.check_present()
            folder = (root / key).parent
            folder.mkdir(parents=True, exist_ok=True)
            self._check_inside(folder)
            path = _written_once(folder, content, (root / free_key for free_key in free_keys(key)))
        return self.stat(uri_of(path))

    def remove(self, uri: str, *, version: str) -> None:
        path = self._tree.documents / self._path_of(uri)
        with storage_errors(self._tree.root):
            self._tree.check_present()
            status = self._tree.file_status(str(path))
            if status is not None and version_of(status) == version:
                path.unlink(missing_ok=True)
                sync_folder(path.parent)

    def _uploads_below(self, folder: str) -> Iterator[Upload]:
        entries = self._tree.entries(folder)
        for path in entries.files:
            status = self._tree.file_status(path)
            if status is not None:
                yield self._tree.upload(path, status)
        for below in entries.folders:
            yield from self._uploads_below(below)

    def _copy(self, uri: str, to: BinaryIO, version: str | None) -> None:
        """Copies the file's bytes as they were at one instant."""
        path = self._tree.documents / self._path_of(uri)
        with storage_errors(self._tree.root):
            self._tree.check_present()
            try:
                file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK), "rb")
            except OSError as error:
                # ELOOP: a link has taken the file's place.
                if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
                    raise _gone() from None
                raise
            with file:
                before = version_of(os.fstat(file.fileno()))
                if version is not None and before != version:
                    raise _replaced()
                shutil.copyfileobj(file, to)
                if version_of(os.fstat(file.fileno())) != before:
                    raise StorageUnavailable("The file was written to while it was read; it is read again.")

    def _path_of(self, uri: str) -> Path:
        """The path below `documents/` that `uri` names, having made sure that it is there and nowhere else."""
        parts = urlsplit(uri)
        path = Path(os.fsdecode(unquote_to_bytes(parts.path)))
        documents = self._tree.documents
        if parts.scheme != "file" or ".." in path.parts or not path.is_relative_to(documents) or path == documents:
            raise ConfigurationError(
                f"The upload's URI is not in the uploads folder; CREDMATE_UPLOADS_DIR is now {self._tree.root}."
            )
        with storage_errors(self._tree.root):
            self._check_inside(path.parent)
        return path.relative_to(documents)

    def _check_inside(self, folder: Path) -> None:
        """Raises where a symbolic link leads out of the uploads folder."""
        if not folder.resolve().is_relative_to(self._tree.documents.resolve()):
            raise ConfigurationError("A folder of uploads is a symbolic link to elsewhere; make it a real folder.")


def _written_once(folder: Path, content: bytes, paths: Iterable[Path]) -> Path:
    """Stores `content`, whole, at the first of `paths` (all in `folder`) that is free."""
    partial = folder / f".{token_hex(8)}.part"
    try:
        write_through(partial, content)
        for path in paths:
            try:
                path.hardlink_to(partial)
            except FileExistsError:
                continue
            return path
        raise StorageUnavailable("No free name was found in the uploads folder; give the file another name.")
    finally:
        partial.unlink(missing_ok=True)
        sync_folder(folder)


def write_through(path: Path, content: bytes) -> None:
    """Writes a new file and returns once it is on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Returns once the folder's names are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _gone() -> UnreadableDocument:
    return UnreadableDocument(
        ReasonCode.FILE_MISSING, "The file is no longer in the uploads folder; ask for it to be uploaded again."
    )


def _replaced() -> UnreadableDocument:
    return UnreadableDocument(
        ReasonCode.FILE_MISSING,
        "The file was replaced before it was read; the file now there is a document of its own.",
    )
