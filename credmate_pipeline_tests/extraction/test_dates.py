"""Dates are found in every form in which they are printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.number_words import month_number

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31))
UP_TO_NINTH = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")
TEENS = ("Tenth", "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth")
TWENTIES = tuple(f"Twenty-{unit}" for unit in UP_TO_NINTH)
ORDINALS = (*UP_TO_NINTH, *TEENS, "Eighteenth", "Nineteenth", "Twentieth", *TWENTIES, "Thirtieth", "Thirty-First")


def values(text: str) -> list[str]:
    return [found.value for found in find_dates(text)]


def suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


WRITTEN = (
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%B} {day.day}{suffix(day.day)}, {day.year}",
    lambda day: f"{day:%b}. {day.day} {day.year}",
    lambda day: f"{day:%B}{day.day},{day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{day.day}-{day:%b}-{day.year}",
    lambda day: f"{day.day:02d}{day:%b}{day.year}".upper(),
    lambda day: f"the {day.day}{suffix(day.day)} day of {day:%B}, {day.year}",
    lambda day: f"{day.day}{suffix(day.day)} Day of {day:%B} In the Year {day.year}",
    lambda day: f"this {ORDINALS[day.day - 1]} day of {day:%B}, {day.year} A.D.",
    lambda day: day.isoformat(),
    lambda day: f"{day:%m/%d/%Y}",
    lambda day: f"{day.month}/{day.day}/{day.year}",
    lambda day: f"{day:%m-%d-%Y}",
    lambda day: f"{day:%m.%d.%Y}",
    lambda day: f"{day:%m/%d/%y}",
    lambda day: f"{day.year} {day:%B} {day.day}",
)


@given(day=DAYS, written=st.sampled_from(WRITTEN))
def test_every_written_form_of_a_date_is_found_again(day, written):
    assert values(f"completed on {written(day)} in Boston") == [day.isoformat()]


@given(day=DAYS, written=st.sampled_from(WRITTEN))
def test_a_found_date_says_where_it_stands(day, written):
    text = f"issued: {written(day)}; thereafter"
    (found,) = find_dates(text)
    assert values(text[found.start : found.end]) == [day.isoformat()]


@given(begin=DAYS, length=st.integers(1, 400))
def test_two_full_dates_joined_by_a_dash_are_one_range(begin, length):
    end = date.fromordinal(begin.toordinal() + length)
    (found,) = find_dates(f"{begin:%m/%d/%Y} - {end:%m/%d/%Y}")
    assert (found.range_start, found.value) == (begin.isoformat(), end.isoformat())


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("March 3-5, 2024", "2024-03-03", "2024-03-05"),
        ("Jan 30 – Feb 2, 2024", "2024-01-30", "2024-02-02"),
        ("3-5 March 2024", "2024-03-03", "2024-03-05"),
        ("30 Jan - 2 Feb 2024", "2024-01-30", "2024-02-02"),
        ("March 3, 4 and 5, 2024", "2024-03-03", "2024-03-05"),
        ("December 30, 2023 through January 2, 2024", "2023-12-30", "2024-01-02"),
        ("03/30-04/02/2024", "2024-03-30", "2024-04-02"),
        ("Jan-Feb 2025", "2025-01", "2025-02"),
    ],
)
def test_a_range_has_a_begin_and_an_end(text, begin, end):
    (found,) = find_dates(text)
    assert (found.range_start, found.value) == (begin, end)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10/2023", "2023-10"),
        ("Dec 2024", "2024-12"),
        ("Dec '24", "2024-12"),
        ("December, 2024", "2024-12"),
        ("Apri1 21, 2O16", "2016-04-21"),
        ("Septernber 4, 2020", "2020-09-04"),
        ("0ctober 12, 2020", "2020-10-12"),
        ("May I2, 2023", "2023-05-12"),
        ("Twenty-First day of March, Two Thousand and Twenty-Four", "2024-03-21"),
        ("June Fifth, Nineteen Ninety-Nine", "1999-06-05"),
        ("12/31/99", "1999-12-31"),
        ("13/02/2024", "2024-02-13"),
    ],
)
def test_months_words_misread_letters_and_other_orders_are_read(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "02/30/2024",
        "February 29, 2023",
        "31 April 2024",
        "13/13/2024",
        "0459-0000-18-012-L01-P",
        "555-123-4567",
        "Copyright 2016",
        "1,000,000",
        "version 1.2.24",
    ],
)
def test_what_is_no_date_is_not_found(text):
    assert values(text) == []


def test_day_and_month_are_ambiguous_only_when_nothing_decides():
    assert find_dates("11/09/2023")[0].is_ambiguous
    assert not find_dates("09/09/2023")[0].is_ambiguous
    assert not find_dates("25/12/2023")[0].is_ambiguous
    first, second = find_dates("from 25/09/2023 and 11/09/2023")
    assert (second.value, second.is_ambiguous) == ("2023-09-11", False)
    assert first.value == "2023-09-25"


def test_two_dates_with_a_label_between_them_stay_two():
    assert values("Issued 01/02/2020 Expires 01/31/2022") == ["2020-01-02", "2022-01-31"]


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text):
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("word", ["marched", "mayor", "novel", "Copyright"])
def test_ordinary_words_name_no_month(word):
    assert month_number(word) is None
