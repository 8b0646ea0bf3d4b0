"""Words seen on a page nobody prepared, as a page read upright: turned back by the way the words themselves lie."""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from statistics import median

from credmate_pipeline.ocr.engine import SeenWord, SlantedWord
from credmate_pipeline.ocr.handwriting import doubted_by_hand
from credmate_pipeline.ocr.lines import in_lines
from credmate_pipeline.ocr.reading import IDENTITY, Box, Frame, Page, PageNote, Source, Word
from credmate_pipeline.ocr.seen_words import without_guesses

_LEAST_SKEW = 0.35
"""Degrees below which a page counts as straight."""
_QUARTER = 90.0
_LONG_WORD = 3
"""Letters from which a word's corners tell how it lies."""


def slant(word: SlantedWord, width: float, height: float) -> float:
    """Degrees (-180 to 180) by which the word is turned clockwise, on a page of this size."""
    (x0, y0), (x1, y1), *_ = word.corners
    return degrees(atan2((y1 - y0) * height, (x1 - x0) * width))


def quarters_of(angle: float) -> int:
    """The nearest clockwise quarter turns, 0–3."""
    return round(angle / _QUARTER) % 4


def upright_page(
    number: int, words: Sequence[SlantedWord], source: Source, size: tuple[float, float], notes: tuple[PageNote, ...]
) -> Page:
    """The page as read; `size` is of the page as uploaded, in points."""
    believed, is_written = doubted_by_hand(words)
    angle = _angle(words, size)
    width, height = _read_size(angle, size)
    placed = [
        Word(word.text, _box(word, angle, size), word.confidence, source) for word in believed if _has_place(word)
    ]
    seen = [_as_seen(word, width, height) for word in placed]
    kept = set(map(id, without_guesses(seen)))
    found = [word for word, one in zip(placed, seen, strict=True) if id(one) in kept]
    told = {
        PageNote.TURNED: quarters_of(angle) != 0,
        PageNote.DESKEWED: abs(angle - _nearest(angle)) >= _LEAST_SKEW,
        PageNote.HANDWRITING: is_written,
    }
    said = tuple(note for note, holds in told.items() if holds)
    return Page(number, in_lines(found), source, width, height, frame=_frame(angle, size), notes=(*notes, *said))


def _angle(words: Sequence[SlantedWord], size: tuple[float, float]) -> float:
    """By how much the page's text is turned clockwise: its usual quarter turn, and the words' skew from that."""
    telling = [word for word in words if len(word.text) >= _LONG_WORD] or list(words)
    angles = [slant(word, *size) for word in telling]
    votes = list(map(quarters_of, angles))
    if not votes:
        return 0.0
    usual = max(set(votes), key=votes.count)
    skews = [_off(angle, usual * _QUARTER) for angle in angles if quarters_of(angle) == usual]
    skew = median(skews)
    return usual * _QUARTER + (skew if abs(skew) >= _LEAST_SKEW else 0.0)


def _off(angle: float, base: float) -> float:
    """The signed difference of two angles, -180 to 180."""
    return (angle - base + 180) % 360 - 180


def _nearest(angle: float) -> float:
    return round(angle / _QUARTER) * _QUARTER


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point turned clockwise about the origin (y grows downwards)."""
    turn = radians(angle)
    return (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn))


def _read_size(angle: float, size: tuple[float, float]) -> tuple[float, float]:
    width, height = size
    return (width, height) if quarters_of(angle) % 2 == 0 else (height, width)


def _box(word: SlantedWord, angle: float, size: tuple[float, float]) -> Box:
    """The word's box in the page as read: about the middle of the page everything is turned back."""
    width, height = _read_size(angle, size)
    turned = [_turned((x - 0.5) * size[0], (y - 0.5) * size[1], -angle) for x, y in word.corners]
    xs, ys = [x / width + 0.5 for x, _ in turned], [y / height + 0.5 for _, y in turned]
    return Box(_clip(min(xs)), _clip(min(ys)), _clip(max(xs)), _clip(max(ys)))


def _as_seen(word: Word, width: float, height: float) -> SeenWord:
    """The word on the page as read, in points."""
    box = word.box
    return SeenWord(word.text, box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height, word.confidence)


def _clip(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))


def _frame(angle: float, size: tuple[float, float]) -> Frame:
    """From the page as read to the page as uploaded."""
    if angle == 0:
        return IDENTITY
    width, height = _read_size(angle, size)
    ax, ay = _turned(width, 0.0, angle)
    bx, by = _turned(0.0, height, angle)
    a, d = ax / size[0], ay / size[1]
    b, e = bx / size[0], by / size[1]
    return (a, b, 0.5 - (a + b) / 2, d, e, 0.5 - (d + e) / 2, 0.0, 0.0, 1.0)


def _has_place(word: SlantedWord) -> bool:
    """Whether the word has an extent; some services give a point to what they only guess at."""
    (x0, y0), _, (x2, y2), _ = word.corners
    return hypot(x2 - x0, y2 - y0) > 0
