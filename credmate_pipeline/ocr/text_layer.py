"""A PDF page's own text, believed only where ink shows it (`ocr.visibility`)."""

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.page import PageImage
from credmate_pipeline.documents.painted import FormField, Painted, Rect
from credmate_pipeline.ocr.glyphs import TICKED, UNTICKED, PrintedWord, printed_strips
from credmate_pipeline.ocr.reading import IDENTITY, Box, Frame, Source, Word
from credmate_pipeline.ocr.visibility import has_ink_between, is_covered, is_shown, replaced

_UNUSABLE_SHARE = 0.1
_WATERMARK_REPEATS = 12
_FAINT = 170
"""Brightness from which print is fainter than what is meant to be read."""
_CONFIDENCE = 0.99
_VOWELS = frozenset("aeiouyAEIOUY")
_ENOUGH_WORDS = 20
"""Words of four and more letters from which the share with vowels says whether letters are letters."""
_LEAST_WITH_VOWELS = 0.5
_FROM_UPRIGHT: dict[int, Frame] = {
    0: IDENTITY,
    1: (0.0, -1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    2: (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
    3: (0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 1.0),
}
"""By the clockwise quarter turns of the writing: from the page turned upright to the page as displayed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The visible words of a page in its upright frame, and what was not believed."""

    words: tuple[Word, ...]
    asides: tuple[tuple[Word, ...], ...]
    """Lines that run in another direction than most: along the edge, or slanted across the page."""
    quarters: int
    """Clockwise quarter turns of most of the writing on the page as displayed."""
    hidden_count: int
    is_usable: bool
    """False where the characters make no sense, as with fonts that do not say what their glyphs mean."""
    is_complete: bool
    """False where the page shows letters which the layer lacks or hides under a picture."""
    has_form_values: bool

    @property
    def frame(self) -> Frame:
        """From the upright frame to the page as displayed."""
        return _FROM_UPRIGHT[self.quarters]


def visible_layer(painted: Painted, picture: PageImage) -> Layer:
    """What the page's text layer says where `picture` (the page as drawn, at low resolution) shows it."""
    strips = list(printed_strips(painted.runs))
    everything = [word for strip in strips for word in strip]
    gone = replaced(everything, painted)
    shown = [word for index, word in enumerate(everything) if index not in gone and is_shown(word, painted, picture)]
    torn = _torn(strips, picture)
    hidden = {id(word) for word in everything if _has_letters(word)} - {id(word) for word in shown}
    kept = _once([word for word in shown if id(word) not in torn and not _in_ticked(word, painted.fields)])
    kept = _without_watermarks(kept)
    quarters = _usual_quarters(kept)
    turn = _FROM_UPRIGHT[-quarters % 4]
    ticks = [_tick_word(field, picture, turn) for field in painted.fields if field.is_checked is not None]
    words = tuple(_as_word(word, picture, turn) for word in kept if word.quarters == quarters)
    return Layer(
        words=(*words, *ticks),
        asides=_asides(strips, kept, quarters, picture, turn),
        quarters=quarters,
        hidden_count=len(hidden),
        is_usable=_is_sane(words),
        is_complete=not torn and not any(id(word) in hidden and _lies_under(word, painted) for word in everything),
        has_form_values=bool(ticks) or any(_is_filled(field, kept) for field in painted.fields),
    )


def _torn(strips: list[tuple[PrintedWord, ...]], picture: PageImage) -> set[int]:
    """Identities of words that stand beside a letter which the layer lost."""
    pairs = [pair for strip in strips for pair in pairwise(strip) if has_ink_between(*pair, picture)]
    return {id(word) for pair in pairs for word in pair}


def _lies_under(word: PrintedWord, painted: Painted) -> bool:
    return word.run.is_painted and is_covered(word, painted)


def _has_letters(word: PrintedWord) -> bool:
    return any(map(str.isalnum, word.text))


def _once(words: list[PrintedWord]) -> list[PrintedWord]:
    """Without words painted twice in one place to look bold."""
    places: dict[str, list[Rect]] = defaultdict(list)
    kept = []
    for word in words:
        near = 0.25 * word.run.size
        if not any(all(abs(a - b) < near for a, b in zip(word.rect, at, strict=True)) for at in places[word.text]):
            kept.append(word)
        places[word.text].append(word.rect)
    return kept


def _without_watermarks(words: list[PrintedWord]) -> list[PrintedWord]:
    """Without words repeated all over the page in a pattern, as a name printed across it hundreds of times."""
    runs: dict[int, list[PrintedWord]] = defaultdict(list)
    for word in words:
        runs[id(word.run)].append(word)
    phrases: dict[str, list[list[PrintedWord]]] = defaultdict(list)
    for run in runs.values():
        phrases[" ".join(word.text for word in run)].append(run)
    tiled = {
        _look_of(word)
        for repeated in phrases.values()
        if len(repeated) >= _WATERMARK_REPEATS and _lies_behind(repeated, words)
        for word in repeated[0]
    }
    # Of a phrase that is cut off or half covered the rest is no print either.
    rest = [word for word in words if _look_of(word) not in tiled]
    counts = Counter(word.text for word in rest)
    limit = max(_WATERMARK_REPEATS, len(rest) // 4)
    return [word for word in rest if len(word.text) < 4 or counts[word.text] < limit]


def _look_of(word: PrintedWord) -> tuple[str, str, float, int | None]:
    return word.text, word.run.font, round(word.run.size, 1), word.run.gray


def _lies_behind(repeated: list[list[PrintedWord]], words: list[PrintedWord]) -> bool:
    """Whether a phrase painted again and again is faint, or crosses other print: a table's cells do neither."""
    if all(run[0].run.gray is not None and run[0].run.gray >= _FAINT for run in repeated):
        return True
    own = {id(word) for run in repeated for word in run}
    others = np.array([word.rect for word in words if id(word) not in own]).reshape(-1, 4)
    crossing = (run for run in repeated if any(_crosses(word.rect, others) for word in run))
    return len(list(islice(crossing, 2))) > 1


def _crosses(rect: Rect, others: NDArray[np.float64]) -> bool:
    """Whether a word shares a third of the smaller one's height and some of its width with one of the others."""
    left, top, right, bottom = others.T
    height = np.minimum(rect[3], bottom) - np.maximum(rect[1], top)
    width = np.minimum(rect[2], right) - np.maximum(rect[0], left)
    return bool(((width > 0) & (height > np.minimum(rect[3] - rect[1], bottom - top) / 3)).any())


def _usual_quarters(words: list[PrintedWord]) -> int:
    letters = Counter[int]()
    for word in words:
        if word.quarters is not None:
            letters[word.quarters] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 0


def _asides(
    strips: list[tuple[PrintedWord, ...]], kept: list[PrintedWord], quarters: int, picture: PageImage, turn: Frame
) -> tuple[tuple[Word, ...], ...]:
    wanted = {id(word) for word in kept if word.quarters != quarters}
    lines = (tuple(_as_word(word, picture, turn) for word in strip if id(word) in wanted) for strip in strips)
    return tuple(line for line in lines if line)


def _as_word(word: PrintedWord, picture: PageImage, turn: Frame) -> Word:
    return Word(word.text, _box(word.rect, picture).mapped(turn), _CONFIDENCE, Source.TEXT_LAYER)


def _box(rect: Rect, picture: PageImage) -> Box:
    width, height = picture.points
    x0, x1 = (min(1.0, max(0.0, x / width)) for x in (rect[0], rect[2]))
    y0, y1 = (min(1.0, max(0.0, y / height)) for y in (rect[1], rect[3]))
    return Box(x0, y0, x1, y1)


def _in_ticked(word: PrintedWord, fields: tuple[FormField, ...]) -> bool:
    """Whether the word is the mark of a check box, which is said as a word of its own."""
    return any(field.is_checked is not None and _center_in(word.rect, field.rect) for field in fields)


def _tick_word(field: FormField, picture: PageImage, turn: Frame) -> Word:
    text = TICKED if field.is_checked else UNTICKED
    return Word(text, _box(field.rect, picture).mapped(turn), _CONFIDENCE, Source.TEXT_LAYER)


def _is_filled(field: FormField, words: list[PrintedWord]) -> bool:
    return field.has_value and any(_center_in(word.rect, field.rect) for word in words)


def _center_in(rect: Rect, place: Rect) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _is_sane(words: tuple[Word, ...]) -> bool:
    """Whether characters are known ones and words sound like words, where there are enough to tell."""
    characters = [character for word in words for character in word.text]
    if sum(map(_is_odd, characters)) > _UNUSABLE_SHARE * len(characters):
        return False
    latin = [word.text for word in words if len(word.text) >= 4 and word.text.isalpha() and word.text.isascii()]
    sounding = sum(not _VOWELS.isdisjoint(text) for text in latin)
    return len(latin) < _ENOUGH_WORDS or sounding >= _LEAST_WITH_VOWELS * len(latin)


def _is_odd(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cc", "Cn", "Cs")
