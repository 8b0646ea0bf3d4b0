"""Print beside a word that an engine left out: a suffix, a first word, the digits before a point.

An engine says nothing of what it leaves out, and is sure of the rest. The ink tells: shapes as tall as the word's
letters stand in its row, a space away from it, and no word has them. Such a word may be a part of its value only.
What was left out can be read by itself: engines often read a line alone that they lose on a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.ink import ink_shapes
from credmate_pipeline.ocr.reading import UNBELIEVED

_DPI = 150.0
"""At which shapes are looked for: fine enough for letters, and quick."""
_AROUND_INCHES = 0.3
"""Around each pixel, what its paper is told from."""
_DARKER_BY = 24
_REACH = 0.9
"""Heights of a word within which the next one stands in the same text."""
_SHORTEST, _TALLEST = 0.6, 1.45
"""Heights of what may be a letter, of the word's."""
_BESIDE = 0.3
"""Of the word's height, by which a letter may stand above or below it."""
_WIDEST = 2.5
"""Heights of a word up to which one shape may be letters that touch."""
_LEAST_WIDTH = 0.35
"""Heights of the word that what was left out must at least be wide: a rule or a bracket is less."""
_TALLER_THAN_A_COMMA = 0.42
"""Of the height of a word that reaches up and down, which its smallest letters have and its signs do not."""
_TOUCHING = 0.12
"""Heights of a word up to which its own letters stand outside its place."""
_CORNER = 0.15
_SHORTEST_LETTER, _TALLEST_LINE = 0.35, 2.0
"""Heights of a lost line's letters, of the usual word's: form values are often typed larger than the small print."""
_LEAST_LINE = 1.5
"""Heights of the usual word that a lost line must at least be wide."""
_APART = 1.6
"""Heights of the usual word up to which a letter belongs to the line: dashes are too flat to be seen."""
_SPACE = 0.45
"""Heights of the usual word from which a gap is a space between words."""
MOST_LINES = 6
"""Lost lines that are told of: more are a picture, or a page that is not to be read."""

Shapes = NDArray[np.int64]
"""A row each: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class LostLine:
    """Where print stands that was not read, in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int
    is_one_word: bool

    def holds(self, word: SeenWord) -> bool:
        """Whether the middle of a word is in it."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def beside_lost_print(words: Sequence[SeenWord], picture: Gray, dpi: float) -> tuple[SeenWord, ...]:
    """The words; those that stand beside print nobody read are not believed."""
    scale, ink = _ink(picture, dpi)
    places = _places(words, scale)
    shapes = _without_own(_unread(ink, places), words, places, ink)
    if not len(shapes):
        return tuple(words)
    return tuple(
        replace(word, confidence=min(word.confidence, UNBELIEVED))
        if any(map(str.isalnum, word.text)) and _is_beside(place, shapes, ink)
        else word
        for word, place in zip(words, places, strict=True)
    )


def lost_lines(words: Sequence[SeenWord], picture: Gray, dpi: float) -> tuple[LostLine, ...]:
    """Where print about as tall as the page's words stands in a row that none of these words tells of, from the top;
    at most `MOST_LINES`, the widest. None where there are no words to compare with."""
    if not words:
        return ()
    scale, ink = _ink(picture, dpi)
    places = _places(words, scale)
    tall = float(np.median(places[:, 3] - places[:, 1]))
    shapes = _unread(ink, places)
    heights, widths = shapes[:, 3] - shapes[:, 1], shapes[:, 2] - shapes[:, 0]
    letters = shapes[
        (heights >= _SHORTEST_LETTER * tall) & (heights <= _TALLEST_LINE * tall) & (widths <= _WIDEST * tall)
    ]
    rows = [row for row in _rows(letters, tall) if row[-1][2] - row[0][0] >= _LEAST_LINE * tall]
    widest = sorted(rows, key=lambda row: row[0][0] - row[-1][2])[:MOST_LINES]
    return tuple(sorted((_line(row, tall, scale) for row in widest), key=lambda line: line.top))


def _rows(letters: Shapes, tall: float) -> list[list[list[int]]]:
    """The letters, each by its edges, gathered into rows from the left."""
    rows: list[list[list[int]]] = []
    for letter in letters[np.argsort(letters[:, 0])].tolist():
        middle = (letter[1] + letter[3]) / 2
        near = (row for row in rows if row[-1][1] <= middle <= row[-1][3] and letter[0] - row[-1][2] <= _APART * tall)
        row = next(near, None)
        if row is None:
            rows.append([letter])
        else:
            row.append(letter)
    return rows


def _line(row: list[list[int]], tall: float, scale: float) -> LostLine:
    gaps = (following[0] - letter[2] for letter, following in pairwise(row))
    edges = np.array(row)
    left, top = edges[:, :2].min(axis=0)
    right, bottom = edges[:, 2:].max(axis=0)
    return LostLine(
        int(left / scale),
        int(top / scale),
        int(right / scale) + 1,
        int(bottom / scale) + 1,
        is_one_word=all(gap <= _SPACE * tall for gap in gaps),
    )


def _ink(picture: Gray, dpi: float) -> tuple[float, Gray]:
    """What is darker than the paper around it, and how much smaller that picture is."""
    scale = min(1.0, _DPI / dpi)
    small = shrunk(picture, scale)
    around = 2 * round(_AROUND_INCHES * dpi * scale / 2) + 1
    paper = cv2.blur(small, (around, around))
    return scale, (paper.astype(np.int16) - small > _DARKER_BY).astype(np.uint8)


def _places(words: Sequence[SeenWord], scale: float) -> NDArray[np.float64]:
    return np.array([(one.left, one.top, one.right, one.bottom) for one in words]).reshape(-1, 4) * scale


def _unread(ink: Gray, places: NDArray[np.float64]) -> Shapes:
    """The shapes of ink whose middle is in no word's place."""
    left, top, width, height, _ = ink_shapes(ink).astype(np.int64).T
    large = (height >= 5) & (width >= 2)
    unread = np.stack([left, top, left + width, top + height], axis=1)[large]
    if not len(places):
        return unread
    x, y = (unread[:, 0] + unread[:, 2]) / 2, (unread[:, 1] + unread[:, 3]) / 2
    is_read = np.zeros(len(unread), bool)
    for begin, above, end, below in places:
        is_read |= (x >= begin - 2) & (x <= end + 2) & (y >= above - 2) & (y <= below + 2)
    return unread[~is_read]


def _without_own(shapes: Shapes, words: Sequence[SeenWord], places: NDArray[np.float64], ink: Gray) -> Shapes:
    """The shapes but for first and last letters of words, which touch the place of a word that holds fewer shapes than
    the word has letters: engines place words in italics too narrow."""
    is_own = np.zeros(len(shapes), bool)
    middles = (shapes[:, 1] + shapes[:, 3]) / 2
    for word, place in zip(words, places, strict=True) if len(shapes) else ():
        left, top, right, bottom = place
        room = _TOUCHING * (bottom - top)
        is_near = (abs(shapes[:, 0] - right) <= room) | (abs(left - shapes[:, 2]) <= room)
        is_near &= (top <= middles) & (middles <= bottom)
        if is_near.any() and _lacks_letters(word.text, place, ink):
            is_own |= is_near
    return shapes[~is_own]


def _lacks_letters(text: str, place: NDArray[np.float64], ink: Gray) -> bool:
    left, top, right, bottom = place.round().astype(int).tolist()
    inside = np.ascontiguousarray(ink[max(0, top) : bottom, max(0, left) : right])
    if not inside.size:
        return False
    heights = ink_shapes(inside)[:, 3]
    return int((heights >= _TALLER_THAN_A_COMMA * (bottom - top)).sum()) < sum(map(str.isalnum, text))


def _is_beside(place: NDArray[np.float64], shapes: Shapes, ink: Gray) -> bool:
    left, top, right, bottom = place
    tall = bottom - top
    heights, widths = shapes[:, 3] - shapes[:, 1], shapes[:, 2] - shapes[:, 0]
    level = shapes[
        (heights >= _SHORTEST * tall)
        & (heights <= _TALLEST * tall)
        & (widths <= _WIDEST * tall)
        & (shapes[:, 1] >= top - _BESIDE * tall)
        & (shapes[:, 3] <= bottom + _BESIDE * tall)
    ]
    if not len(level):
        return False
    after = level[level[:, 0] > right]
    before = level[level[:, 2] < left]
    mirrored = before[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1])
    return _is_print(after, right, tall, ink) or _is_print(mirrored, -left, tall, ink)


def _is_print(shapes: Shapes, edge: float, tall: float, ink: Gray) -> bool:
    """Whether the shapes that follow one another from `edge` on are wide enough for letters and are no box."""
    end, kept = edge, []
    for shape in shapes[np.argsort(shapes[:, 0])]:
        if shape[0] - end > _REACH * tall:
            break
        kept.append(shape)
        end = max(end, float(shape[2]))
    if not kept or end - kept[0][0] < _LEAST_WIDTH * tall:
        return False
    return len(kept) > 1 or not _is_box(np.abs(kept[0]), ink)


def _is_box(shape: NDArray[np.int64], ink: Gray) -> bool:
    """Whether the shape has square corners, as a box to tick has and no letter but a few."""
    (left, right), top, bottom = sorted((shape[0], shape[2])), shape[1], shape[3]
    inside = ink[top:bottom, left:right]
    down, across = max(1, round(_CORNER * inside.shape[0])), max(1, round(_CORNER * inside.shape[1]))
    corners = (inside[:down, :across], inside[:down, -across:], inside[-down:, :across], inside[-down:, -across:])
    return all(corner.any() for corner in corners)
