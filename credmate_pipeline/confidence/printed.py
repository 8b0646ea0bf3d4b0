"""A page as fields are weighed against it: the words under a field, and what else is printed that could be meant."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.extraction import values
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.document_type import FieldKind
from credmate_pipeline.extraction.fields import Evidence, Field
from credmate_pipeline.extraction.numbers import find_money
from credmate_pipeline.ocr.reading import Box, Page, Reading, Word

_ROUGH = 0.6
"""Below this confidence a word of OCR is as often wrong as right."""
_UNSURE_BESIDE = 0.8
"""Below this confidence a word may hold a sign of the one behind it, as where an entry is printed over its label."""
_COVERED = 0.5
"""Share of a word's area (or of the place's, if smaller) that makes it one of the place's words."""
_SPACE = 0.75
"""Heights of a word that the next word of a text is apart at most."""
_ENDED = re.compile(r"[.,:;)\]]$")
_BEGINS = re.compile(r"\w")
_ENDS_OPEN = re.compile(r"[^\W\d_]{2}$")
_HOLDS_A_DIGIT = re.compile(r"\w*\d")
_AMOUNT = re.compile(r"(?<![\d/.-])\d{1,3}(?:\.\d{1,2})?(?![\d/-])")


class PrintedPage:
    """One page, looked at when first asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._rivals: dict[FieldKind, frozenset[str]] = {}
        self._words_at: dict[Box, tuple[Word, ...]] = {}

    @cached_property
    def rough_share(self) -> float:
        """0–1: how many of its words were read poorly; 0 where there are none."""
        words = self.page.words
        return sum(word.confidence < _ROUGH for word in words) / len(words) if words else 0.0

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        """The boxes of the page's words on the page as uploaded, a row each: left, top, right, bottom."""
        boxes = [self.page.uploaded_box(word.box) for word in self.page.words]
        return np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes], np.float64).reshape(-1, 4)

    @cached_property
    def _text(self) -> str:
        return self.page.text

    @cached_property
    def _squeezed(self) -> str:
        return _squeezed(self._text)

    def words_at(self, place: Evidence) -> tuple[Word, ...]:
        """The words printed at `place`, whole where it holds a part of one."""
        if place.box not in self._words_at:
            words = self.page.words
            self._words_at[place.box] = tuple(words[at] for at in np.flatnonzero(_covered(self._places, place.box)))
        return self._words_at[place.box]

    def goes_on(self, place: Evidence, *, with_digits: bool = False) -> bool:
        """Whether the print goes on right behind `place` without a sign that ends it: of the value a part may be left.
        `with_digits` minds only words that hold a digit."""
        words = self.words_at(place)
        if not words or _ENDED.search(words[-1].text):
            return False
        last = max(words, key=lambda word: word.box.x1)
        reach = self._space_beside(last)
        begins = _HOLDS_A_DIGIT if with_digits else _BEGINS
        return any(_follows(word, last, reach) for word in self.page.words if begins.match(word.text))

    def begins_before(self, place: Evidence) -> bool:
        """Whether print stands right before `place` in its row: of the value the first word may be left out."""
        words = self.words_at(place)
        if not words:
            return False
        first = min(words, key=lambda word: word.box.x0)
        reach = self._space_beside(first)
        return any(_follows(first, word, reach) for word in self.page.words if _ENDS_OPEN.search(word.text))

    def follows_unsure(self, word: Word) -> bool:
        """Whether the word right before it in its row was read unsurely: it may hold a sign of this one."""
        reach = self._space_beside(word)
        return any(_follows(word, other, reach) and other.confidence < _UNSURE_BESIDE for other in self.page.words)

    def _space_beside(self, word: Word) -> float:
        """The widest space to the next word of its text, as a fraction of the page's width."""
        return _SPACE * word.box.height * self.page.height / self.page.width

    def prints_again(self, content: str) -> bool:
        """Whether the same letters and digits stand on the page more than once."""
        wanted = _squeezed(content)
        return len(wanted) > 2 and self._squeezed.count(wanted) > 1

    def rivals(self, field: Field, kind: FieldKind) -> int:
        """How many other values of the field's kind are printed on the page; 0 for kinds that cannot be told apart."""
        if kind not in _FINDERS:
            return 0
        if kind not in self._rivals:
            self._rivals[kind] = frozenset(_FINDERS[kind](self._text))
        return len(self._rivals[kind] - {field.value, field.content})


def printed_pages(reading: Reading) -> dict[int, PrintedPage]:
    """The reading's pages by number."""
    return {page.number: PrintedPage(page) for page in reading.pages}


def _dates(text: str) -> Iterable[str]:
    return (found.value for found in find_dates(text))


def _codes(text: str) -> Iterable[str]:
    return (value for _, _, value in values.codes(text) if isinstance(value, str))


_FINDERS: dict[FieldKind, Callable[[str], Iterable[str]]] = {
    FieldKind.DATE: _dates,
    FieldKind.CREDITS: _AMOUNT.findall,
    FieldKind.MONEY: lambda text: (value for _, _, value in find_money(text)),
    FieldKind.NUMBER: _codes,
}


def _covered(places: NDArray[np.float64], place: Box) -> NDArray[np.bool_]:
    """Which of the boxes `place` covers."""
    left, top, right, bottom = places.T
    width = np.minimum(right, place.x1) - np.maximum(left, place.x0)
    height = np.minimum(bottom, place.y1) - np.maximum(top, place.y0)
    least = np.minimum((right - left) * (bottom - top), place.width * place.height)
    return (width > 0) & (height > 0) & (width * height >= _COVERED * least)


def _follows(word: Word, last: Word, reach: float) -> bool:
    """Whether `word` stands behind `last` in its row, at most `reach` apart."""
    shared = min(word.box.y1, last.box.y1) - max(word.box.y0, last.box.y0)
    is_in_row = shared >= 0.5 * min(word.box.height, last.box.height)
    return is_in_row and word is not last and last.box.center[0] < word.box.x0 <= last.box.x1 + reach


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
