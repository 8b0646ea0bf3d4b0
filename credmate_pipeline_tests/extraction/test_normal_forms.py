"""Numbers, states, DEA numbers and schedules have one normal form each."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.dea_number import SHAPE, check_digit_holds, repaired, split_number
from credmate_pipeline.extraction.numbers import canonical, normal_decimal, normal_money
from credmate_pipeline.extraction.schedules import ORDER, find_schedules
from credmate_pipeline.extraction.states import STATE_NAMES, find_address_states, find_states, normal_state
from credmate_pipeline.extraction.values import codes, dates, months_or_dates


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("1.50", "1.5"),
        ("1,000,000", "1000000"),
        (".75", "0.75"),
        ("15", "15"),
        ("100", "100"),
        ("0.0", "0"),
        ("x", None),
    ],
)
def test_decimals_have_one_text(printed, normal):
    assert normal_decimal(printed) == normal


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_normalizing_a_decimal_twice_changes_nothing(number):
    once = normal_decimal(f"{number:f}")
    assert once is not None
    assert normal_decimal(once) == once
    assert Decimal(once) == number


@given(st.integers(0, 10**7), st.integers(0, 4))
def test_equal_numbers_have_equal_text(number, zeros):
    assert canonical(Decimal(f"{number}.{'0' * zeros}" if zeros else f"{number}")) == str(number)


@pytest.mark.parametrize("printed", ["$1,000,000", "$1M", "$ 1 Million", "1,000,000.00", "USD 1,000,000"])
def test_money_is_dollars(printed):
    assert normal_money(printed) == "1000000"


@pytest.mark.parametrize("code", STATE_NAMES)
def test_every_state_is_known_by_name_and_code(code):
    name = STATE_NAMES[code]
    assert normal_state(code) == normal_state(name.upper()) == code
    assert [found[2] for found in find_states(f"Board of {name}")] == [code]
    assert [found[2] for found in find_address_states(f"Springfield, {code} 62701")] == [code]


def test_west_virginia_is_not_virginia():
    assert [found[2] for found in find_states("West Virginia")] == ["WV"]


@pytest.mark.parametrize(
    "number", ["AB1234563", "BR3456781", "F91234563", "BJ6145127", "FM9876547", "G91122338", "MS0000000"]
)
def test_worked_examples_pass_the_dea_check_digit(number):
    assert check_digit_holds(number)


def test_a_wrong_check_digit_fails():
    assert not check_digit_holds("BR3456789")


@given(st.from_regex(r"[ABFGM][A-Z9]\d{6}", fullmatch=True), st.sampled_from([0, 2, 4, 6]), st.integers(1, 9))
def test_a_wrong_digit_in_an_odd_place_is_always_caught(head, place, shift):
    number = with_check_digit(head)
    digit = (int(number[2 + place]) + shift) % 10
    assert not check_digit_holds(f"{number[: 2 + place]}{digit}{number[3 + place :]}")


def with_check_digit(head: str) -> str:
    return next(f"{head}{digit}" for digit in range(10) if check_digit_holds(f"{head}{digit}"))


@given(st.from_regex(r"[ABFGMPR][A-Z9]\d{7}", fullmatch=True))
def test_a_well_shaped_number_is_never_repaired(number):
    assert SHAPE.fullmatch(number)
    assert repaired(number) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [("BJ6I45127", "BJ6145127"), ("8J6145127", "BJ6145127"), ("BJ614S127", "BJ6145127"), ("BJ6145I29", None)],
)
def test_letters_taken_for_digits_are_repaired_only_if_the_check_digit_then_holds(printed, number):
    assert repaired(printed) == number


def test_an_institutions_suffix_is_kept_apart():
    assert split_number("AB1234563-012") == ("AB1234563", "012")


@given(st.sets(st.sampled_from(ORDER), min_size=1).map(lambda chosen: tuple(sorted(chosen))))
def test_lists_of_schedules_are_read_in_order(schedules):
    for separator in (",", ", ", " ", "/"):
        found = [values for _, _, values in find_schedules(separator.join(schedules))]
        assert found == [schedules]


@pytest.mark.parametrize(
    "printed", ["II, IIN, III, IIIN, IV, V", "II, TIN, Ill, HIN, IV, V", "22N33N45", "2,2N,3,3N,4,S"]
)
def test_roman_misread_and_crowded_schedules_are_read(printed):
    assert [values for _, _, values in find_schedules(printed)] == [("2", "2N", "3", "3N", "4", "5")]


@pytest.mark.parametrize("printed", ["2, 2N, 3Z, 4", "I, HIN, Il, HIN, IV, V", "5, 2", "02 ONS NAR"])
def test_a_torn_list_of_schedules_is_not_believed(printed):
    assert list(find_schedules(printed)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 123456", ["A 123456"]),
        ("35.123456 exp. 05/01/2027", ["35.123456"]),
        ("C1-0012345", ["C1-0012345"]),
        ("call (555) 123-4567", []),
        ("$1,000,000", []),
        ("PL 778-12345", ["PL 778-12345"]),
        ("Pending", []),
    ],
)
def test_numbers_of_licenses_and_policies_are_told_from_dates_money_and_phones(text, expected):
    assert [value for _, _, value in codes(text)] == expected


def test_a_month_in_numbers_counts_only_alone():
    assert [value for _, _, value in dates("10/2027")] == ["2027-10"]
    assert [value for _, _, value in dates("0 10/2027 x")] == []
    assert [value for _, _, value in months_or_dates("10/27")] == ["2027-10"]


def test_a_miscounted_roman_number_is_read_where_only_one_fits_its_neighbors() -> None:
    (found,) = find_schedules("Il, TIN, THI, HIN, IV, V")
    assert found[2] == ("2", "2N", "3", "3N", "4", "5")
    assert list(find_schedules("THI, IV, V")) == []
