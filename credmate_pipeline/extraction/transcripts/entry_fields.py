"""What the cells of one entry say, as fields with the place each is printed at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined
from credmate_pipeline.extraction.cme.identifiers import find_topics
from credmate_pipeline.extraction.dates import FoundDate, find_dates
from credmate_pipeline.extraction.fields import Field, FieldValue
from credmate_pipeline.extraction.layout import evidence_by_row, text_of, trimmed, words_confidence
from credmate_pipeline.extraction.numbers import canonical
from credmate_pipeline.extraction.spelling import plain_quotes
from credmate_pipeline.extraction.transcripts.columns import Column, Role
from credmate_pipeline.extraction.transcripts.credit_systems import credit_system
from credmate_pipeline.extraction.transcripts.printed_rows import Row, page_of
from credmate_pipeline.extraction.transcripts.table import NUMBER, Entry
from credmate_pipeline.ocr.reading import Word

Printed = Sequence[tuple[Row, tuple[Word, ...]]]
"""Words row by row, perhaps of two pages."""

_IN_COLUMN = 0.97
_INHERITED = 0.97
METHOD = "rules:transcript-row"
_UAN = re.compile(r"\b\d{4}-\d{3,4}-\d\d-\d{3}-[LHBJ]\d\d-[PT]\b")
_CODE = re.compile(r"(?=\S*\d)[A-Za-z0-9][\w./-]{2,}")
_SUB_LINE = re.compile(
    r"^\W*(?:provider|sponsor|provided by|location|format|activity type|type|speaker|presented by|faculty)\s*:", re.I
)
_PROVIDER_LINE = re.compile(r"^\W*(?:accredited )?(?:provider|sponsor|provided by|sponsored by)\s*:\s*", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"\b(?:in progress|incomplete|not complet\w+|registered|enrolled|withdrawn|cancel\w+|not started|failed|no show)\b",
    re.I,
)
_DATE_WORDS = re.compile(r"\b(?:through|until|thru|completed|from)\b", re.IGNORECASE)
CROWDED = "+crowded"
"""At the end of a field's method: the row's cell holds more than one activity's value."""
_MOST_CREDITS = Decimal(400)


@dataclass(frozen=True, slots=True)
class Amount:
    """Credits in one cell, and their system where the cell or its column's head names it."""

    number: str
    system: str | None
    printed: tuple[tuple[Row, tuple[Word, ...]], ...]
    named: tuple[tuple[Row, tuple[Word, ...]], ...]
    """Where the system is printed."""


def is_done(entry: Entry) -> bool:
    """Whether the entry is an activity that was done; a status column may say it was not."""
    return not any(_NOT_DONE.search(entry.text(column)) for column in entry.head.of(Role.STATUS))


def dates_in(entries: Sequence[Entry], role: Role) -> dict[int, tuple[FoundDate, Column]]:
    """By the entries' positions, the first date in columns of that role; all of a column together tell whether the
    day or the month comes first."""
    found: dict[int, tuple[FoundDate, Column]] = {}
    texts = [[(column, entry.text(column)) for column in entry.head.of(role)] for entry in entries]
    together = "\n".join(text for cells in texts for _, text in cells)
    starts, at = [], 0
    for position, cells in enumerate(texts):
        for column, text in cells:
            starts.append((at, at + len(text), position, column))
            at += len(text) + 1
    dates = iter(find_dates(together))
    date = next(dates, None)
    for begin, end, position, column in starts:
        while date is not None and date.start < begin:
            date = next(dates, None)
        if date is not None and date.end <= end and position not in found:
            found[position] = (date, column)
    return found


def holds_more_than_a_date(text: str) -> bool:
    """Whether a cell of dates holds a second date that makes no range with the first, or other words."""
    dates = find_dates(text)
    rest = text
    for date in reversed(dates):
        rest = f"{rest[: date.start]} {rest[date.end :]}"
    return len(dates) > 1 or bool(re.search(r"[A-Za-z]{4}", _DATE_WORDS.sub("", rest)))


def title_fields(entry: Entry) -> Iterator[Field]:
    """The activity's title, the topics it speaks of, and a provider printed below it in the same cell."""
    printed = [cell for column in entry.head.of(Role.TITLE)[:1] for cell in entry.words(column)]
    kept = [(row, words) for row, words in printed if not _SUB_LINE.match(text_of(words))]
    for row, words in printed:
        match = _PROVIDER_LINE.match(text_of(words))
        if match:
            rest = words[len(match.group().split()) :]
            yield from field_of("issuer", plain_quotes(text_of(rest)), [(row, rest)], _IN_COLUMN)
    bare = [(row, trimmed(words, " •*|-–_;,")) for row, words in kept]
    bare = [(row, words) for row, words in bare if words]
    title = joined([word for _, words in bare for word in words], [words for _, words in bare])
    if re.search(r"[A-Za-z]{2}", title):
        yield from field_of("activity_title", plain_quotes(title), bare, _IN_COLUMN)
        yield from _topics(bare)


def _topics(printed: Printed) -> Iterator[Field]:
    row = printed[0][0]
    words = tuple(word for other, cell in printed if other.page is row.page for word in cell)
    found = find_topics(
        CertificatePage(page_of(row.page, [words])), Candidate(text_of(words), words, _IN_COLUMN, "title")
    )
    if found is not None:
        yield found.field("topics", row.page)


def amounts_in(entry: Entry, role: Role) -> tuple[Amount, ...]:
    """The credits in columns of that role, line by line; zeros and dashes are none."""
    found = []
    for column in entry.head.of(role):
        for row, words in entry.words(column):
            text = text_of(words)
            system = credit_system(text)
            cell = ((row, words),)
            named = cell if system else tuple((line, line.words) for line in column.printed)
            found.extend(Amount(number, system or column.system, cell, named) for number in _numbers(text, system))
    return tuple(found)


def _numbers(text: str, system: str | None) -> Iterator[str]:
    """The credits in one line of a cell; the 1 of `Category 1` is none."""
    for match in NUMBER.finditer(text):
        if system is None or not _is_in_name(text, match):
            number = Decimal(match.group().replace(",", "."))
            if 0 < number <= _MOST_CREDITS:
                yield canonical(number)


def _is_in_name(text: str, number: re.Match[str]) -> bool:
    """Whether the number is the 1 of `Category 1`."""
    return re.search(r"(?:cat(?:egory|\.)?|aoa|ama|pra)\s*$", text[: number.start()], re.IGNORECASE) is not None


def cell_field(entry: Entry, role: Role, name: str, pattern: re.Pattern[str] | None = None) -> Iterator[Field]:
    """A cell's text as it stands, or what of it matches `pattern`."""
    for column in entry.head.of(role)[:1]:
        printed = entry.words(column)
        text = joined([word for _, words in printed for word in words], [words for _, words in printed])
        match = pattern.search(text) if pattern else None
        value = match.group() if match else "" if pattern else text.strip(" -–•*|")
        if len(value) > 1:
            yield from field_of(name, plain_quotes(value), printed, _IN_COLUMN)


def number_fields(entry: Entry) -> Iterator[Field]:
    """The certificate's number and the ACPE number, where columns hold them."""
    yield from cell_field(entry, Role.CERTIFICATE, "certificate_number", _CODE)
    yield from cell_field(entry, Role.UAN, "acpe_uan", _UAN)


def type_of_row(entry: Entry) -> tuple[str, Printed] | None:
    """The credit system the entry's own type column names."""
    for column in entry.head.of(Role.TYPE):
        printed = entry.words(column)
        system = credit_system(" ".join(text_of(words) for _, words in printed))
        if system is not None:
            return system, printed
    return None


def field_of(name: str, value: FieldValue, printed: Printed, factor: float, method: str = METHOD) -> Iterator[Field]:
    """The field printed in these words, whichever pages they stand on; none where nothing is printed."""
    words = [word for _, cell in printed for word in cell]
    if not words or not value:
        return
    yield Field(
        name=name,
        value=value,
        content=text_of(words),
        confidence=min(1.0, words_confidence(words) * factor),
        evidence=tuple(place for row, cell in printed for place in evidence_by_row(row.page, cell)),
        method=method,
    )


def inherited(field: Field) -> Field:
    """A field of the document's head, as each entry has it."""
    return Field(
        field.name, field.value, field.content, field.confidence * _INHERITED, field.evidence, "rules:transcript-head"
    )
