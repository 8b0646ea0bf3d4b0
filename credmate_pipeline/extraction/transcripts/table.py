"""From printed rows to entries: which printed rows make one activity, and under which section it stands.

What the cells say is read in `entry_fields`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.layout import once, text_of
from credmate_pipeline.extraction.transcripts.blocks import Block, blocks_of, usual_space
from credmate_pipeline.extraction.transcripts.columns import Column, Head, Layout, Role, bordered, find_heads
from credmate_pipeline.extraction.transcripts.credit_systems import credit_system
from credmate_pipeline.extraction.transcripts.printed_rows import (
    Row,
    is_next_line,
    is_page_matter,
    parts,
    rows_of,
    running_rows,
)
from credmate_pipeline.extraction.transcripts.totals import is_surely_total, is_total
from credmate_pipeline.ocr.lines import in_rows
from credmate_pipeline.ocr.reading import Page, Word

NUMBER = re.compile(r"(?<![\w.,/-])(?:\d{1,3}[.,]\d{1,3}|[.]\d{1,3}|\d{1,3})(?![\w/-]|[.,]\d)")
_YEAR = re.compile(
    r"^\W*(?:(?:calendar|reporting|fiscal) )?(?:years?|cycle|period)?\W*(?:19|20)\d\d\W*(?:-\W*\d{2,4}\W*)?$", re.I
)
_CREDIT_HEADING = re.compile(
    r"^[^a-z]*(?:\w+ ){0,3}?(?:AMA|AOA|AAFP|AAPA|ANCC|ACPE|AANP|Category|Prescribed|Elective)\b", re.I
)
_HEADING_WORDS = 9
_TEXT_WORDS = 6
_SAME_PLACE = 0.01
_OPEN_RANGE = re.compile(
    r"(?:-\s*$|(?:\s-|[–—]|\bto|\bthrough)\s*(?:\d{1,2}|[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2},?)?)?\s*$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of entries under a heading of their own; the first may have none."""

    heading: Row | None = None
    system: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity: the printed rows it takes, the columns they stand in, its section."""

    head: Head
    section: Section
    rows: tuple[Row, ...]

    def words(self, column: Column) -> tuple[tuple[Row, tuple[Word, ...]], ...]:
        """The words in the column, line by line."""
        found: list[tuple[Row, tuple[Word, ...]]] = []
        for page in {row.page.number: row.page for row in self.rows}.values():
            words = [word for row in self.rows if row.page is page for word in words_in(row, column)]
            found.extend((Row(page, line.words), line.words) for line in in_rows(words))
        return tuple(found)

    def text(self, column: Column) -> str:
        return " ".join(text_of(words) for _, words in self.words(column))


@dataclass(slots=True)
class Table:
    """All entries of a transcript in order, and the printed rows that are none."""

    entries: list[Entry] = field(default_factory=list)
    section: Section = Section()
    others: list[tuple[Row, int, Section]] = field(default_factory=list)
    """A row outside of all entries, how many entries stand before it, and the section it stands in."""

    def put_aside(self, row: Row) -> None:
        self.others.append((row, len(self.entries), self.section))


def words_in(row: Row, column: Column) -> tuple[Word, ...]:
    """The row's words whose middle lies in the column."""
    return tuple(word for word in row.words if column.begin <= word.box.center[0] < column.end)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows of one page that stand below one head, which may be on a page before."""

    head: Head | None
    rows: tuple[Row, ...]
    is_below_head: bool


def read_table(pages: Sequence[Page]) -> Table | None:
    """The entries of all pages' tables; None where no page has a table head of activities."""
    rows_by_page = [rows_of(page) for page in pages]
    heads_by_page = [_heads_of(page) for page in pages]
    if not any(heads_by_page):
        return None
    running = running_rows(rows_by_page)
    kept = [tuple(row for row in rows if not is_page_matter(row, running)) for rows in rows_by_page]
    stretches = list(_stretches(rows_by_page, kept, heads_by_page))
    bordered_heads = list(_bordered(stretches))
    spaces = _spaces(stretches, bordered_heads)
    table = Table()
    for stretch, head in zip(stretches, bordered_heads, strict=True):
        if head is None:
            for row in stretch.rows:
                table.put_aside(row)
        else:
            _read_stretch(table, stretch, head, spaces[head.layout])
    return table


@once
def _heads_of(page: Page) -> tuple[Head, ...]:
    return find_heads(rows_of(page))


@once
def activity_table_head(page: Page) -> tuple[Word, ...]:
    """The words of the page's first table head that tells activities by date and credits; none where it has none."""
    for head in _heads_of(page):
        if head.of(Role.DATE, Role.START):
            return tuple(word for column in head.columns for row in column.printed for word in row.words)
    return ()


def _stretches(
    rows_by_page: Sequence[Sequence[Row]], kept: Sequence[Sequence[Row]], heads_by_page: Sequence[Sequence[Head]]
) -> Iterator[_Stretch]:
    """The rows from one head to the next; what stands before a page's first head goes on with the head before it."""
    current: Head | None = None
    for rows, own, heads in zip(rows_by_page, kept, heads_by_page, strict=True):
        firsts = [*(head.first for head in heads), len(rows)]
        yield _Stretch(current, _among(own, rows[: firsts[0]]), is_below_head=False)
        for head, end in zip(heads, firsts[1:], strict=True):
            yield _Stretch(head, _among(own, rows[head.last + 1 : end]), is_below_head=True)
            current = head


def _among(own: Sequence[Row], rows: Sequence[Row]) -> tuple[Row, ...]:
    allowed = {id(row) for row in own}
    return tuple(row for row in rows if id(row) in allowed)


def _bordered(stretches: Sequence[_Stretch]) -> Iterator[Head | None]:
    """The heads with their columns' borders. Rows below all heads that stand alike show better where columns part."""
    known: list[tuple[Head, Head]] = []
    for one in stretches:
        if one.head is None:
            yield None
            continue
        found = next((found for head, found in known if _is_at_same_place(head, one.head)), None)
        if found is None:
            found = bordered(one.head, _alike(one.head, stretches))
            known.append((one.head, found))
        yield found


def _alike(head: Head, stretches: Sequence[_Stretch]) -> Iterator[Row]:
    for other in stretches:
        if other.head is not None and other.is_below_head and _is_at_same_place(head, other.head):
            yield from (row for run in _runs(other.rows, head) for row in run)


def _is_at_same_place(one: Head, other: Head) -> bool:
    if one.layout != other.layout:
        return False
    return all(abs(a.begin - b.begin) < _SAME_PLACE for a, b in zip(one.columns, other.columns, strict=True))


def _spaces(stretches: Sequence[_Stretch], heads: Sequence[Head | None]) -> dict[Layout, float]:
    """By the layout of the columns, the space that parts entries."""
    runs: dict[Layout, list[tuple[Row, ...]]] = {}
    counts: dict[tuple[int, ...], tuple[int, bool]] = {}
    for stretch, head in zip(stretches, heads, strict=True):
        if head is not None:
            runs.setdefault(head.layout, []).extend(_runs(stretch.rows, head))
    of_layout = {head.layout: head for head in heads if head is not None}

    def entries(head: Head, block: Block) -> tuple[int, bool]:
        key = tuple(map(id, block))
        if key not in counts:
            counts[key] = _entries(head, block)
        return counts[key]

    return {layout: usual_space(own, partial(entries, of_layout[layout])) for layout, own in runs.items()}


def _entries(head: Head, block: Block) -> tuple[int, bool]:
    """How many entries the block seems to hold, and whether it has all an entry has. A date may take several lines,
    and so may credits, so the fewer of both count."""
    columns = head.of(Role.DATE, Role.START)
    dates = max((len(find_dates(_text(block, column))) for column in columns), default=0)
    amounts = sum(sign.has_amount for sign in signs_in(head, block))
    return min(filter(None, (dates, amounts)), default=0), dates > 0 and amounts > 0


def _text(block: Block, column: Column) -> str:
    return " ".join(text_of(words_in(row, column)) for row in block)


def _runs(rows: Sequence[Row], head: Head) -> Iterator[tuple[Row, ...]]:
    """The rows between totals and headings."""
    run: list[Row] = []
    for row, kind in zip(rows, kinds_of(head, rows), strict=True):
        if kind is not None:
            yield tuple(run)
            run = []
        else:
            run.append(row)
    yield tuple(run)


def _read_stretch(table: Table, stretch: _Stretch, head: Head, space: float) -> None:
    """Adds the entries of the stretch's rows, and what stands between them."""
    run: list[Row] = []
    may_go_on, is_below_text = not stretch.is_below_head, False
    for row, kind in zip(stretch.rows, kinds_of(head, stretch.rows), strict=True):
        if kind is None:
            run.append(row)
            continue
        _read_run(table, head, run, space, may_go_on=may_go_on, is_below_text=is_below_text)
        run, may_go_on = [], False
        is_below_text |= kind == "text"
        if kind == "section":
            table.section = Section(row, credit_system(row.text), table.section.number + 1)
        table.put_aside(row)
    _read_run(table, head, run, space, may_go_on=may_go_on, is_below_text=is_below_text)


def _read_run(
    table: Table, head: Head, run: Sequence[Row], space: float, *, may_go_on: bool, is_below_text: bool
) -> None:
    """An entry a block. A block of no date and no credits ends the entry before it, or is one that cannot be read;
    below running text, where tables end, it is neither, nor is a block of only one of the two."""
    signs = {id(row): sign for row, sign in zip(run, signs_in(head, run), strict=True)}
    has_entries = any(sign.has_date or sign.has_amount for sign in signs.values())
    for number, block in enumerate(blocks_of(run, space)):
        own = [signs[id(row)] for row in block]
        begun = beginnings(own)
        if is_below_text and not (any(sign.has_date for sign in own) and any(sign.has_amount for sign in own)):
            for row in block:
                table.put_aside(row)
        elif begun:
            for part in _parted(block, begun):
                table.entries.append(Entry(head, table.section, part))
        elif not has_entries or (number == 0 and may_go_on and not _goes_on(table, head, block)):
            for row in block:
                table.put_aside(row)
        elif table.entries and not _is_entry_alone(head, block):
            last = table.entries[-1]
            table.entries[-1] = Entry(last.head, last.section, (*last.rows, *block))
        else:
            table.entries.append(Entry(head, table.section, block))


def _goes_on(table: Table, head: Head, block: Block) -> bool:
    """Whether a block at the top of a page completes the entry at the foot of the page before: it stands in one
    column of text."""
    columns = head.of(Role.TITLE, Role.PROVIDER)
    return bool(table.entries) and any(
        all(len(words_in(row, column)) == len(row.words) for row in block) for column in columns
    )


def _is_entry_alone(head: Head, block: Block) -> bool:
    """Whether a block without date and credits has words in two columns at least."""
    return sum(any(words_in(row, column) for row in block) for column in head.columns) > 1


def _parted(block: Block, beginnings: Sequence[int]) -> Iterator[tuple[Row, ...]]:
    """The block cut where entries begin: rows above the first belong to it, all others to the one above them."""
    ends = [*beginnings[1:], len(block)]
    for number, (begin, end) in enumerate(zip(beginnings, ends, strict=True)):
        yield block[0 if number == 0 else begin : end]


@dataclass(frozen=True, slots=True)
class Signs:
    """What of an entry's beginning a row has."""

    has_date: bool
    """Whether a date stands in a column of dates that does not end the range the row above begins."""
    has_amount: bool


def signs_in(head: Head, rows: Sequence[Row]) -> list[Signs]:
    """The signs of rows that stand one below the other."""
    found: list[Signs] = []
    is_open = False
    for row in rows:
        dates = [text_of(words_in(row, column)) for column in head.of(Role.DATE, Role.START)]
        amounts = [text_of(words_in(row, column)) for column in head.of(Role.AWARDED, Role.DESIGNATED)]
        has_date = any(map(find_dates, dates))
        found.append(Signs(has_date and not is_open, any(map(_has_amount, amounts))))
        is_open = any(map(_OPEN_RANGE.search, dates))
    return found


def beginnings(signs: Sequence[Signs]) -> tuple[int, ...]:
    """Which rows of a block begin an entry. Dates and credits may each take more than one line of one entry, so the
    fewer decide."""
    dated = [at for at, sign in enumerate(signs) if sign.has_date]
    counted = [at for at, sign in enumerate(signs) if sign.has_amount]
    return tuple(min(filter(None, (dated, counted)), key=len, default=[]))


def _has_amount(text: str) -> bool:
    """Whether a cell holds a number that is not part of a name such as `Category 1`."""
    match = NUMBER.search(text)
    return match is not None and (credit_system(text) is None or re.match(r"\W*\d", text) is not None)


def kinds_of(head: Head, rows: Sequence[Row]) -> list[str | None]:
    """`total`, `section` or `text` for each row that is no part of an entry, else None."""
    kinds: list[str | None] = []
    for above, row in zip([None, *rows], rows, strict=False):
        is_apart = above is None or kinds[-1] is not None or not is_next_line(above, row)
        reads_on = above is not None and kinds[-1] == "text" and is_next_line(above, row)
        if _is_text(head, row) or (reads_on and signs_in(head, [row]) == [Signs(False, False)]):
            kinds.append("text")
        elif is_surely_total(row.text) or (is_total(row.text) and not _is_full(head, row)):
            kinds.append("total")
        else:
            kinds.append("section" if is_apart and _is_heading(row, head) else None)
    return kinds


def _is_text(head: Head, row: Row) -> bool:
    """Whether the row is a line of running text, which stands in no column."""
    if is_total(row.text):
        return False
    borders = [column.end for column in head.columns[:-1]]
    crossed = [sum(part.box.x0 < border < part.box.x1 for border in borders) for part in parts(row)]
    return max(crossed) > 1 or (len(crossed) == 1 and crossed[0] == 1 and len(row.words) >= _TEXT_WORDS)


def _is_full(head: Head, row: Row) -> bool:
    """Whether the row has all an entry has: the title of an activity may speak of a total."""
    has_date = any(find_dates(text_of(words_in(row, column))) for column in head.of(Role.DATE, Role.START))
    return has_date and any(words_in(row, column) for column in head.of(Role.TITLE))


def _is_heading(row: Row, head: Head) -> bool:
    """Whether the row names a year or a credit system and nothing else: the heading of a section."""
    if len(parts(row, 3.0)) > 1 or len(row.words) > _HEADING_WORDS:
        return False
    if _YEAR.match(row.text):
        return True
    covers = [column for column in head.columns if words_in(row, column)]
    is_cell = len(covers) == 1 and covers[0].role in (Role.TYPE, Role.AWARDED, Role.DESIGNATED)
    return credit_system(row.text) is not None and not is_cell and bool(_CREDIT_HEADING.search(row.text))
