"""From a file to a reading: each page by its text layer, by OCR, or by both."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from credmate_pipeline.documents.document import Arrival, Limits
from credmate_pipeline.documents.opening import OpenDocument, open_document
from credmate_pipeline.documents.page import PageImage, PageUnreadable, SourcePage
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.ocr.engine import OcrEngine
from credmate_pipeline.ocr.ink import has_unread_letters, is_blank
from credmate_pipeline.ocr.lines import in_lines
from credmate_pipeline.ocr.look import look
from credmate_pipeline.ocr.reading import IDENTITY, Page, PageNote, Reading, Source, Word
from credmate_pipeline.ocr.text_layer import Layer, visible_layer

_PREVIEW_DPI = 100.0
_LEAST_LAYER_WORDS = 3

BLANK = "Every page is blank; upload the side of the paper that is written on."
NO_PAGE_DRAWN = "No page of the file could be drawn; upload it again, or scan the paper anew."


def read_pages(path: Path, arrival: Arrival, *, engine: OcrEngine, limits: Limits) -> Reading:
    """Every page of the file, in order; a page that could not be read says so in its notes.

    Raises `UnreadableDocument` where all pages are blank or none can be drawn, `EngineFailure` where OCR breaks.
    """
    with open_document(path, arrival.media_type, limits) as document:
        pages = tuple(_page(document, number, engine) for number in range(1, document.page_count + 1))
    if all(PageNote.UNREAD in page.notes for page in pages):
        raise UnreadableDocument(ReasonCode.DAMAGED, NO_PAGE_DRAWN)
    if all(not page.words and PageNote.UNREAD not in page.notes for page in pages):
        raise UnreadableDocument(ReasonCode.BLANK, BLANK)
    return Reading(pages, engine.name)


def _page(document: OpenDocument, number: int, engine: OcrEngine) -> Page:
    try:
        source = document.page(number)
        preview = source.preview(_PREVIEW_DPI)
        painted = source.painted()
        layer = visible_layer(painted, preview) if painted is not None else None
        return _read(source, preview, layer, engine)
    except PageUnreadable:
        return Page(number, (), engine.source, 1.0, 1.0, notes=(PageNote.UNREAD,))


def _read(source: SourcePage, preview: PageImage, layer: Layer | None, engine: OcrEngine) -> Page:
    notes = _layer_notes(layer)
    words = layer.words if layer is not None and layer.is_usable and len(layer.words) >= _LEAST_LAYER_WORDS else ()
    if not words and is_blank(preview):
        return Page(source.number, (), engine.source, *source.size, notes=(*notes, PageNote.BLANK))
    if words and not has_unread_letters(preview, words):
        return Page(source.number, in_lines(words), Source.TEXT_LAYER, *source.size, notes=notes)
    if words:
        return _both(source, words, notes, engine)
    picture = source.picture()
    seen = look(picture, engine, may_be_photo=source.is_photo_possible)
    scaled = (PageNote.SCALED_DOWN,) if picture.is_scaled_down else ()
    return Page(
        source.number,
        in_lines(seen.words),
        engine.source,
        *seen.points,
        frame=seen.frame,
        notes=(*notes, *scaled, *seen.notes),
    )


def _both(source: SourcePage, words: Sequence[Word], notes: tuple[PageNote, ...], engine: OcrEngine) -> Page:
    """The layer's words, and what OCR sees where the layer says nothing. The page is read as it is displayed."""
    seen = look(source.picture(), engine, may_be_photo=False, as_displayed=True)
    added = [word for word in seen.words if not any(_overlaps(word, known) for known in words)]
    together = [*words, *added]
    usual = Counter(word.source for word in together).most_common(1)[0][0]
    return Page(source.number, in_lines(together), usual, *source.size, frame=IDENTITY, notes=notes)


def _overlaps(word: Word, known: Word) -> bool:
    x, y = word.box.center
    is_inside = known.box.x0 <= x <= known.box.x1 and known.box.y0 <= y <= known.box.y1
    kx, ky = known.box.center
    return is_inside or (word.box.x0 <= kx <= word.box.x1 and word.box.y0 <= ky <= word.box.y1)


def _layer_notes(layer: Layer | None) -> tuple[PageNote, ...]:
    if layer is None:
        return ()
    hidden = (PageNote.HIDDEN_TEXT_IGNORED,) if layer.hidden_count else ()
    return hidden if layer.is_usable else (*hidden, PageNote.TEXT_LAYER_UNUSABLE)
