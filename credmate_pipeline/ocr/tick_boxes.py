"""Boxes that are ticked: small squares with a mark inside, which neither engines nor text layers tell.

Empty boxes are not told: what matters is which of several was chosen. What a tick means is not known here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.page import POINTS_PER_INCH, Gray, PageImage
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.ink import ink_shapes, paper_level
from credmate_pipeline.ocr.reading import Box, Source, Word

TICKED = "☒"
_SIDES = (5.5, 15.0)
"""Sides of a tick box, in points."""
_SQUARE = 0.8
"""Its shorter side against its longer one."""
_CLOSED = 0.9
"""Share of each edge that has ink."""
_CORNER = 0.5
"""Share of each corner that has ink: those of letters and figures such as B, D and 8 are round."""
_MARK = (0.08, 0.8)
"""Share of its inside that a mark covers."""
_DARK = 0.72
"""Of the paper's gray, below which a pixel is ink."""
_DPI_ENOUGH = 150.0
_CONFIDENCE = 0.9
_SHORT_WORD = 3
_WIDER = 1.6
"""Of a box's width, beyond which a short word is not what an engine made of the box."""

Square = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


def with_ticks(words: Sequence[SeenWord], pixels: Gray, dpi: float) -> tuple[SeenWord, ...]:
    """The words and a `☒` for every ticked box; a short word that an engine read in its place is none.

    Beside no words there are no boxes: a page of which nothing was read has none that says anything.
    """
    if not words:
        return ()
    ticks = [
        SeenWord(TICKED, left, top, right, bottom, _CONFIDENCE) for left, top, right, bottom in _ticked(pixels, dpi)
    ]
    longer = [tick for tick in ticks if not any(_is_letter_of(tick, word) for word in words)]
    kept = [word for word in words if len(word.text) > _SHORT_WORD or not any(_is_inside(word, one) for one in longer)]
    return (*kept, *longer)


def ticks_beside(picture: PageImage, known: Sequence[Box], source: Source) -> tuple[Word, ...]:
    """A `☒` for every ticked box of the picture where no word is known."""
    found = []
    for left, top, right, bottom in _ticked(picture.pixels, picture.dpi):
        box = Box(left / picture.width, top / picture.height, right / picture.width, bottom / picture.height)
        if not any(_holds(word, box.center) or _holds(box, word.center) for word in known):
            found.append(Word(TICKED, box, _CONFIDENCE, source))
    return tuple(found)


def _ticked(pixels: Gray, dpi: float) -> Iterator[Square]:
    """The ticked boxes of a picture. A fine one is searched smaller, which is quicker, and what is found there is
    looked at as it is: small, a letter may look like a box."""
    paper = paper_level(pixels)
    if dpi <= _DPI_ENOUGH:
        yield from _ticked_squares(pixels, dpi, paper)
        return
    small = shrunk(pixels, _DPI_ENOUGH / dpi)
    down, across = (whole / part for whole, part in zip(pixels.shape, small.shape, strict=True))
    margin = round(dpi / _DPI_ENOUGH * 2)
    for left, top, right, bottom in _ticked_squares(small, _DPI_ENOUGH, paper):
        x, y = max(0, round(left * across) - margin), max(0, round(top * down) - margin)
        place = pixels[y : round(bottom * down) + margin, x : round(right * across) + margin]
        for found in _ticked_squares(np.ascontiguousarray(place), dpi, paper):
            yield found[0] + x, found[1] + y, found[2] + x, found[3] + y


def _ticked_squares(pixels: Gray, dpi: float, paper: float) -> Iterator[Square]:
    """The ticked boxes of a picture whose paper has the gray level `paper`."""
    ink = (pixels < paper * _DARK).view(np.uint8)
    shortest, longest = (round(side * dpi / POINTS_PER_INCH) for side in _SIDES)
    found = ink_shapes(ink)
    _, _, widths, heights, _ = found.T
    shorter, longer = np.minimum(widths, heights), np.maximum(widths, heights)
    squares = found[(shorter >= shortest) & (longer <= longest) & (shorter >= _SQUARE * longer)]
    for left, top, width, height, _ in squares.tolist():
        if _is_ticked(ink[top : top + height, left : left + width]):
            yield left, top, left + width, top + height


def _is_ticked(inside: Gray) -> bool:
    """Whether the ink is a closed frame with a mark in it."""
    edge = max(2, round(0.16 * min(inside.shape)))
    top, bottom, left, right = inside[:edge], inside[-edge:], inside[:, :edge], inside[:, -edge:]
    corners = (top[:, :edge], top[:, -edge:], bottom[:, :edge], bottom[:, -edge:])
    if any(_share(corner) < _CORNER for corner in corners):
        return False
    edges = (top.max(axis=0), bottom.max(axis=0), left.max(axis=1), right.max(axis=1))
    if any(_share(one) < _CLOSED for one in edges):
        return False
    least, most = _MARK
    return least <= _share(inside[edge:-edge, edge:-edge]) <= most


def _share(ink: NDArray[Any]) -> float:
    """Of the pixels, those that are ink."""
    return np.count_nonzero(ink) / ink.size if ink.size else 0.0


def _is_letter_of(tick: SeenWord, word: SeenWord) -> bool:
    """Whether what looks like a box is part of a word: a long one, or one much wider than it."""
    is_wide = word.right - word.left > _WIDER * (tick.right - tick.left)
    return _is_inside(tick, word) and (len(word.text) > _SHORT_WORD or is_wide)


def _is_inside(word: SeenWord, other: SeenWord) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return other.left <= x <= other.right and other.top <= y <= other.bottom


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1
