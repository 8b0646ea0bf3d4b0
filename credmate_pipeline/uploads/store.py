"""The interface to where bytes live. The local folder and S3 are its two real implementations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Upload:
    """One stored file as its store lists it. `version` changes whenever the bytes may have changed."""

    uri: str
    """Where the bytes are: `file:///…` or `s3://bucket/key`."""
    key: str
    """`documents/<provider or organization id>/<name>`."""
    version: str
    """Opaque: the ETag or version id in S3; size, modification instant and inode in a folder."""
    byte_count: int
    stored_at: datetime

    @property
    def owner(self) -> str:
        """The provider or organization the file was uploaded for: the folder below `documents/`."""
        parts = self.key.split("/")
        return parts[1] if len(parts) > 2 else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Uploads that may be new since `cursor`, and the cursor to come back with.

    At least once: an upload may be listed again, none is left out for good.
    """

    uploads: tuple[Upload, ...]
    cursor: str
    is_complete: bool
    """False where more was waiting than one listing returns."""


class UploadStore(Protocol):
    """Uploaded files. Every method raises `StorageUnavailable` where the store does not answer and
    `ConfigurationError` where the place itself is missing; `read`, `stat` and `fetch` raise
    `UnreadableDocument(FILE_MISSING)` where the file is gone."""

    def list_new(self, cursor: str | None, *, at_most: int) -> Listing:
        """What may have arrived or changed since `cursor` (None: from the beginning), `at_most` of it."""
        ...

    def list_all(self) -> Iterable[Upload]:
        """Everything there is, for reconciliation; takes as long as the store is large."""
        ...

    def uri_of(self, key: str) -> str:
        """Where the upload of that key would lie, whether or not it is there."""
        ...

    def stat(self, uri: str) -> Upload: ...

    def read(self, uri: str, *, version: str | None = None) -> bytes: ...

    def fetch(self, uri: str, to: Path, *, version: str | None = None) -> None:
        """Copies the bytes to the file `to`, whole or not at all.

        With `version`, bytes that have been overwritten since count as gone: they are another document's.
        """
        ...

    def put(self, key: str, content: bytes) -> Upload:
        """Stores `content` at `key`, or, where that name is taken, at `<name> (2)` and so on.

        Nothing is ever overwritten, so that each of two documents of one name keeps its bytes.
        """
        ...

    def remove(self, uri: str, *, version: str) -> None:
        """Removes those bytes for good; whatever else lies there by now stays. Nothing there is no error."""
        ...


class ArtifactStore(Protocol):
    """Results beside the uploads, by key: `<document id>/<content hash>/<name>`.

    `read` raises `PermanentError` where there is nothing at the key; a key can be written again. Every method
    raises `StorageUnavailable` where the store does not answer and `ConfigurationError` where the place is missing.
    """

    def put(self, key: str, content: bytes) -> str:
        """Stores `content` and returns its URI."""
        ...

    def read(self, key: str) -> bytes: ...

    def exists(self, key: str) -> bool: ...

    def remove_all(self, folder: str) -> None:
        """Removes for good whatever lies below the key `folder`; nothing there is no error."""
        ...

    def keys_between(self, after: str, last: str) -> Iterable[str]:
        """Keys whose first part comes after `after` and not after `last`, in no particular order."""
        ...
