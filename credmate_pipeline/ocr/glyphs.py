"""From painted glyphs to printed words: by the gaps between letters, not by the spaces a file claims."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from credmate_pipeline.documents.painted import Glyph, Rect, TextRun

_WORD_GAP = 0.17
"""Gap that parts words, of the font size."""
_SPACE_GAP = 0.11
"""Gap that parts words where the file also has a space; spaces that take no room part nothing."""
_STRIP_GAP = 3.0
"""Gap that ends a strip of glyphs, of the font size."""
_TRACKED = 0.08
"""Median gap between letters, of the font size, from which text counts as letter-spaced."""
_LEAST_TRACKED = 5
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-"}
_TICKS = {"dingbats": "345678", "wingdings": "\u00fb\u00fc\u00fd\u00fex"}
"""Symbol fonts and the codes under which they keep ticks and crosses."""
TICKED = "[X]"
UNTICKED = "[ ]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A glyph, how it was painted, and whether the file has a space before it."""

    glyph: Glyph
    run: TextRun
    follows_space: bool


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """Pieces without a gap between them, in writing order; `rect` in points of the page as displayed."""

    text: str
    pieces: tuple[Piece, ...]
    rect: Rect

    @property
    def run(self) -> TextRun:
        return self.pieces[0].run

    @property
    def quarters(self) -> int | None:
        """Clockwise quarter turns of the writing; None where it is slanted."""
        return _quarters(self.run.direction)


@lru_cache(maxsize=64)
def _quarters(direction: tuple[float, float]) -> int | None:
    dx, dy = direction
    for quarters, (x, y) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        if dx * x + dy * y > 0.999:
            return quarters
    return None


def printed_strips(runs: Iterable[TextRun]) -> Iterator[tuple[PrintedWord, ...]]:
    """The words of each stretch of glyphs that follow each other on one baseline."""
    for strip in _strips(runs):
        words = tuple(word for pieces in _parted(strip) if (word := _word(pieces)) is not None)
        if words:
            yield words


def gap(before: Piece, after: Piece) -> float:
    """Points between the end of one glyph and the beginning of the next, along the writing."""
    dx, dy = before.run.direction
    along = (after.glyph.x - before.glyph.x) * dx + (after.glyph.y - before.glyph.y) * dy
    return along - before.glyph.advance


def _strips(runs: Iterable[TextRun]) -> Iterator[list[Piece]]:
    """Glyphs that follow each other on one baseline, whichever operators painted them."""
    strip: list[Piece] = []
    follows_space = False
    for run in runs:
        for glyph in run.glyphs:
            if glyph.text.isspace():
                follows_space = True
                continue
            piece = Piece(glyph, run, follows_space)
            follows_space = False
            if strip and not _follows(strip[-1], piece):
                yield strip
                strip = []
            strip.append(piece)
    if strip:
        yield strip


def _follows(before: Piece, after: Piece) -> bool:
    run = before.run
    if after.run is not run and (after.run.direction != run.direction or _differ(run, after.run)):
        return False
    dx, dy = run.direction
    across = abs((after.glyph.y - before.glyph.y) * dx - (after.glyph.x - before.glyph.x) * dy)
    return across < 0.3 * run.size and -0.6 * run.size < gap(before, after) <= _STRIP_GAP * run.size


def _differ(one: TextRun, other: TextRun) -> bool:
    """Whether one is painted and the other is not, or their sizes are of different texts."""
    return one.is_painted != other.is_painted or abs(one.size - other.size) > 0.5 * one.size


def _parted(strip: list[Piece]) -> Iterator[list[Piece]]:
    size = strip[0].run.size
    gaps = [gap(before, after) for before, after in pairwise(strip)]
    tracked = _tracking(strip, gaps)
    is_slanted = min(map(abs, strip[0].run.direction)) > 0.03
    word = [strip[0]]
    for room, piece in zip(gaps, strip[1:], strict=True):
        if tracked:
            is_apart = room > max(_WORD_GAP * size, 2.2 * tracked)
        elif is_slanted:
            # The cells of slanted glyphs are only roughly known.
            is_apart = piece.follows_space
        else:
            is_apart = room > (_SPACE_GAP if piece.follows_space else _WORD_GAP) * size
        if is_apart:
            yield word
            word = []
        word.append(piece)
    yield word


def _tracking(strip: list[Piece], gaps: list[float]) -> float:
    """The usual gap, in points, where letters are set apart for looks; 0 where they are not.

    A row of single digits or letters with spaces between them is a list ("2 3 4 5"), not one word.
    """
    if len(strip) < _LEAST_TRACKED or (usual := median(gaps)) <= _TRACKED * strip[0].run.size:
        return 0.0
    spaces = sum(piece.follows_space for piece in strip[1:])
    letters = sum(piece.glyph.text.isalpha() for piece in strip)
    return usual if spaces * 2 < len(gaps) or letters >= 0.9 * len(strip) else 0.0


def _word(pieces: list[Piece]) -> PrintedWord | None:
    text = _symbol(pieces)
    if text is None:
        joined = "".join(_LIGATURES.get(piece.glyph.text, piece.glyph.text) for piece in pieces)
        text = unicodedata.normalize("NFC", joined).strip()
    return PrintedWord(text, tuple(pieces), _rect(pieces)) if text else None


def _symbol(pieces: list[Piece]) -> str | None:
    """A tick of a symbol font as text, "" for its other signs; None in a font of letters."""
    font = pieces[0].run.font.lower()
    for name, ticks in _TICKS.items():
        if name in font:
            return TICKED if any(piece.glyph.text in ticks for piece in pieces) else ""
    return None


def _rect(pieces: list[Piece]) -> Rect:
    corners = [corner for piece in (pieces[0], pieces[-1]) for corner in _corners(piece)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _corners(piece: Piece) -> list[tuple[float, float]]:
    glyph, run = piece.glyph, piece.run
    dx, dy = run.direction
    # Some fonts claim no or absurd heights; letters are about so tall.
    ascent = run.ascent if 0.4 < run.ascent < 1.5 else 0.8
    descent = run.descent if -0.6 < run.descent < 0 else -0.2
    ends = [(glyph.x, glyph.y), (glyph.x + dx * glyph.advance, glyph.y + dy * glyph.advance)]
    return [(x + dy * h * run.size, y - dx * h * run.size) for x, y in ends for h in (ascent, descent)]
