"""What a lane does with a mutated file: opens it and looks at its first pages, without reading a word."""

from pathlib import Path

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.documents.page import PageUnreadable
from credmate_pipeline.ocr.prepare import prepare

_MOST_PAGES = 3
_DPI = 60.0


def open_all(path: Path) -> int:
    """How many of the first pages could be drawn. Raises UnreadableDocument."""
    limits = Limits()
    arrival = inspect_file(path, limits)
    drawn = 0
    with open_document(path, arrival.media_type, limits) as document:
        for number in range(1, min(document.page_count, _MOST_PAGES) + 1):
            try:
                page = document.page(number)
                page.painted()
                prepare(page.preview(_DPI).pixels, _DPI, may_be_photo=page.is_photo_possible)
            except PageUnreadable:
                continue
            drawn += 1
    return drawn
