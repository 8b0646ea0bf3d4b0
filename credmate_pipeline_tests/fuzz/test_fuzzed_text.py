"""Any text on a page gives a result, never an exception, and no field without a place."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.sniff import sniff
from credmate_pipeline.errors import CredmateError
from credmate_pipeline.extraction import values
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.names import compare_names, name_words, split_credentials
from credmate_pipeline.extraction.numbers import find_money, normal_decimal
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.extraction.schedules import find_schedules
from credmate_pipeline.extraction.states import find_address_states, find_states
from credmate_pipeline.journey import understand
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.providers.roster import read_roster
from credmate_pipeline_tests.extraction.printed import reading_of
from credmate_pipeline_tests.fuzz.budget import PATIENCE, tried

pytestmark = pytest.mark.timeout(PATIENCE)

WORDS = (
    *(
        "January",
        "Feb.",
        "31",
        "30th",
        "2025",
        "0000",
        "99/99/9999",
        "13-13-13",
        "two thousand",
        "and",
        "through",
        "to",
    ),
    *("AMA PRA Category 1 Credits™", "AOA", "CEUs", "awarded", "designates", "maximum of", "2.50", "-1", "1e999", "½"),
    *("DEA", "AB1234563", "BX9999999", "SCHEDULES", "2,2N,3", "License No.", "Expires", "Issued", "Texas", "TX", "NPI"),
    *("certifies that", "Jane Q.", "O'Neil-Smith", "MD", "PhD,", "Jr.", "titled", "Total", "Transcript", "Page 1 of"),
    *("American Heart Association", "BLS", "Policy", "$1,000,000", "per claim", "Board of", "Certified", "|", "\u202e"),
    *("ﬁ", "İ", "ß", "٣", "\u0000", "\ud7ff", "𝟙", "—", ":", "....", "(", ")", "\\", "*" * 50, "A" * 300),
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
PAGES = st.lists(st.lists(TEXTS, max_size=25).map("\n".join), min_size=1, max_size=3)
FINDERS = (
    *(find_dates, find_money, find_schedules, find_states, find_address_states, normal_decimal, name_words),
    *(split_credentials, values.dates, values.range_begins, values.terms_begin, values.terms_end, values.money),
    *(values.months_or_dates, values.people, values.codes, values.dea_numbers, values.well_formed_dea_numbers),
)


@tried(150)
@given(TEXTS)
def test_every_finder_takes_any_text(text: str) -> None:
    for find in FINDERS:
        found = find(text)
        if found is not None and not isinstance(found, str):
            list(found)


@tried(100)
@given(TEXTS, TEXTS)
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    assert compare_names(one, other) == compare_names(other, one)


@tried(20)
@given(PAGES)
def test_any_pages_are_understood_and_every_field_has_its_place(pages: list[str]) -> None:
    outcome = understand(reading_of(*pages), Circumstances(date(2026, 3, 2), Limits(), ("Jane Q. Doe",)))
    for item in outcome.extraction.items if outcome.extraction is not None else ():
        for field in item.fields:
            assert field.evidence
            assert all(1 <= place.page <= len(pages) and place.text.strip() for place in field.evidence)


@tried(4)
@given(PAGES)
def test_every_type_reads_any_pages(pages: list[str]) -> None:
    reading = reading_of(*pages)
    for known in document_types():
        for item in known.extract(reading):
            assert all(field.evidence for field in item.fields)


@tried(150)
@given(
    st.binary(max_size=400),
    st.sampled_from((b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\0\0\0\x18ftyp", b"RIFF")),
)
def test_any_bytes_have_a_kind(rest: bytes, start: bytes) -> None:
    kind = sniff(start + rest)
    assert isinstance(kind, MediaType) or kind


@tried(100)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"owner,name\n{text}".encode())))
def test_any_roster_is_read_or_refused(content: bytes) -> None:
    with suppress(CredmateError):
        assert isinstance(read_roster(content), tuple)
