"""Printed rows of a page, found by geometry alone: a table's row stays one row, whatever its columns hold.

What a row means is not known here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from credmate_pipeline.extraction.layout import once, text_of, unspaced
from credmate_pipeline.ocr.lines import in_rows
from credmate_pipeline.ocr.reading import Box, Line, Page, Word, union

CELL_GAP = 0.55
"""Words of a head more than so many text heights apart stand in different cells; a space is about 0.3."""
LINE_PITCH = 1.45
"""From one line of a text to the next it is at most so many text heights."""
_EDGE = 0.12
"""Share of the page at its top and foot where running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(r"\bpage\s+\d+(?:\s*(?:of|/)\s*\d+)?\b|^\W*\d+\s*(?:of|/)\s*\d+\W*$|^\W*\d{1,3}\W*$", re.I)
_PRINTED_ON = re.compile(r"^\W*(?:printed|generated|report (?:date|generated|run)|run date|as of|date printed)\b", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a page, its words from left to right."""

    page: Page
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def box(self) -> Box:
        return union([word.box for word in self.words])


@once
def rows_of(page: Page) -> tuple[Row, ...]:
    """The page's rows from top to bottom."""
    return tuple(Row(page, unspaced(line).words) for line in in_rows(page.words))


def gap_in_heights(page: Page, left: Word, right: Word) -> float:
    """The space between two words of a row in text heights, both in points."""
    height = max(left.print_height, right.print_height) * page.height
    return (right.box.x0 - left.box.x1) * page.width / height if height else 0.0


def is_next_line(above: Row, below: Row) -> bool:
    """Whether `below` stands as near below `above` as the next line of one text does."""
    height = min(max(word.print_height for word in above.words), max(word.print_height for word in below.words))
    return below.box.center[1] - above.box.center[1] <= LINE_PITCH * height


def parts(row: Row, gap: float = CELL_GAP) -> tuple[Line, ...]:
    """The row cut where words stand more than `gap` text heights apart."""
    cut: list[list[Word]] = [[row.words[0]]]
    for left, right in pairwise(row.words):
        if gap_in_heights(row.page, left, right) > gap:
            cut.append([])
        cut[-1].append(right)
    return tuple(Line(tuple(words)) for words in cut)


def running_rows(pages: Sequence[Sequence[Row]]) -> frozenset[str]:
    """The texts that stand at the edge of two pages or more: running heads and feet."""
    seen = Counter(text for rows in pages for text in {row.text for row in rows if _is_at_edge(row)})
    return frozenset(text for text, count in seen.items() if count > 1)


def is_page_matter(row: Row, running: Iterable[str]) -> bool:
    """Whether the row belongs to the page and not to what is printed on it: a page number, a date of printing."""
    if not _is_at_edge(row):
        return False
    return row.text in running or bool(_PAGE_NUMBER.search(row.text) or _PRINTED_ON.search(row.text))


def _is_at_edge(row: Row) -> bool:
    box = row.box
    return box.y1 < _EDGE or box.y0 > 1 - _EDGE


def page_of(page: Page, rows: Iterable[Sequence[Word]]) -> Page:
    """The page with these rows as its only lines."""
    return replace(page, lines=tuple(Line(tuple(words)) for words in rows))
