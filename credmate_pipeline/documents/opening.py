"""One way to open any kind of document page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.images import open_image
from credmate_pipeline.documents.page import SourcePage
from credmate_pipeline.documents.pdf import open_pdf


class OpenDocument(Protocol):
    """A file whose pages can be asked for, one at a time."""

    @property
    def page_count(self) -> int: ...

    @property
    def is_repaired(self) -> bool:
        """Whether the file was broken and what could be saved was put together."""
        ...

    def page(self, number: int) -> SourcePage:
        """Page `number`, from 1. Raises `PageUnreadable`."""
        ...

    def complaints(self) -> bool:
        """Whether something on the page asked for last could not be decoded."""
        ...


@contextmanager
def open_document(path: Path, media_type: MediaType, limits: Limits) -> Iterator[OpenDocument]:
    """The file at `path`, which is a `media_type`. Raises `UnreadableDocument`."""
    if media_type is MediaType.PDF:
        with open_pdf(path, limits) as pdf:
            yield pdf
    else:
        with open_image(path, media_type, limits) as image:
            yield image
