"""From a file to a reading: each page by its text layer, by OCR, or by both."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

from credmate_pipeline.documents.document import Arrival, Limits, MediaType
from credmate_pipeline.documents.opening import OpenDocument, open_document
from credmate_pipeline.documents.page import PageImage, PageUnreadable, SourcePage
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.ocr.consensus import checked
from credmate_pipeline.ocr.engine import OcrEngine, SlantedWord, StoredEngine
from credmate_pipeline.ocr.ink import is_blank, may_have_faint_print, unread_letters
from credmate_pipeline.ocr.lines import in_lines
from credmate_pipeline.ocr.look import Way, look, look_again, look_beside
from credmate_pipeline.ocr.reading import IDENTITY, Box, Frame, Line, Page, PageNote, Reading, Source, Word
from credmate_pipeline.ocr.slanted import upright_page
from credmate_pipeline.ocr.text_layer import Layer, visible_layer
from credmate_pipeline.ocr.tick_boxes import ticks_beside

_PREVIEW_DPI = 100.0
_FEW_WORDS = 12
_MANY_LETTERS, _SOME_LETTERS = 25, 5
"""Letter shapes without a word from which more than the layer is looked at: of a turned page with words enough, and
of every other page."""
_MOSTLY_PICTURE = 4.0
"""Letter shapes without a word for each letter with one, from which the page is taken for a scan."""
_EMBLEM_LETTERS = 80
"""Letter shapes up to which what the layer lacks may be emblems or signatures, and is looked at only in doubt."""

_LEAST_FOR_A_JOB = 2
"""Pages to be seen from which an engine reads the stored file rather than their pictures."""
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)

StoredPages = Mapping[int, tuple[SlantedWord, ...]]


class _How(Enum):
    """How a page is read."""

    BLANK = auto()
    BY_LAYER = auto()
    BY_OCR = auto()
    BY_BOTH = auto()
    BY_LAYER_FIRST = auto()
    """By its layer; what that lacks is little, and looked at where a field is in doubt."""


BLANK = "Every page is blank; upload the side of the paper that is written on."
NO_TEXT = "No text could be made out on any page; upload a sharper, larger scan or photograph of the document."
NO_PAGE_DRAWN = "No page of the file could be drawn; upload it again, or scan the paper anew."


def read_pages(
    path: Path, arrival: Arrival, *, engine: OcrEngine, limits: Limits, stored_at: str | None = None
) -> Reading:
    """Every page of the file, in order; a page that could not be read says so in its notes. `stored_at` is where an
    engine that reads stored files finds the same bytes.

    Raises `UnreadableDocument` where no page has a letter: all blank, damaged, or without legible text. Raises
    `EngineFailure` where OCR breaks.
    """
    with open_document(path, arrival.media_type, limits) as document:
        stored = _stored_pages(document, arrival, engine, stored_at)
        pages = tuple(_page(document, number, engine, stored) for number in range(1, document.page_count + 1))
        if not any(map(_is_legible, pages)):
            pages = tuple(_looked_at_closely(document, page, engine) for page in pages)
    if not any(map(_is_legible, pages)):
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
    """Looks at the pages `numbers` in other ways, one after the other.

    First come small pictures beside a text layer. Of pages read by OCR come, after each look, all readings so far, the
    first look's and those of the others: each keeps the words and boxes of its own look, with confidences informed by
    all. The engines but the first look last. Raises `EngineFailure` where OCR breaks.
    """
    wanted = [page for page in first.pages if page.number in numbers]
    beside = {page.number: page for page in wanted if PageNote.PICTURE_UNREAD in page.notes}
    looks = [[page for page in wanted if page.number not in beside]]
    with open_document(path, arrival.media_type, limits) as document:
        if beside:
            seen = {at: _with_pictures(document.page(at), page, engines[0]) for at, page in beside.items()}
            first = replace(first, pages=tuple(seen.get(page.number, page) for page in first.pages))
            yield (first,)
        if not looks[0]:
            return
        for way, engine in _ways(engines):
            looks.append([_again(document.page(page.number), page, way, engine) for page in looks[0]])
            yield tuple(_checked(first, look, [other for other in looks if other is not look]) for look in looks)


def _ways(engines: Sequence[OcrEngine]) -> Iterator[tuple[Way, OcrEngine]]:
    own, *others = engines
    if not own.reads_turned:
        yield from ((way, own) for way in (Way.LARGER, Way.SHARPENED))
    yield from ((Way.AS_PREPARED, other) for other in others)


def _with_pictures(source: SourcePage, page: Page, engine: OcrEngine) -> Page:
    """The page by its layer and by what OCR sees beside it."""
    preview = source.preview(_PREVIEW_DPI)
    layer = _layer(source, preview)
    if layer is None:
        return page
    return _both(source, layer, _way(preview, layer)[1], (*_layer_notes(layer), PageNote.SECOND_LOOK), engine)


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


def _looked_at_closely(document: OpenDocument, page: Page, engine: OcrEngine) -> Page:
    """A blank page as OCR reads it, if it may have faint print. Only where no page of the document has more: beside
    others it is more often the back of one, through which that one shows."""
    if PageNote.BLANK not in page.notes:
        return page
    source = document.page(page.number)
    if not may_have_faint_print(source.preview(_PREVIEW_DPI)):
        return page
    return _by_ocr(source, tuple(note for note in page.notes if note is not PageNote.BLANK), engine)


def _is_legible(page: Page) -> bool:
    """Whether a letter or digit was read: specks, strokes and boxes are no words."""
    return any(sign.isalnum() for word in page.words for sign in word.text)


def _nothing_read(pages: Sequence[Page]) -> UnreadableDocument:
    """Why a document without a single letter is unreadable."""
    if any(PageNote.UNREAD in page.notes for page in pages):
        return UnreadableDocument(ReasonCode.DAMAGED, NO_PAGE_DRAWN)
    if all(PageNote.BLANK in page.notes for page in pages):
        return UnreadableDocument(ReasonCode.BLANK, BLANK)
    return UnreadableDocument(ReasonCode.NO_READABLE_FIELDS, NO_TEXT)


def _stored_pages(
    document: OpenDocument, arrival: Arrival, engine: OcrEngine, stored_at: str | None
) -> StoredPages | None:
    """What the engine reads of the stored PDF by itself; None where its pages are better sent one by one.

    A job reads, and is paid for, all pages: it is worth it where most of them need it.
    """
    if stored_at is None or arrival.media_type is not MediaType.PDF or not isinstance(engine, StoredEngine):
        return None
    wanted = sum(_is_seen_only(document, number) for number in range(1, document.page_count + 1))
    if wanted < _LEAST_FOR_A_JOB or wanted * 2 < document.page_count:
        return None
    return engine.stored_pages(stored_at)


def _is_seen_only(document: OpenDocument, number: int) -> bool:
    """Whether the page has ink, and no text to be believed."""
    try:
        source = document.page(number)
        preview = source.preview(_PREVIEW_DPI)
        return _way(preview, _layer(source, preview))[0] is _How.BY_OCR
    except PageUnreadable:
        return False


def _page(document: OpenDocument, number: int, engine: OcrEngine, stored: StoredPages | None) -> Page:
    try:
        source = document.page(number)
        preview = source.preview(_PREVIEW_DPI)
        page = _read(source, preview, _layer(source, preview), engine, stored)
    except PageUnreadable:
        return Page(number, (), engine.source, 1.0, 1.0, notes=(PageNote.UNREAD,))
    if PageNote.BLANK in page.notes and document.complaints():
        # Nothing drawn because its content is broken is not the same as nothing there.
        return replace(page, notes=(*(note for note in page.notes if note is not PageNote.BLANK), PageNote.UNREAD))
    return page


def _layer(source: SourcePage, preview: PageImage) -> Layer | None:
    """The page's own text, with the boxes it does not tell of; None where it has none."""
    painted = source.painted()
    layer = visible_layer(painted, preview) if painted is not None else None
    return _with_ticks(layer, preview) if layer is not None and layer.is_usable and layer.words else layer


def _way(preview: PageImage, layer: Layer | None) -> tuple[_How, Box]:
    """How a page is to be read, and where it has ink that its text layer says nothing of."""
    if layer is None or not layer.is_usable or not layer.words:
        return (_How.BLANK if is_blank(preview) else _How.BY_OCR), _WHOLE
    known = [word for line in (layer.words, *layer.asides) for word in line]
    unread = unread_letters(preview, [word.box.mapped(layer.frame) for word in known])
    enough = _MANY_LETTERS if layer.quarters and len(known) >= _FEW_WORDS else _SOME_LETTERS
    if layer.is_complete and unread.letter_count < enough:
        return _How.BY_LAYER, unread.place
    letters = sum(len(word.text) for word in known)
    if layer.quarters or unread.letter_count > _MOSTLY_PICTURE * letters:
        return _How.BY_OCR, unread.place
    if layer.is_complete and unread.letter_count <= min(_EMBLEM_LETTERS, letters):
        return _How.BY_LAYER_FIRST, unread.place
    return _How.BY_BOTH, unread.place


def _read(
    source: SourcePage, preview: PageImage, layer: Layer | None, engine: OcrEngine, stored: StoredPages | None
) -> Page:
    notes = _layer_notes(layer)
    how, place = _way(preview, layer)
    if how is _How.BLANK:
        return Page(source.number, (), engine.source, *source.size, notes=(*notes, PageNote.BLANK))
    if how is _How.BY_OCR or layer is None:
        return _by_ocr(source, notes, engine) if stored is None else _by_job(source, notes, engine, stored)
    if how is _How.BY_LAYER:
        return _by_layer(source, layer, notes)
    if how is _How.BY_LAYER_FIRST:
        return _by_layer(source, layer, (*notes, PageNote.PICTURE_UNREAD))
    return _both(source, layer, place, notes, engine)


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


def _by_job(source: SourcePage, notes: tuple[PageNote, ...], engine: OcrEngine, stored: StoredPages) -> Page:
    """The page as the engine read it in the stored file; one it left out could not be read."""
    if source.number not in stored:
        return Page(source.number, (), engine.source, *source.size, notes=(*notes, PageNote.UNREAD))
    return upright_page(source.number, stored[source.number], engine.source, source.size, notes)


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
