"""Whether a word that a PDF claims is the ink a person sees in its place.

What a lying layer says beneath or beside a scan is not: its letters are invisible, have the color of the paper
around them, lie under a picture or a box, or stand where the picture shows no letters of their color.
"""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.page import POINTS_PER_INCH, Gray, PageImage
from credmate_pipeline.documents.painted import Painted, Rect
from credmate_pipeline.ocr.glyphs import PrintedWord

_LEAST_SIZE = 2.0
"""Points; smaller text is not there for a person."""
_LEAST_STEP = 25
"""Gray levels between letters and paper; fainter text is not seen."""
_UNKNOWN_STEP = 45
"""The same where the letters' own color is not known."""
_THIN_INK = 0.25
"""Share of the step that thin letters still have at low resolution."""
_SOLID = 0.92
"""Share of a column that is dark under a box or rule rather than in a letter."""
_INK_SHARE = 0.4
"""Least share of the letters' room in which ink is seen."""
_LETTER_DARK = 0.3
"""Share of a column that is dark in a letter."""
_STROKES = frozenset("Iil1")
"""Letters that leave most of their room empty: III is no less shown for it."""
_DEAD_STRETCH = 0.75
"""Longest stretch without letter shapes inside a word, of the font size."""
_LOST_LETTER_GAP = 0.9
"""Widest gap, of the font size, in which ink is a letter the layer lost rather than a neighbor."""


def is_shown(word: PrintedWord, painted: Painted, picture: PageImage) -> bool:
    """Whether the word is painted and `picture`, the page as drawn, shows letters of its color in its place."""
    run = word.run
    if not run.is_painted or run.size < _LEAST_SIZE or is_covered(word, painted):
        return False
    place = _place(word.rect, picture)
    if place is None:
        return False
    ink = _ink(place, run.gray)
    if not ink.any():
        return False
    if word.quarters is None or sum(sign.isalnum() and sign not in _STROKES for sign in word.text) < 3:
        return True
    return _fills_word(ink if word.quarters % 2 == 0 else ink.T, word, picture.dpi / POINTS_PER_INCH)


def is_covered(word: PrintedWord, painted: Painted) -> bool:
    """Whether a picture was painted over the word later."""
    order = word.run.order
    return any(cover.order > order and _holds(cover.rect, word.rect) for cover in painted.pictures)


def replaced(words: Sequence[PrintedWord], painted: Painted) -> set[int]:
    """Indices of words painted over by a shape that carries another word in the same place."""
    gone: set[int] = set()
    if not painted.shapes:
        return gone
    rects = np.array([shape.rect for shape in painted.shapes], np.float64).reshape(-1, 4)
    orders = np.array([shape.order for shape in painted.shapes], np.int64)
    for index, word in enumerate(words):
        x, y = (word.rect[0] + word.rect[2]) / 2, (word.rect[1] + word.rect[3]) / 2
        holds = (rects[:, 0] <= x) & (x <= rects[:, 2]) & (rects[:, 1] <= y) & (y <= rects[:, 3])
        covers = orders[holds & (orders > word.run.order)]
        if covers.size and any(other.run.order > covers.min() and _meet(word.rect, other.rect) for other in words):
            gone.add(index)
    return gone


def has_ink_between(before: PrintedWord, after: PrintedWord, picture: PageImage) -> bool:
    """Whether letters are seen between two words of one line where the layer has none: a glyph without meaning."""
    if before.quarters != 0 or not (before.text[-1].isalpha() and after.text[0].islower()):
        return False
    left, right = before.rect[2], after.rect[0]
    size = before.run.size
    if not 0.1 * size < right - left < _LOST_LETTER_GAP * size:
        return False
    # The x-height band alone: underlines and commas are no lost letters.
    baseline = before.pieces[-1].glyph.y
    edge = 0.06 * size
    place = _place((left + edge, baseline - 0.45 * size, right - edge, baseline - 0.1 * size), picture)
    if place is None or before.run.gray is None:
        return False
    around = _place(before.rect, picture)
    if around is None:
        return False
    paper = _middle_gray(around)
    step = abs(before.run.gray - paper) * 0.6
    columns = _dark_share(place, paper, step)
    if not (columns > _LETTER_DARK).any():
        return False
    # A rule between two cells goes on below the line; the stem of a letter ends there.
    below = _place((left + edge, baseline + 0.08 * size, right - edge, baseline + 0.3 * size), picture)
    is_rule = np.zeros_like(columns, np.bool_) if below is None else _dark_share(below, paper, step) > _SOLID
    return bool(((columns > _LETTER_DARK) & ~is_rule).any())


def _dark_share(place: Gray, paper: int, step: float) -> NDArray[np.float64]:
    """The share of each column of pixels that differs from the paper by `step` or more."""
    return np.asarray((np.abs(place.astype(np.int16) - paper) >= step).mean(axis=0), np.float64)


def _ink(place: Gray, gray: int | None) -> NDArray[np.bool_]:
    """Pixels that differ from the paper around the letters, towards the letters' color where it is known."""
    paper = _middle_gray(place)
    if gray is None:
        return np.abs(place.astype(np.int16) - paper) >= _UNKNOWN_STEP
    step = gray - paper
    if abs(step) < _LEAST_STEP:
        return np.zeros(place.shape, np.bool_)
    least = ceil(max(12.0, _THIN_INK * abs(step)))
    return place >= paper + least if step > 0 else place <= paper - least


def _middle_gray(place: Gray) -> int:
    """The upper median of the gray levels."""
    counts = np.bincount(place.ravel(), minlength=256)
    return int(np.searchsorted(counts.cumsum(), place.size // 2, side="right"))


def _fills_word(ink: NDArray[np.bool_], word: PrintedWord, scale: float) -> bool:
    """Whether letter shapes run through the word, without a long stretch of nothing or of solid color."""
    columns = np.add.reduce(ink, axis=0, dtype=np.intp)
    lively = np.flatnonzero((columns > 0) & (columns < _SOLID * len(ink)))
    advances = sum(piece.glyph.advance for piece in word.pieces) * scale
    if lively.size < _INK_SHARE * min(advances, float(columns.size)):
        return False
    looseness = max(0.0, columns.size - advances) / max(1, len(word.pieces) - 1)
    stretch = max(int(np.diff(lively).max(initial=0)), int(lively[0]), int(columns.size - lively[-1]))
    return stretch <= _DEAD_STRETCH * word.run.size * scale + looseness + 1


def _place(rect: Rect, picture: PageImage) -> Gray | None:
    """The drawn pixels of a rectangle; None where it lies off the page."""
    scale = picture.dpi / POINTS_PER_INCH
    left, top = max(0, int(rect[0] * scale)), max(0, int(rect[1] * scale))
    right, bottom = min(picture.width, int(rect[2] * scale) + 1), min(picture.height, int(rect[3] * scale) + 1)
    return picture.pixels[top:bottom, left:right] if right > left and bottom > top else None


def _holds(cover: Rect, rect: Rect) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return cover[0] <= x <= cover[2] and cover[1] <= y <= cover[3]


def _meet(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share most of the height and some of the width of the smaller."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0.2 * min(one[2] - one[0], other[2] - other[0]) and tall > 0.5 * min(
        one[3] - one[1], other[3] - other[1]
    )
