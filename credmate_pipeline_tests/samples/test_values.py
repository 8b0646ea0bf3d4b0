"""Invented values have the shapes and check digits of real ones."""

import re
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.samples import dates, numbers
from credmate_pipeline.samples.people import LAST_NAMES, Person, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS


def test_the_check_digit_is_the_one_of_the_regulation() -> None:
    assert numbers.dea_check_digit("123456") == "3"
    assert numbers.dea_check_digit("614512") == "7"
    assert numbers.dea_check_digit("987654") == "7"


@given(st.integers())
def test_drawn_dea_numbers_hold_and_wrong_ones_do_not(seed: int) -> None:
    rng = Random(seed)
    person = draw_person(rng)
    number = numbers.draw_dea_number(rng, person)
    assert re.fullmatch(r"[BFG][A-Z]\d{7}", number)
    assert number[-1] == numbers.dea_check_digit(number[2:8])
    wrong = numbers.with_wrong_check_digit(number)
    assert wrong[-1] != numbers.dea_check_digit(wrong[2:8])


@pytest.mark.parametrize("last", LAST_NAMES)
def test_the_second_letter_of_a_dea_number_is_of_the_last_name(last: str) -> None:
    number = numbers.draw_dea_number(Random(1), Person("Ada", "", last, "", "PA-C"), is_mid_level=True)
    assert number[0] == "M"
    assert number[1] == last[0].upper()


@given(st.integers(), st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_activity_numbers_and_ecard_codes_carry_their_year(seed: int, day: date) -> None:
    uan = numbers.draw_uan(Random(seed), day)
    assert re.fullmatch(r"\d{4}-(0000|9999)-\d{2}-\d{3}-[LH]\d{2}-P", uan)
    assert uan[10:12] == f"{day:%y}"
    code = numbers.draw_ecard_code(Random(seed), day)
    assert re.fullmatch(r"\d{12}", code)
    assert code[:2] == f"{day:%y}"


SHAPES = {
    "CA": r"[ACG]\d{4,6}",
    "TX": r"[A-Z]\d{4}",
    "FL": r"ME\d{4,7}",
    "OH": r"35\.\d{6}",
    "PA": r"MD\d{6}[A-Z]?",
    "NY": r"\d{6}",
    "WA": r"MD\d{8}",
    "VA": r"0101\d{6}",
    "GA": r"\d{5,6}",
    "MI": r"4301\d{6}",
    "NJ": r"25MA\d{8}",
    "IN": r"01\d{6}A",
}


@pytest.mark.parametrize("place", JURISDICTIONS, ids=lambda place: place.code)
def test_license_numbers_have_the_shape_of_their_state(place) -> None:
    for seed in range(20):
        assert re.fullmatch(SHAPES[place.code], place.draw_number(Random(seed)))


def test_dates_are_printed_the_way_people_print_them() -> None:
    day = date(2024, 3, 22)
    assert dates.month_name(day) == "March 22, 2024"
    assert dates.short_month(day) == "Mar 22, 2024"
    assert dates.ordinal_date(day) == "March 22nd, 2024"
    assert dates.solemn(date(2019, 9, 11)) == "11th day of September, 2019"
    assert dates.in_words(day) == "twenty-second day of March, two thousand twenty-four"
    assert dates.in_words(date(2000, 5, 1)) == "first day of May, two thousand"
    assert dates.in_words(date(1998, 5, 13)) == "thirteenth day of May, nineteen hundred ninety-eight"
    assert dates.day_first(day) == "22 Mar 2024"


def test_a_range_names_its_months_where_they_differ() -> None:
    assert dates.date_range(date(2024, 3, 4), date(2024, 3, 6)) == "March 4–6, 2024"
    assert dates.date_range(date(2024, 3, 30), date(2024, 4, 2)) == "March 30 – April 2, 2024"
    assert dates.date_range(date(2024, 12, 30), date(2025, 1, 2)) == "December 30, 2024 – January 2, 2025"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_month_ends_on_its_last_day(day: date) -> None:
    end = dates.month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (date.fromordinal(end.toordinal() + 1)).day == 1


def test_registers_print_names_in_plain_capitals() -> None:
    person = Person("Zoë", "Q.", "Núñez", "Jr.", "MD")
    assert person.name == "Zoë Q. Núñez Jr."
    assert person.last_first == "NUNEZ, ZOE Q JR"
    assert person.capitals == "ZOE Q. NUNEZ JR."
