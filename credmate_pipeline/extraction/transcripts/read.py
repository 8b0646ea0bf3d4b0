"""Reads a transcript: one item an entry of its tables, with what its head says of all, and the totals it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from credmate_pipeline.extraction.dates import FoundDate
from credmate_pipeline.extraction.fields import Field, Item, PrintedTotal
from credmate_pipeline.extraction.layout import evidence_by_row
from credmate_pipeline.extraction.numbers import canonical
from credmate_pipeline.extraction.transcripts.columns import Column, Role
from credmate_pipeline.extraction.transcripts.entry_fields import (
    CROWDED,
    METHOD,
    Amount,
    amounts_in,
    cell_field,
    dates_in,
    field_of,
    holds_more_than_a_date,
    inherited,
    is_done,
    number_fields,
    title_fields,
    type_of_row,
)
from credmate_pipeline.extraction.transcripts.head import certifies, head_fields, says_transcript, stated_system
from credmate_pipeline.extraction.transcripts.printed_rows import Row
from credmate_pipeline.extraction.transcripts.table import Entry, Section, Table, read_table
from credmate_pipeline.extraction.transcripts.totals import FoundTotal, totals_of
from credmate_pipeline.ocr.reading import Page, Word

TRANSCRIPT_TYPE = "cme_certificate"
"""The document type whose documents may be transcripts."""
_LEAST_ENTRIES = 2
"""A table of one row makes a transcript only where the page calls itself one."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The items of a transcript and what it says they amount to; positions count from its own first item."""

    items: tuple[Item, ...]
    totals: tuple[PrintedTotal, ...]


@dataclass(frozen=True, slots=True)
class _Dates:
    ended: dict[int, tuple[FoundDate, Column]]
    started: dict[int, tuple[FoundDate, Column]]


def read_transcript(pages: Sequence[Page]) -> Transcript | None:
    """The entries of the pages' tables; None where the pages are no transcript."""
    table = read_table(pages)
    if table is None or not any(entry.head.of(Role.TITLE) for entry in table.entries):
        return None
    outside = [row for row, _, _ in table.others]
    if not says_transcript(outside) and (len(table.entries) < _LEAST_ENTRIES or certifies(outside)):
        return None
    done = [position for position, entry in enumerate(table.entries) if is_done(entry)]
    common = _common(table)
    dates = _Dates(dates_in(table.entries, Role.DATE), dates_in(table.entries, Role.START))
    items = tuple(Item(_fields(table.entries[position], position, dates, common)) for position in done)
    positions = {position: at for at, position in enumerate(done)}
    return Transcript(items, tuple(_totals(table, items, positions)))


def _common(table: Table) -> dict[str, Field]:
    """What the rows outside of the table say of every entry."""
    first = table.entries[0].rows[0].page
    own = [row for row, _, _ in table.others if row.page.number <= first.number]
    last = [row for row, entries, _ in table.others if entries == len(table.entries)]
    found = {field.name: field for field in head_fields(own[0].page, _of_page(own, own[0].page))} if own else {}
    if "issuer" not in found and last:
        foot = {field.name: field for field in head_fields(last[-1].page, _of_page(last, last[-1].page))}
        found.update({name: field for name, field in foot.items() if name == "issuer"})
    system = stated_system([row for row, entries, _ in table.others if entries in (0, len(table.entries))])
    return {field.name: inherited(field) for field in (*found.values(), *system)}


def _of_page(rows: Sequence[Row], page: Page) -> list[Row]:
    return [row for row in rows if row.page is page]


def _fields(entry: Entry, position: int, dates: _Dates, common: dict[str, Field]) -> tuple[Field, ...]:
    own = {field.name: field for field in _own_fields(entry, position, dates)}
    merged = {**common, **own}
    return tuple(merged.values())


def _own_fields(entry: Entry, position: int, dates: _Dates) -> Iterator[Field]:
    yield from title_fields(entry)
    yield from cell_field(entry, Role.PROVIDER, "issuer")
    yield from _date_fields(entry, position, dates)
    yield from _credit_fields(entry)
    yield from number_fields(entry)


def _date_fields(entry: Entry, position: int, dates: _Dates) -> Iterator[Field]:
    ended, started = dates.ended.get(position), dates.started.get(position)
    if ended is None and started is not None and not entry.head.of(Role.DATE):
        ended, started = started, None
    if ended is not None:
        date, column = ended
        is_crowded = holds_more_than_a_date(entry.text(column))
        yield from field_of("completion_date", date.value, entry.words(column), 0.97, _method(is_crowded=is_crowded))
        if date.range_start:
            yield from field_of("start_date", date.range_start, entry.words(column), 0.97)
    if started is not None and ended is not None and started[0].value <= ended[0].value:
        yield from field_of("start_date", started[0].value, entry.words(started[1]), 0.97)


def _credit_fields(entry: Entry) -> Iterator[Field]:
    """The entry's credits and their system: its own column's, the number's, the section's."""
    awarded, designated = amounts_in(entry, Role.AWARDED), amounts_in(entry, Role.DESIGNATED)
    typed = type_of_row(entry)
    if awarded:
        first, *further = awarded
        is_crowded = any(other.system == first.system for other in further)
        method = _method(is_crowded=is_crowded)
        yield from field_of("credits_awarded", first.number, first.printed, 0.97, method)
        others = [other for other in further if other.system not in (None, first.system)]
        if others:
            printed = [cell for other in others for cell in other.printed]
            values = tuple(f"{other.system} {other.number}" for other in others)
            yield from field_of("other_credits", values, printed, 0.95)
    if designated:
        yield from field_of("credits_designated", designated[0].number, designated[0].printed, 0.97)
    yield from _type_field(entry, (awarded or designated)[:1], typed)


def _method(*, is_crowded: bool) -> str:
    return f"{METHOD}{CROWDED if is_crowded else ''}"


def _type_field(
    entry: Entry, amounts: Sequence[Amount], typed: tuple[str, Sequence[tuple[Row, tuple[Word, ...]]]] | None
) -> Iterator[Field]:
    if typed is not None:
        yield from field_of("credit_type", typed[0], typed[1], 0.97)
    elif amounts and amounts[0].system is not None:
        yield from field_of("credit_type", amounts[0].system, amounts[0].named, 0.97)
    elif entry.section.system is not None and entry.section.heading is not None:
        heading = entry.section.heading
        yield from field_of("credit_type", entry.section.system, [(heading, heading.words)], 0.95)


# Totals


def _totals(table: Table, items: Sequence[Item], positions: dict[int, int]) -> Iterator[PrintedTotal]:
    """Each printed total with the items it speaks of."""
    summed: set[int] = set()
    for row, before, section in table.others:
        head = table.entries[max(0, min(before, len(table.entries)) - 1)].head
        for found in totals_of(row, head):
            scope = _scope(table, found, before, section, summed)
            speaks_of = tuple(positions[entry] for entry in scope if entry in positions)
            if found.year is not None:
                speaks_of = tuple(at for at in speaks_of if _year(items[at]) == found.year)
            evidence = evidence_by_row(row.page, found.words)[0]
            yield PrintedTotal(found.kind, canonical(found.value), speaks_of, evidence, found.credit_type)


def _scope(table: Table, found: FoundTotal, before: int, section: Section, summed: set[int]) -> Sequence[int]:
    """The entries a total speaks of: its section's where it stands below one, else all."""
    everything = range(len(table.entries))
    if found.year is not None and not found.is_sub:
        return everything
    is_between = 0 < before < len(table.entries)
    own = [at for at in range(before) if table.entries[at].section == section]
    has_sections = len({entry.section.number for entry in table.entries}) > 1
    if found.is_grand or not own:
        return everything
    if found.is_sub or is_between:
        summed.add(section.number)
        return own if has_sections else range(before)
    is_first_of_last = has_sections and bool(summed) and section.number not in summed
    if is_first_of_last:
        summed.add(section.number)
        return own
    return everything


def _year(item: Item) -> str | None:
    day = item.text("completion_date")
    return day[:4] if day else None
