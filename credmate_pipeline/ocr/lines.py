"""Words in lines, lines in reading order: by geometry alone, the same for every engine.

A row of a table stays one line, so that a value stays beside its label. Columns are read one after the other only
where both hold running text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from credmate_pipeline.ocr.reading import Line, Source, Word

_SAME_LINE_OVERLAP = 0.5
"""Share of the lower word's height that must lie beside the line."""
_ON_ONE_LEVEL = 0.75
"""Share of both heights from which two words stand on one level, though an engine drew their boxes over each other."""
_GUTTER = 0.025
"""Least width of the gap between columns, of the page."""
_PLACES = [step / 100 for step in range(30, 71, 2)]
"""Where the gap between columns may be, of the page's width."""
_LEFT_OF, _RIGHT_OF = ([at + side * _GUTTER / 2 for at in _PLACES] for side in (-1, 1))
_RUNNING_LINES = 6
_STANDS = re.compile(r"[A-Zbdfhkl0-9][A-Zabcdefhiklmnorstuvwxz0-9]*")
"""Words as tall as figures, with nothing below the baseline."""
_ONE_WITHIN = 0.16
"""Of the figures' height, by which a one's top and bottom may differ from theirs."""
_LIKELY_ONE = 0.8
_RUNNING_WORDS = 4.5


def in_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """Every word once, in lines from top to bottom, column after column."""
    found = sorted(words, key=lambda word: (word.box.y0 + word.box.y1, word.box.x0))
    rows = [_with_ones(row) for row in _gathered(found)]
    gutter = _gutter(rows)
    if gutter is None:
        return tuple(rows)
    first, last, at = gutter
    columns = [_side(rows[first:last], at, left=True), _side(rows[first:last], at, left=False)]
    return (*rows[:first], *columns[0], *columns[1], *rows[last:])


def in_rows(words: Iterable[Word]) -> tuple[Line, ...]:
    """Every word once, in printed rows from top to bottom over the whole width of the page."""
    return tuple(_gathered(sorted(words, key=lambda word: (word.box.y0 + word.box.y1, word.box.x0))))


def _gathered(words: Sequence[Word]) -> list[Line]:
    rows: list[_Row] = []
    for word in words:
        row = next((row for row in reversed(rows[-6:]) if row.has_beside(word)), None)
        if row is None:
            rows.append(_Row([word], word.box.y0, word.box.y1))
        else:
            row.put(word)
    lines = [Line(tuple(sorted(row.words, key=lambda word: word.box.x0))) for row in rows]
    return sorted(lines, key=lambda line: median((word.box.y0 + word.box.y1) / 2 for word in line.words))


def _with_ones(line: Line) -> Line:
    """The line with "1" for bars as tall as its figures: a bar reaches below the baseline, a one stands on it.

    Only where the ink was looked at: in a text layer all boxes are as tall as the font, and a bar is a bar.
    """
    bars = [word for word in line.words if word.text == "|" and word.source is not Source.TEXT_LAYER]
    figures = [word for word in line.words if word.text.isalnum() and _STANDS.fullmatch(word.text)]
    if not bars or len(figures) < 2:
        return line
    top, bottom = median(word.box.y0 for word in figures), median(word.box.y1 for word in figures)
    slack = _ONE_WITHIN * (bottom - top)
    ones = {id(bar) for bar in bars if abs(bar.box.y0 - top) < slack and abs(bar.box.y1 - bottom) < slack}
    return Line(tuple(_one(word) if id(word) in ones else word for word in line.words))


def _one(bar: Word) -> Word:
    return replace(bar, text="1", confidence=min(bar.confidence, _LIKELY_ONE))


@dataclass(slots=True)
class _Row:
    """Words that stand beside each other, and from where to where on the page they reach."""

    words: list[Word]
    top: float
    bottom: float

    def put(self, word: Word) -> None:
        self.words.append(word)
        self.top, self.bottom = min(self.top, word.box.y0), max(self.bottom, word.box.y1)

    def has_beside(self, word: Word) -> bool:
        """Whether the word stands in the row: beside its nearest word, not above or below it."""
        box = word.box
        if self.top > box.y1 or self.bottom < box.y0:
            return False
        middle = box.x0 + box.x1
        nearest = min(self.words, key=lambda other: abs(other.box.x0 + other.box.x1 - middle)).box
        overlap = min(nearest.y1, box.y1) - max(nearest.y0, box.y0)
        if overlap >= _ON_ONE_LEVEL * max(nearest.height, box.height):
            return True
        is_apart = nearest.x1 <= box.x0 + box.width * 0.5 or nearest.x0 >= box.x1 - box.width * 0.5
        return is_apart and overlap >= _SAME_LINE_OVERLAP * min(nearest.height, box.height)


def _gutter(rows: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest stretch of rows (from, to) that leaves one place free from top to bottom, and that place."""
    best: tuple[int, int, float] | None = None
    taken = [_taken(row) for row in rows]
    for number, at in enumerate(_PLACES):
        start = 0
        while start < len(rows):
            end = start
            while end < len(rows) and not taken[end] >> number & 1:
                end += 1
            longest = best[1] - best[0] if best is not None else 0
            if end - start > longest and _is_running_text(rows[start:end], at):
                best = (start, end, at)
            start = max(end, start + 1)
    return best


def _taken(line: Line) -> int:
    """The places that the line's words take, a bit for each."""
    taken = 0
    for word in line.words:
        first, end = bisect_right(_RIGHT_OF, word.box.x0), bisect_left(_LEFT_OF, word.box.x1)
        taken |= (1 << end) - (1 << first) if end > first else 0
    return taken


def _is_running_text(rows: Sequence[Line], at: float) -> bool:
    for left in (True, False):
        side = _side(rows, at, left=left)
        if len(side) < _RUNNING_LINES or sum(len(line.words) for line in side) / len(side) < _RUNNING_WORDS:
            return False
    return True


def _side(rows: Sequence[Line], at: float, *, left: bool) -> list[Line]:
    sides = (tuple(word for word in row.words if (word.box.center[0] < at) == left) for row in rows)
    return [Line(words) for words in sides if words]
