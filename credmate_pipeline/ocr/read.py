"""From a file to a reading: each page by its text layer, by OCR, or by both."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from credmate_pipeline.documents.document import Arrival, Limits
from credmate_pipeline.documents.opening import OpenDocument, open_document
from credmate_pipeline.documents.page import PageImage, PageUnreadable, SourcePage
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.ocr.consensus import checked
from credmate_pipeline.ocr.engine import OcrEngine
from credmate_pipeline.ocr.ink import is_blank, unread_letters
from credmate_pipeline.ocr.lines import in_lines
from credmate_pipeline.ocr.look import Way, look, look_again, look_beside
from credmate_pipeline.ocr.reading import IDENTITY, Box, Frame, Line, Page, PageNote, Reading, Source, Word
from credmate_pipeline.ocr.text_layer import Layer, visible_layer
from credmate_pipeline.ocr.tick_boxes import ticks_beside

_PREVIEW_DPI = 100.0
_FEW_WORDS = 12
_MANY_LETTERS, _SOME_LETTERS = 25, 5
"""Letter shapes without a word from which the page is looked at, and the same where the layer has few words."""
_MOSTLY_PICTURE = 4.0
"""Letter shapes without a word for each letter with one, from which the page is taken for a scan."""

BLANK = "Every page is blank; upload the side of the paper that is written on."
NO_TEXT = "No text could be made out on any page; upload a sharper, larger scan or photograph of the document."
NO_PAGE_DRAWN = "No page of the file could be drawn; upload it again, or scan the paper anew."


def read_pages(path: Path, arrival: Arrival, *, engine: OcrEngine, limits: Limits) -> Reading:
    """Every page of the file, in order; a page that could not be read says so in its notes.

    Raises `UnreadableDocument` where no page has a word: all blank, damaged, or without legible text. Raises
    `EngineFailure` where OCR breaks.
    """
    with open_document(path, arrival.media_type, limits) as document:
        pages = tuple(_page(document, number, engine) for number in range(1, document.page_count + 1))
    if not any(page.words for page in pages):
        raise _nothing_read(pages)
    return Reading(pages, engine.name)


def read_again(
    path: Path,
    arrival: Arrival,
    first: Reading,
    numbers: Collection[int],
    *,
    engines: Sequence[OcrEngine],
    limits: Limits,
) -> Iterator[tuple[Reading, ...]]:
    """Looks at the pages `numbers`, which were read by OCR, in other ways, one after the other.

    After each look come all readings so far, the first look's and those of the others: each keeps the words and boxes
    of its own look, with confidences informed by all. The engines but the first look last. Raises `EngineFailure`
    where OCR breaks.
    """
    looks = [[page for page in first.pages if page.number in numbers]]
    with open_document(path, arrival.media_type, limits) as document:
        for way, engine in _ways(engines):
            looks.append([_again(document.page(page.number), page, way, engine) for page in looks[0]])
            yield tuple(_checked(first, look, [other for other in looks if other is not look]) for look in looks)


def _ways(engines: Sequence[OcrEngine]) -> Iterator[tuple[Way, OcrEngine]]:
    own, *others = engines
    yield from ((way, own) for way in (Way.LARGER, Way.SHARPENED))
    yield from ((Way.AS_PREPARED, other) for other in others)


def _again(source: SourcePage, first: Page, way: Way, engine: OcrEngine) -> Page:
    picture = source.picture()
    seen = look_again(picture, engine, way, quarters=_quarters(first.frame), may_be_photo=source.is_photo_possible)
    notes = tuple(dict.fromkeys((*first.notes, *seen.notes)))
    return Page(first.number, in_lines(seen.words), engine.source, *seen.points, frame=seen.frame, notes=notes)


def _checked(first: Reading, look: Sequence[Page], others: Sequence[Sequence[Page]]) -> Reading:
    """The reading with the pages of one look in it, checked by the others."""
    pages = {page.number: checked(page, [other[at] for other in others]) for at, page in enumerate(look)}
    return replace(first, pages=tuple(pages.get(page.number, page) for page in first.pages))


def _quarters(frame: Frame) -> int:
    """Clockwise quarter turns from the page as uploaded to the page as read."""
    across, down = frame[0], frame[3]
    if abs(across) >= abs(down):
        return 0 if across > 0 else 2
    return 1 if down < 0 else 3


def _nothing_read(pages: Sequence[Page]) -> UnreadableDocument:
    """Why a document without a single word is unreadable."""
    if any(PageNote.UNREAD in page.notes for page in pages):
        return UnreadableDocument(ReasonCode.DAMAGED, NO_PAGE_DRAWN)
    if all(PageNote.BLANK in page.notes for page in pages):
        return UnreadableDocument(ReasonCode.BLANK, BLANK)
    return UnreadableDocument(ReasonCode.NO_READABLE_FIELDS, NO_TEXT)


def _page(document: OpenDocument, number: int, engine: OcrEngine) -> Page:
    try:
        source = document.page(number)
        preview = source.preview(_PREVIEW_DPI)
        painted = source.painted()
        layer = visible_layer(painted, preview) if painted is not None else None
        page = _read(source, preview, layer, engine)
    except PageUnreadable:
        return Page(number, (), engine.source, 1.0, 1.0, notes=(PageNote.UNREAD,))
    if PageNote.BLANK in page.notes and document.complaints():
        # Nothing drawn because its content is broken is not the same as nothing there.
        return replace(page, notes=(*(note for note in page.notes if note is not PageNote.BLANK), PageNote.UNREAD))
    return page


def _read(source: SourcePage, preview: PageImage, layer: Layer | None, engine: OcrEngine) -> Page:
    notes = _layer_notes(layer)
    if layer is None or not layer.is_usable or not layer.words:
        if is_blank(preview):
            return Page(source.number, (), engine.source, *source.size, notes=(*notes, PageNote.BLANK))
        return _by_ocr(source, notes, engine)
    layer = _with_ticks(layer, preview)
    known = [word for line in (layer.words, *layer.asides) for word in line]
    unread = unread_letters(preview, [word.box.mapped(layer.frame) for word in known])
    if layer.is_complete and unread.letter_count < (_MANY_LETTERS if len(known) >= _FEW_WORDS else _SOME_LETTERS):
        return _by_layer(source, layer, notes)
    letters = sum(len(word.text) for word in known)
    if layer.quarters or unread.letter_count > _MOSTLY_PICTURE * letters:
        return _by_ocr(source, notes, engine)
    return _both(source, layer, unread.place, notes, engine)


def _with_ticks(layer: Layer, preview: PageImage) -> Layer:
    """The layer and the ticked boxes it does not tell of; on a turned page boxes are left to OCR."""
    if layer.frame != IDENTITY:
        return layer
    known = [word.box for line in (layer.words, *layer.asides) for word in line]
    return replace(layer, words=(*layer.words, *ticks_beside(preview, known, Source.TEXT_LAYER)))


def _by_layer(source: SourcePage, layer: Layer, notes: tuple[PageNote, ...]) -> Page:
    width, height = source.size if layer.quarters % 2 == 0 else source.size[::-1]
    turned = (PageNote.TURNED,) if layer.quarters else ()
    return Page(
        source.number,
        (*in_lines(layer.words), *map(Line, layer.asides)),
        Source.TEXT_LAYER,
        width,
        height,
        frame=layer.frame,
        notes=(*notes, *turned),
    )


def _by_ocr(source: SourcePage, notes: tuple[PageNote, ...], engine: OcrEngine) -> Page:
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


def _both(source: SourcePage, layer: Layer, place: Box, notes: tuple[PageNote, ...], engine: OcrEngine) -> Page:
    """The layer's words, and what OCR sees where the layer says nothing. The page is read as it is displayed."""
    known = [word for line in (layer.words, *layer.asides) for word in line]
    seen = look_beside(source.picture(), [word.box for word in known], place, engine)
    added = [word for word in seen if not any(_overlaps(word, other) for other in known)]
    together = [*layer.words, *added]
    usual = Counter(word.source for word in together).most_common(1)[0][0]
    lines = (*in_lines(together), *map(Line, layer.asides))
    return Page(source.number, lines, usual, *source.size, frame=IDENTITY, notes=notes)


def _overlaps(word: Word, known: Word) -> bool:
    x, y = word.box.center
    is_inside = known.box.x0 <= x <= known.box.x1 and known.box.y0 <= y <= known.box.y1
    kx, ky = known.box.center
    return is_inside or (word.box.x0 <= kx <= word.box.x1 and word.box.y0 <= ky <= word.box.y1)


def _layer_notes(layer: Layer | None) -> tuple[PageNote, ...]:
    if layer is None:
        return ()
    notes = {
        PageNote.HIDDEN_TEXT_IGNORED: layer.hidden_count > 0,
        PageNote.TEXT_LAYER_UNUSABLE: not layer.is_usable,
        PageNote.FORM_VALUES_READ: layer.has_form_values and layer.is_usable,
    }
    return tuple(note for note, holds in notes.items() if holds)
