"""A document's identity and the kinds of file that can be one. Opening files is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import uuid4

DocumentId = NewType("DocumentId", str)
"""A UUID in its canonical text form; also the partition key."""


def new_document_id() -> DocumentId:
    """A fresh random identity (UUID4)."""
    return DocumentId(str(uuid4()))


class MediaType(StrEnum):
    """The file kinds that can be opened, by their IANA names."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    WEBP = "image/webp"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused or scaled down before anything is decoded."""

    max_bytes: int = 50_000_000
    """Bytes a file; larger ones are `too-large`."""
    max_pages: int = 300
    """Pages a document; more are `too-many-pages`."""
    max_page_pixels: int = 40_000_000
    """Pixels a page after decoding; larger scans are scaled down, not refused."""
    max_source_pixels: int = 400_000_000
    """Pixels an image may declare; beyond, even a scaled-down decoding is refused."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a file before it is read: taken from its bytes, never from its name."""

    sha256: str
    byte_count: int
    media_type: MediaType
    page_count: int
