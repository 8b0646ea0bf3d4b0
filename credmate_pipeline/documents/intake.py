"""What is learned of a file before it is read: its kind, hash and page count, or why no reader can help."""

import hashlib
from pathlib import Path

from credmate_pipeline.documents.document import Arrival, Limits, MediaType
from credmate_pipeline.documents.opening import OpenDocument, open_document
from credmate_pipeline.documents.sniff import HEAD_BYTES, sniff
from credmate_pipeline.errors import ReasonCode, StorageUnavailable, UnreadableDocument

_CHUNK_BYTES = 1 << 20


def inspect_file(path: Path, limits: Limits) -> Arrival:
    """The identity of the file at `path`, by its bytes alone.

    A wrong extension does not matter. A file that is two types at once is what its leading bytes say
    (`documents.sniff`). Raises `UnreadableDocument` where no reader can help, and `StorageUnavailable`
    where the file is there but cannot be read.
    """
    byte_count = _checked_size(path, limits)
    sha256, head = _digest(path)
    media_type = sniff(head)
    if not isinstance(media_type, MediaType):
        raise UnreadableDocument(
            ReasonCode.NOT_A_DOCUMENT,
            f"The file is {media_type}; upload the document as PDF, JPEG, PNG, TIFF, HEIC or WebP.",
        )
    with open_document(path, media_type, limits) as document:
        page_count = _checked_pages(document, limits)
    return Arrival(sha256, byte_count, media_type, page_count)


def _checked_size(path: Path, limits: Limits) -> int:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableDocument(ReasonCode.FILE_MISSING, "The file is no longer there; upload it again.") from error
    except OSError as error:
        raise StorageUnavailable("The uploaded file cannot be reached.") from error
    if path.is_dir():
        raise UnreadableDocument(ReasonCode.NOT_A_DOCUMENT, "This is a folder; upload the files in it one by one.")
    if status.st_size == 0:
        raise UnreadableDocument(ReasonCode.EMPTY_FILE, "The file is empty (0 bytes); upload it again.")
    if status.st_size > limits.max_bytes:
        raise UnreadableDocument(
            ReasonCode.TOO_LARGE,
            f"The file has {status.st_size / 1e6:.1f} MB, more than the {limits.max_bytes / 1e6:.0f} MB allowed; "
            "upload a smaller copy, such as a scan at 300 dpi.",
        )
    return status.st_size


def _digest(path: Path) -> tuple[str, bytes]:
    """SHA-256 of the whole file in hexadecimal, and its first bytes."""
    digest = hashlib.sha256()
    head = b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                head = head or chunk[:HEAD_BYTES]
                digest.update(chunk)
    except OSError as error:
        raise StorageUnavailable("The uploaded file cannot be read.") from error
    return digest.hexdigest(), head


def _checked_pages(document: OpenDocument, limits: Limits) -> int:
    count = document.page_count
    if count == 0:
        reason = ReasonCode.DAMAGED if document.is_repaired else ReasonCode.NO_PAGES
        raise UnreadableDocument(reason, "The file has no pages; upload it again, or scan the paper anew.")
    if count > limits.max_pages:
        raise UnreadableDocument(
            ReasonCode.TOO_MANY_PAGES,
            f"The file has {count} pages, more than the {limits.max_pages} allowed; upload it in parts.",
        )
    return count
