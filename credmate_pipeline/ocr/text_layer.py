"""A PDF page's own text, believed only where ink shows it.

Text counts when it is painted (not render mode 3, not transparent), no later picture covers it, and the page as
drawn has contrast in its place. What a lying layer says beneath or beside a scan does not.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from credmate_pipeline.documents.page import POINTS_PER_INCH, PageImage
from credmate_pipeline.documents.painted import Glyph, Painted, Picture, Rect, TextRun
from credmate_pipeline.ocr.reading import Box, Source, Word

_LEAST_SIZE = 2.0
"""Points; smaller text is not there for a person."""
_LEAST_CONTRAST = 45
"""Gray levels between the darkest and the lightest pixel of a word's place."""
_WORD_GAP = 0.17
"""Gap that parts words, of the font size."""
_STRIP_GAP = 3.0
"""Gap that ends a strip of glyphs, of the font size."""
_TRACKED = 0.08
"""Median gap between letters, of the font size, from which text counts as letter-spaced."""
_UNUSABLE_SHARE = 0.1
_WATERMARK_REPEATS = 12
_CONFIDENCE = 0.99
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": "-"}


@dataclass(frozen=True, slots=True)
class Layer:
    """The visible words of a page, and what was not believed."""

    words: tuple[Word, ...]
    hidden_count: int
    is_usable: bool
    """False where the characters make no sense, as with fonts that do not say what their glyphs mean."""


@dataclass(frozen=True, slots=True)
class _Piece:
    glyph: Glyph
    run: TextRun


def visible_layer(painted: Painted, picture: PageImage) -> Layer:
    """What the page's text layer says where `picture` (the page as drawn, at low resolution) shows it."""
    visible: list[Word] = []
    hidden = 0
    for pieces in _words(painted.runs):
        text = _text(pieces)
        if not text:
            continue
        rect = _rect(pieces)
        if _is_shown(pieces, rect, painted.pictures, picture):
            visible.append(Word(text, _box(rect, picture), _CONFIDENCE, Source.TEXT_LAYER))
        else:
            hidden += 1
    kept = _without_watermarks(visible)
    return Layer(tuple(kept), hidden, _is_sane(kept))


def _words(runs: Iterable[TextRun]) -> Iterator[list[_Piece]]:
    """Glyphs gathered to words by the gaps between them; spaces that take no room part nothing."""
    for strip in _strips(runs):
        limit = _gap_limit(strip)
        word = [strip[0]]
        for before, piece in pairwise(strip):
            if _gap(before, piece) > limit:
                yield word
                word = []
            word.append(piece)
        yield word


def _strips(runs: Iterable[TextRun]) -> Iterator[list[_Piece]]:
    """Glyphs that follow each other on one baseline, whichever operators painted them."""
    strip: list[_Piece] = []
    for run in runs:
        for glyph in run.glyphs:
            if glyph.text.isspace():
                continue
            piece = _Piece(glyph, run)
            if strip and not _follows(strip[-1], piece):
                yield strip
                strip = []
            strip.append(piece)
    if strip:
        yield strip


def _gap_limit(strip: list[_Piece]) -> float:
    """The gap, in points, beyond which a new word begins; wider where all letters stand apart."""
    size = strip[0].run.size
    gaps = [_gap(before, after) for before, after in pairwise(strip)]
    usual = median(gaps) if len(gaps) >= 4 else 0.0
    plain = _WORD_GAP * size
    return max(plain, usual * 2.2) if usual > _TRACKED * size else plain


def _gap(before: _Piece, after: _Piece) -> float:
    """Points between the end of one glyph and the beginning of the next, along the writing."""
    dx, dy = before.run.direction
    along = (after.glyph.x - before.glyph.x) * dx + (after.glyph.y - before.glyph.y) * dy
    return along - before.glyph.advance


def _follows(before: _Piece, after: _Piece) -> bool:
    run = before.run
    if after.run is not run and (after.run.direction != run.direction or _differ(run, after.run)):
        return False
    dx, dy = run.direction
    across = abs((after.glyph.y - before.glyph.y) * dx - (after.glyph.x - before.glyph.x) * dy)
    return across < 0.3 * run.size and -0.6 * run.size < _gap(before, after) <= _STRIP_GAP * run.size


def _differ(one: TextRun, other: TextRun) -> bool:
    """Whether one is seen and the other is not, or one lies over what hides the other."""
    return one.is_painted != other.is_painted or abs(one.size - other.size) > 0.5 * one.size


def _text(pieces: list[_Piece]) -> str:
    text = "".join(_LIGATURES.get(piece.glyph.text, piece.glyph.text) for piece in pieces)
    return unicodedata.normalize("NFC", text).strip()


def _rect(pieces: list[_Piece]) -> Rect:
    corners = [corner for piece in pieces for corner in _corners(piece)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _corners(piece: _Piece) -> list[tuple[float, float]]:
    glyph, run = piece.glyph, piece.run
    dx, dy = run.direction
    # Some fonts claim no or absurd heights; letters are about so tall.
    ascent = run.ascent if 0.4 < run.ascent < 1.5 else 0.8
    descent = run.descent if -0.6 < run.descent < 0 else -0.2
    ends = [(glyph.x, glyph.y), (glyph.x + dx * glyph.advance, glyph.y + dy * glyph.advance)]
    return [(x + dy * h * run.size, y - dx * h * run.size) for x, y in ends for h in (ascent, descent)]


def _is_shown(pieces: list[_Piece], rect: Rect, pictures: tuple[Picture, ...], picture: PageImage) -> bool:
    run = pieces[0].run
    if not run.is_painted or run.size < _LEAST_SIZE:
        return False
    if any(cover.order > run.order and _covers(cover.rect, rect) for cover in pictures):
        return False
    return _has_ink(rect, picture)


def _covers(cover: Rect, rect: Rect) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return cover[0] <= x <= cover[2] and cover[1] <= y <= cover[3]


def _has_ink(rect: Rect, picture: PageImage) -> bool:
    scale = picture.dpi / POINTS_PER_INCH
    left, top = max(0, int(rect[0] * scale)), max(0, int(rect[1] * scale))
    right, bottom = min(picture.width, int(rect[2] * scale) + 1), min(picture.height, int(rect[3] * scale) + 1)
    if right - left < 1 or bottom - top < 1:
        return False
    place = picture.pixels[top:bottom, left:right]
    return int(place.max()) - int(place.min()) >= _LEAST_CONTRAST


def _box(rect: Rect, picture: PageImage) -> Box:
    width, height = picture.points
    x0, x1 = (min(1.0, max(0.0, x / width)) for x in (rect[0], rect[2]))
    y0, y1 = (min(1.0, max(0.0, y / height)) for y in (rect[1], rect[3]))
    return Box(x0, y0, x1, y1)


def _without_watermarks(words: list[Word]) -> list[Word]:
    """Without words repeated all over the page in a pattern, as a name printed across it hundreds of times."""
    counts: dict[str, int] = {}
    for word in words:
        counts[word.text] = counts.get(word.text, 0) + 1
    limit = max(_WATERMARK_REPEATS, len(words) // 4)
    return [word for word in words if len(word.text) < 4 or counts[word.text] < limit]


def _is_sane(words: list[Word]) -> bool:
    characters = [character for word in words for character in word.text]
    odd = sum(_is_odd(character) for character in characters)
    return not characters or odd <= _UNUSABLE_SHARE * len(characters)


def _is_odd(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cc", "Cn", "Cs")
