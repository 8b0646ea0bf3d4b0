"""Looking at a folder of uploads without being led out of it. What is new in it is decided in `folder_walk`.

Folders and files are named by their path below `documents/`, with `/`; the top is `""`. Symbolic links, devices and
names of unfinished files are left out. Whatever cannot be read raises; only what vanished meanwhile reads as None.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from credmate_pipeline.errors import ConfigurationError, StorageUnavailable
from credmate_pipeline.uploads.keys import UPLOADS_PREFIX, is_unfinished
from credmate_pipeline.uploads.store import Upload

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Entries:
    """What one folder holds: paths of its finished files and of its folders, each in order."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


class FolderTree:
    """The folder `<root>/documents`."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.documents = self.root / UPLOADS_PREFIX.rstrip("/")

    def check_present(self) -> None:
        """Raises `ConfigurationError` where the folder is missing: an unmounted disk is not an empty one."""
        if not self.documents.is_dir():
            raise ConfigurationError(
                f"The uploads folder {self.documents} does not exist; create or mount it, "
                f"or set CREDMATE_UPLOADS_DIR (now {self.root}) to the folder that holds 'documents'."
            )

    def entries(self, folder: str) -> Entries:
        """The files and folders right below `folder`; none where it has vanished."""
        files, folders = [], []
        try:
            with os.scandir(self.documents / folder) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith("."):
                            folders.append(_joined(folder, entry.name))
                    elif entry.is_file(follow_symlinks=False) and not is_unfinished(entry.name):
                        files.append(_joined(folder, entry.name))
        except (FileNotFoundError, NotADirectoryError):
            return Entries((), ())
        return Entries(tuple(sorted(files)), tuple(sorted(folders)))

    def file_status(self, path: str) -> os.stat_result | None:
        status = self._status(path)
        return status if status is not None and stat.S_ISREG(status.st_mode) else None

    def folder_status(self, path: str) -> os.stat_result | None:
        status = self._status(path)
        return status if status is not None and stat.S_ISDIR(status.st_mode) else None

    def upload(self, path: str, status: os.stat_result) -> Upload:
        """The file at `path` as the store lists it; stored when its inode last changed."""
        return Upload(
            uri=uri_of(self.documents / path),
            key=UPLOADS_PREFIX + os.fsencode(path).decode(errors="replace"),
            version=version_of(status),
            byte_count=status.st_size,
            stored_at=datetime.fromtimestamp(status.st_ctime_ns / NANOSECONDS, UTC),
        )

    def _status(self, path: str) -> os.stat_result | None:
        try:
            return (self.documents / path).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def uri_of(path: Path) -> str:
    """`file://` and the path's bytes, quoted."""
    return "file://" + quote(os.fsencode(path))


def version_of(status: os.stat_result) -> str:
    """Another text whenever the bytes may have changed: size, modification instant, inode."""
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"


@contextmanager
def storage_errors(root: Path) -> Iterator[None]:
    """Raises what the operating system says of the folder as `StorageUnavailable`."""
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(
            f"The folder {root} could not be used ({error.strerror or type(error).__name__}); "
            "check its permissions and its disk."
        ) from error
