"""Values in rows of tables, named by the heads of their columns. How labels stand elsewhere is in `labels`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from credmate_pipeline.extraction.layout import between_bars, columns, is_same_row, once
from credmate_pipeline.ocr.reading import Line, Page, Word

FEWEST_COLUMNS = 3
"""A row of so many parts is taken for a table's; forms with fewer are read label by label."""
HEAD_REACH = 4.2
"""The head of a column stands at most so many text heights above its first row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a table's row and the words of its column's head, top to bottom."""

    head: tuple[Word, ...]
    words: tuple[Word, ...]

    @property
    def head_text(self) -> str:
        return " ".join(word.text for word in self.head)


@once
def table_cells(page: Page) -> tuple[Cell, ...]:
    """The cells of every row that stands below a head. Columns may be aligned left or centered: both are tried."""
    return tuple(_cells(page))


def _cells(page: Page) -> Iterator[Cell]:
    for row in _rows(page):
        head = _head_words(page, row)
        for is_centered in (False, True):
            for number, part in enumerate(row):
                over = tuple(word for word in head if _column(word, row, is_centered=is_centered) == number)
                if over:
                    yield Cell(over, part.words)


def _rows(page: Page) -> Iterator[tuple[Line, ...]]:
    """Rows of enough parts, of which one holds a digit: heads do not."""
    for row in _printed_rows(page):
        parts = tuple(part for between in between_bars(row) for part in columns(between))
        if len(parts) >= FEWEST_COLUMNS and any(sign.isdigit() for sign in row.text):
            yield parts


@once
def _printed_rows(page: Page) -> list[Line]:
    """The page's lines with those beside each other as one: readers part a row at its columns, or do not."""
    rows: list[list[Word]] = []
    for line in sorted(page.lines, key=lambda line: line.box.center[1]):
        if rows and is_same_row(Line(tuple(rows[-1])).box, line.box):
            rows[-1].extend(line.words)
        else:
            rows.append(list(line.words))
    return [Line(tuple(sorted(words, key=lambda word: word.box.x0))) for words in rows]


def _head_words(page: Page, row: Sequence[Line]) -> tuple[Word, ...]:
    """The words right above a row that has no digits itself, in reading order."""
    top, height = min(part.box.y0 for part in row), max(part.print_height for part in row)
    above = [
        line
        for line in _printed_rows(page)
        if top - HEAD_REACH * height <= line.box.y0
        and line.box.y1 <= top + 0.3 * height
        and not any(sign.isdigit() for sign in line.text)
    ]
    words = (word for line in sorted(above, key=lambda line: line.box.y0) for word in line.words)
    return tuple(word for word in words if any(map(str.isalpha, word.text)) or word.text == "#")


def _column(word: Word, row: Sequence[Line], *, is_centered: bool) -> int:
    """Which part of the row `word` stands over."""
    if is_centered:
        return min(range(len(row)), key=lambda number: abs(row[number].box.center[0] - word.box.center[0]))
    begun = [number for number, part in enumerate(row) if part.box.x0 <= word.box.x0 + 0.4 * word.box.height]
    return begun[-1] if begun else -1
