"""Looks at a picture with the engine: once where that suffices, turned or prepared otherwise where it does not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import reduce

import cv2
import numpy as np

from credmate_pipeline.documents.page import POINTS_PER_INCH, Gray, PageImage
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.ocr.engine import OcrEngine, SeenWord
from credmate_pipeline.ocr.handwriting import may_be_written, with_doubts
from credmate_pipeline.ocr.ink import without
from credmate_pipeline.ocr.lost_print import LostLine, beside_lost_print, lost_lines
from credmate_pipeline.ocr.prepare import Prepared, has_upright_rows, larger, prepare, sharpened
from credmate_pipeline.ocr.reading import UNBELIEVED, Box, Frame, PageNote, Source, Word
from credmate_pipeline.ocr.seen_words import joined, rejoined, without_guesses
from credmate_pipeline.ocr.tick_boxes import with_ticks

_GOOD = 0.72
"""Mean confidence of a look that needs no other."""
_FEW_WORDS = 5
_LONG_WORD = 4
"""Letters of a word that is wider than tall."""
_LEAST_BESIDE = 0.5
"""The same for what is seen beside a text layer: mostly emblems and seals."""
_SPARSE, _LINE, _WORD = 11, 7, 8
"""Tesseract's modes for scattered text, for a single line and for a single word."""
_LARGER_ALONE = 1.4
"""How much larger a line is read by itself the second time."""
_SLIGHTLY_LARGER = 1.05
"""How much larger than they need be letters may be for a picture not to be made smaller."""
_FRAME = 20
"""Pixels of paper around a line by itself."""


class Way(Enum):
    """How a picture is looked at again."""

    LARGER = auto()
    """Enlarged, its ink spread to full contrast."""
    SHARPENED = auto()
    """Local contrast raised, noise taken off."""
    AS_PREPARED = auto()
    """As in the first look, by an engine that sees differently."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a picture; boxes in the frame in which it was read."""

    words: tuple[Word, ...]
    frame: Frame
    points: tuple[float, float]
    notes: tuple[PageNote, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    prepared: Prepared
    words: tuple[SeenWord, ...]

    @property
    def confidence(self) -> float:
        """Mean over the letters and digits of real words; 0 where there are none."""
        real = [word for word in self.words if sum(map(str.isalnum, word.text)) >= 2]
        letters = sum(len(word.text) for word in real)
        return sum(word.confidence * len(word.text) for word in real) / letters if letters else 0.0

    @property
    def is_upright(self) -> bool:
        """Whether words are wider than tall: Tesseract may read a sideways page, but its lines are then none."""
        long = [word for word in self.words if len(word.text) >= _LONG_WORD]
        lying = sum(word.right - word.left > word.bottom - word.top for word in long)
        return lying * 2 >= len(long)

    @property
    def worth(self) -> float:
        """How much was read and how surely: what two looks at one page are compared by."""
        real = [word for word in self.words if sum(map(str.isalnum, word.text)) >= 2]
        read = sum((word.confidence - 0.4) * len(word.text) for word in real)
        return read if self.is_upright else read / 4

    @property
    def is_good(self) -> bool:
        return self.is_upright and self.confidence >= _GOOD and len(self.words) >= _FEW_WORDS


def look_beside(picture: PageImage, known: Sequence[Box], place: Box, engine: OcrEngine) -> tuple[Word, ...]:
    """The words in `place` of a picture, but for those whose boxes are known. Nothing is turned or straightened."""
    margin = round(picture.dpi / 10)
    left, top = max(0, int(place.x0 * picture.width) - margin), max(0, int(place.y0 * picture.height) - margin)
    right, bottom = int(place.x1 * picture.width) + margin, int(place.y1 * picture.height) + margin
    cut = np.ascontiguousarray(without(picture, known).pixels[top:bottom, left:right])
    seen = engine.words(cut, dpi=picture.dpi, segmentation=_SPARSE)
    moved = [
        _shifted(word, left, top)
        for word in seen
        if word.confidence >= _LEAST_BESIDE and any(map(str.isalnum, word.text))
    ]
    return tuple(_word(word, picture.width, picture.height, engine.source) for word in moved)


def look(picture: PageImage, engine: OcrEngine, *, may_be_photo: bool) -> Seen:
    """The words of a picture."""
    prepared = prepare(picture.pixels, picture.dpi, may_be_photo=may_be_photo)
    best = _righted(_look(prepared, engine)) if engine.reads_turned else _upright(prepared, engine)
    # Shown smaller, regular handwriting is read as surely as print.
    if _scale(prepared, engine) < 1 and may_be_written(best.words, best.prepared.pixels):
        best = _as_it_is(best.prepared, engine)
    return _seen(picture, best, engine.source)


def look_again(picture: PageImage, engine: OcrEngine, way: Way, *, quarters: int, may_be_photo: bool) -> Seen:
    """The words of a picture seen in another way, `quarters` clockwise quarter turns from how it came."""
    prepared = prepare(picture.pixels, picture.dpi, may_be_photo=may_be_photo).turned(quarters)
    noted = replace(prepared, notes=(*prepared.notes, PageNote.SECOND_LOOK))
    if way is Way.LARGER:
        seen = _with_lost_lines(_as_it_is(larger(noted), engine), engine)
    else:
        seen = _look(sharpened(noted) if way is Way.SHARPENED else noted, engine)
    return _seen(picture, seen, engine.source)


def _upright(prepared: Prepared, engine: OcrEngine) -> _Look:
    """The look at the picture turned the way its text stands."""
    first, *others = (0, 2, 1, 3) if has_upright_rows(prepared.pixels) else (1, 3, 0, 2)
    best = _look(prepared.turned(first), engine)
    for quarters in others:
        if best.is_good:
            break
        best = max(best, _look(prepared.turned(quarters), engine), key=lambda seen: seen.worth)
    return best


def _righted(seen: _Look) -> _Look:
    """The look turned upright by the way its words are told to lie."""
    letters: Counter[int] = Counter()
    for word in seen.words:
        letters[word.quarters] += len(word.text)
    usual = letters.most_common(1)[0][0] if letters else 0
    if usual == 0:
        return seen
    back = 4 - usual
    size = seen.prepared.pixels.shape[1], seen.prepared.pixels.shape[0]
    return _Look(seen.prepared.turned(back), tuple(_turned(word, back, *size) for word in seen.words))


def _turned(word: SeenWord, quarters: int, width: int, height: int) -> SeenWord:
    """The word in the picture (of `width` × `height`) turned clockwise by `quarters` × 90°."""
    left, top, right, bottom = {
        1: (height - word.bottom, word.left, height - word.top, word.right),
        2: (width - word.right, height - word.bottom, width - word.left, height - word.top),
        3: (word.top, width - word.right, word.bottom, width - word.left),
    }[quarters]
    return replace(word, left=left, top=top, right=right, bottom=bottom, quarters=(word.quarters + quarters) % 4)


def _look(prepared: Prepared, engine: OcrEngine) -> _Look:
    """What the engine sees where letters are no larger than it needs them."""
    scale = _scale(prepared, engine)
    if scale == 1:
        return _as_it_is(prepared, engine)
    seen = _words(shrunk(prepared.pixels, scale), prepared.dpi * scale, engine)
    return _Look(prepared, tuple(_scaled(word, 1 / scale) for word in seen))


def _as_it_is(prepared: Prepared, engine: OcrEngine) -> _Look:
    """What the engine sees of all the picture's pixels."""
    return _Look(prepared, _words(prepared.pixels, prepared.dpi, engine))


def _scale(prepared: Prepared, engine: OcrEngine) -> float:
    """How large the engine is shown the page; 1 where its letters are hardly larger than needed."""
    x_height, enough = prepared.x_height, engine.enough_x_height
    if x_height is None or enough is None or x_height <= _SLIGHTLY_LARGER * enough:
        return 1.0
    return enough / x_height


def _words(pixels: Gray, dpi: float, engine: OcrEngine) -> tuple[SeenWord, ...]:
    return rejoined(without_guesses(engine.words(pixels, dpi=dpi)))


def _with_lost_lines(seen: _Look, engine: OcrEngine) -> _Look:
    """The look and what the engine reads, each alone, of the lines that it left out of the page or hardly read."""
    pixels, dpi = seen.prepared.pixels, seen.prepared.dpi
    words, believed = list(seen.words), [word for word in seen.words if word.confidence > UNBELIEVED]
    for line in lost_lines(believed, pixels, dpi):
        if alone := _alone(line, pixels, dpi, engine):
            words = [word for word in words if word.confidence > UNBELIEVED or not line.holds(word)] + alone
    return _Look(seen.prepared, tuple(words))


def _alone(line: LostLine, pixels: Gray, dpi: float, engine: OcrEngine) -> list[SeenWord]:
    """The words of a line by itself that the engine reads the same in two ways, as sure as the less sure of them; none
    where it does not."""
    cut = pixels[line.top : line.bottom, line.left : line.right]
    first = _cut_words(cut, _LINE, 1.0, dpi, engine)
    if not first:
        return []
    other = _cut_words(cut, _WORD if line.is_one_word else _LINE, _LARGER_ALONE, dpi, engine)
    if _signs(first) != _signs(other):
        return []
    sure = min(word.confidence for word in (*first, *other))
    words = [reduce(joined, first)] if line.is_one_word else first
    return [replace(_shifted(word, line.left, line.top), confidence=sure) for word in words]


def _signs(words: Sequence[SeenWord]) -> str:
    return "".join(filter(str.isalnum, "".join(word.text for word in words)))


def _cut_words(cut: Gray, segmentation: int, scale: float, dpi: float, engine: OcrEngine) -> list[SeenWord]:
    """The words of a part of a picture that is enlarged and framed with its paper; boxes in pixels of the part."""
    larger_cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    paper = float(np.percentile(cut, 90))
    framed = cv2.copyMakeBorder(larger_cut, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=(paper,))
    return [
        _scaled(_shifted(word, -_FRAME, -_FRAME), 1 / scale)
        for word in engine.words(np.asarray(framed, np.uint8), dpi=dpi * scale, segmentation=segmentation)
        if any(map(str.isalnum, word.text))
    ]


def _shifted(word: SeenWord, x: int, y: int) -> SeenWord:
    """The word, seen in a part of a picture that begins at `x` and `y`, in the whole."""
    return replace(word, left=word.left + x, top=word.top + y, right=word.right + x, bottom=word.bottom + y)


def _scaled(word: SeenWord, by: float) -> SeenWord:
    """The word, seen in a picture, in one `by` times as large."""
    return replace(word, left=word.left * by, top=word.top * by, right=word.right * by, bottom=word.bottom * by)


def _seen(picture: PageImage, best: _Look, source: Source) -> Seen:
    height, width = best.prepared.pixels.shape
    believed, is_written = with_doubts(best.words, best.prepared.pixels)
    believed = beside_lost_print(believed, best.prepared.pixels, best.prepared.dpi)
    ticked = with_ticks(believed, best.prepared.pixels, best.prepared.dpi)
    words = tuple(_word(word, width, height, source) for word in ticked)
    points = (width * POINTS_PER_INCH / best.prepared.dpi, height * POINTS_PER_INCH / best.prepared.dpi)
    notes = (*best.prepared.notes, *((PageNote.HANDWRITING,) if is_written else ()))
    return Seen(words, best.prepared.frame(picture.pixels), points, notes)


def _word(word: SeenWord, width: int, height: int, source: Source) -> Word:
    return Word(word.text, _box(word, width, height), word.confidence, source)


def _box(word: SeenWord, width: int, height: int) -> Box:
    return Box(
        max(0.0, word.left / width),
        max(0.0, word.top / height),
        min(1.0, word.right / width),
        min(1.0, word.bottom / height),
    )
