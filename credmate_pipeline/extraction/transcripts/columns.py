"""A table's head and its columns: what each holds, and from where to where on the page it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.spelling import restored, vocabulary
from credmate_pipeline.extraction.transcripts.credit_systems import credit_system
from credmate_pipeline.extraction.transcripts.printed_rows import Row, is_next_line, parts
from credmate_pipeline.ocr.lines import in_rows
from credmate_pipeline.ocr.reading import Line, Page, Word


class Role(StrEnum):
    """What a column holds."""

    DATE = "date"
    START = "start"
    TITLE = "title"
    AWARDED = "awarded"
    DESIGNATED = "designated"
    TYPE = "type"
    PROVIDER = "provider"
    CERTIFICATE = "certificate"
    UAN = "uan"
    STATUS = "status"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column between two places of the page, in fractions of its width."""

    role: Role
    head: str
    begin: float
    end: float
    system: str | None = None
    """Of a credit column, the system its head names."""
    printed: tuple[Row, ...] = ()
    """The head's words, line by line."""


Layout = tuple[tuple[Role, str | None], ...]
"""The roles of a table's columns from left to right, and the credit systems they name."""


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head: its columns from left to right, and the rows of the page it takes."""

    columns: tuple[Column, ...]
    first: int
    last: int

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of these roles."""
        return tuple(column for column in self.columns if column.role in roles)

    @property
    def layout(self) -> Layout:
        return tuple((column.role, column.system) for column in self.columns)


@dataclass(frozen=True, slots=True)
class _Cell:
    page: Page
    words: tuple[Word, ...]

    @property
    def begin(self) -> float:
        return min(word.box.x0 for word in self.words)

    @property
    def end(self) -> float:
        return max(word.box.x1 for word in self.words)


_ROLES = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.OTHER, r"\b(?:expir\w+|reported|entered|uploaded|release|due|cumulative|running|balance|remaining)\b"),
        (Role.OTHER, r"\b(?:format|location|city|score|grade|notes?|comments?|speaker|faculty|method)\b"),
        (Role.OTHER, r"\b(?:activity|course|learning|event|delivery) type\b|^(?:#|no\.?|row|item|line)$"),
        (Role.UAN, r"\bUAN\b|\buniversal\b|\bACPE ?(?:no\b|number|#|id\b)"),
        (Role.CERTIFICATE, r"\bcert\w*\.? ?(?:id|no\b|number|#|code)|\bconfirmation\b"),
        (Role.OTHER, r"\b(?:id|number|no|code)\b|#"),
        (Role.STATUS, r"\bstatus\b|\bresult\b|^completed\?$"),
        (Role.START, r"\b(?:start|begin|began|from)\w*\b"),
        (Role.DATE, r"\bdates?\b|\bcompleted(?: on)?$|\bcompletion$|^(?:on|day|when|end|ended|attended|earned on)$"),
        (Role.TYPE, r"\btype\b|^(?:credit )?categor(?:y|ies)$|\bdesignation\b|^credit system$|^accreditation$"),
        (
            Role.DESIGNATED,
            r"\b(?:available|max\w*|possible|offered|designated|approved|value)\b.*\b(?:credits?|hours?|points?)\b"
            r"|\b(?:credits?|hours?|hrs|points?)\b.*\b(?:available|max\w*|possible|offered|designated|approved|value)\b"
            r"|^(?:available|maximum|max\.?|offered|possible|designated)$",
        ),
        (
            Role.AWARDED,
            r"\bcredits?\b|\bhours?\b|\bhrs\b|\bCEUs?\b|\bCEHs?\b|\bCPEUs?\b|\bpoints?\b|\bunits?\b|\bamount\b"
            r"|^(?:claimed|earned|awarded)$",
        ),
        (
            Role.PROVIDER,
            r"\bprovider\b|\bsponsor\w*\b|\bissu(?:er|ed by|ing)\b|\borgani[sz]\w+\b|\binstitution\b|\bhost\w*\b"
            r"|\b(?:provided|offered|accredited|presented) by\b|\bschool\b",
        ),
        (
            Role.TITLE,
            r"\bactivit(?:y|ies)\b|\btitles?\b|\bcourses?\b|\bprograms?\b|\bevents?\b|\bsessions?\b|\bdescription\b"
            r"|\btopics?\b|\bpresentations?\b|\bofferings?\b|\bname\b",
        ),
    )
)
_WORDS = vocabulary(pattern.pattern for _, pattern in _ROLES) | vocabulary(
    ("category credits activity provider sponsor completed completion maximum available prescribed elective",)
)
_DATE_WORD = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|to|thru|through|until|and|\d{1,2}(?:st|nd|rd|th)",
    re.IGNORECASE,
)
_OF_CREDITS = (Role.AWARDED, Role.DESIGNATED)
_COLUMNS_AT_LEAST = 3
_HEAD_WORDS = 9
"""A head's cell has at most so many words."""
_HEAD_ROWS = 7
_STEPS = 400
"""Places on the width of the page at which a border between columns may lie."""


def find_heads(rows: Sequence[Row]) -> tuple[Head, ...]:
    """Every table head on the page whose columns tell credits, and a title or a date; as printed, without borders."""
    heads: list[Head] = []
    cut = [parts(row) for row in rows]
    at = 0
    while at < len(rows):
        head = _head_at(rows, cut, at)
        if head is None:
            at += 1
        else:
            heads.append(head)
            at = head.last + 1
    return tuple(heads)


def _head_at(rows: Sequence[Row], cut: Sequence[Sequence[Line]], at: int) -> Head | None:
    """The head that begins with row `at`: as many of the next rows as make it better. `cut` has the rows' parts."""
    best: tuple[int, Head] | None = None
    for last in range(at, min(at + _HEAD_ROWS, len(rows))):
        if not _may_belong(rows, cut, at, last):
            break
        cells = _cells(rows[at].page, cut[at : last + 1])
        if len(cells) < _COLUMNS_AT_LEAST:
            continue
        columns = tuple(_column(cell) for cell in cells)
        worth = _worth(columns)
        if worth and (best is None or worth >= best[0]):
            best = (worth, Head(columns, at, last))
    return best[1] if best else None


def _may_belong(rows: Sequence[Row], cut: Sequence[Sequence[Line]], at: int, last: int) -> bool:
    if max(len(part.words) for part in cut[last]) > _HEAD_WORDS:
        return False
    text = rows[last].text
    if re.search(r"\d\.\d|:\s", text) or find_dates(text):
        return False
    return last == at or (is_next_line(rows[last - 1], rows[last]) and not _bridges(cut[at : last + 1]))


def _bridges(cut: Sequence[Sequence[Line]]) -> bool:
    """Whether a part of one row stands over two parts of another: it is a line of text and no cell."""
    return any(
        sum(other.box.x0 < part.box.x1 and part.box.x0 < other.box.x1 for other in others) > 1
        for own in cut
        for part in own
        for others in cut
        if others is not own
    )


def _cells(page: Page, cut: Sequence[Sequence[Line]]) -> tuple[_Cell, ...]:
    """The words of all rows in cells: what overlaps from above to below is one cell."""
    cells: list[_Cell] = []
    for part in sorted((part for row in cut for part in row), key=lambda part: part.box.x0):
        if cells and part.box.x0 < cells[-1].end:
            cells[-1] = _Cell(page, (*cells[-1].words, *part.words))
        else:
            cells.append(_Cell(page, part.words))
    return tuple(cells)


def _column(cell: _Cell) -> Column:
    lines = in_rows(cell.words)
    text = " ".join(restored(word.text, _WORDS) for line in lines for word in line.words).strip(" :")
    role = next((role for role, pattern in _ROLES if pattern.search(text)), Role.OTHER)
    system = credit_system(text)
    if system is not None and role in (Role.OTHER, Role.DATE):
        role = Role.AWARDED
    printed = tuple(Row(cell.page, line.words) for line in lines)
    return Column(role, text, cell.begin, cell.end, system if role in _OF_CREDITS else None, printed)


def _worth(columns: Sequence[Column]) -> int:
    """How many columns are understood; 0 where they do not make the head of a table of activities."""
    roles = {column.role for column in columns}
    if Role.AWARDED not in roles or not {Role.TITLE, Role.DATE} & roles:
        return 0
    known = sum(column.role is not Role.OTHER for column in columns)
    return 10 * known - sum(len(column.head.split()) > 6 for column in columns) if 2 * known > len(columns) else 0


def bordered(head: Head, rows: Iterable[Row]) -> Head:
    """The head whose columns' borders are where the fewest words of `rows`, the rows below it, stand, and beside their
    dates."""
    own = list(rows)
    covered = [0] * (_STEPS + 1)
    for row in own:
        for word in row.words:
            for step in range(int(word.box.x0 * _STEPS), min(_STEPS, int(word.box.x1 * _STEPS)) + 1):
                covered[step] += 1
    borders = [0.0, *(_border(left, right, covered) for left, right in pairwise(head.columns)), 1.0]
    for number, column in enumerate(head.columns):
        if column.role in (Role.DATE, Role.START):
            _set_beside_dates(borders, number, own)
    columns = tuple(
        replace(column, begin=begin, end=end)
        for column, (begin, end) in zip(head.columns, pairwise(borders), strict=True)
    )
    return Head(columns, head.first, head.last)


def _set_beside_dates(borders: list[float], number: int, rows: Sequence[Row]) -> None:
    """Moves the borders of a column of dates where other words than dates stand in it."""
    begin, end = borders[number], borders[number + 1]
    left, right, others = 1.0, 0.0, []
    for row in rows:
        words = [word for word in row.words if begin <= word.box.center[0] < end]
        dated = _dated(words)
        if dated:
            left, right = min(left, dated[0].box.x0), max(right, dated[-1].box.x1)
            apart = (word for word in words if word.box.x1 < dated[0].box.x0 or word.box.x0 > dated[-1].box.x1)
            others.extend(word for word in apart if not _may_be_of_a_date(word.text))
    before = [word for word in others if word.box.center[0] < left]
    if before and number:
        borders[number] = (max(word.box.x1 for word in before) + left) / 2
    after = [word for word in others if word.box.center[0] > right]
    if after and number + 2 < len(borders):
        borders[number + 1] = (min(word.box.x0 for word in after) + right) / 2


def _may_be_of_a_date(text: str) -> bool:
    """Whether a word is a part of a date that reads on in the next line: a month, a day, a dash."""
    return not re.search(r"[A-Za-z]{2}", text) or bool(_DATE_WORD.fullmatch(text.strip(".,")))


def _dated(words: Sequence[Word]) -> list[Word]:
    """The words of the dates among `words` of one row."""
    text = " ".join(word.text for word in words)
    dates = find_dates(text)
    if not dates:
        return []
    starts = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    begin, end = dates[0].start, dates[-1].end
    return [word for word, at in zip(words, starts, strict=False) if at < end and at + len(word.text) > begin]


def _border(left: Column, right: Column, covered: Sequence[int]) -> float:
    """The middle of the gap between two columns that fewest words cross: the one in which the right head begins, else
    the one nearest to it of the wide ones."""
    begin = int((left.begin + (left.end - left.begin) * 0.3) * _STEPS)
    end = int((right.begin + (right.end - right.begin) * 0.7) * _STEPS)
    span = range(begin, max(end, begin) + 1)
    least = min(covered[step] for step in span)
    gaps: list[list[int]] = []
    for step in span:
        if covered[step] > least:
            continue
        if gaps and gaps[-1][-1] == step - 1:
            gaps[-1].append(step)
        else:
            gaps.append([step])
    before_head = int(right.begin * _STEPS) - 1
    chosen = next((gap for gap in gaps if gap[0] <= before_head <= gap[-1]), None)
    widest = max(map(len, gaps))
    chosen = chosen or max((gap for gap in gaps if 2 * len(gap) >= widest), key=lambda gap: gap[-1])
    return (chosen[0] + chosen[-1]) / 2 / _STEPS
