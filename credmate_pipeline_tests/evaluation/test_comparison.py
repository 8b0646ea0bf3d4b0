"""When a value read and a value of the truth say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.evaluation.comparison import Value, folded, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        ("1.50", "1.5"),
        ("1000000", "1000000.00"),
        ("2", "2.0"),
        ("Siobhan O'Dwyer", "siobhan o’dwyer"),
        ("Roosevelt Tillery, Jr.", "Roosevelt Tillery Jr"),
        ("Jean-Luc Müller", "Jean Luc Muller"),
        ("American Academy of  CME, Inc.", "American Academy of CME Inc"),
        ("“Heart Failure”: Part 2", '"Heart failure" - part 2'),
        ("Trial Update™", "Trial Update"),
        ("Managing A1C at 7.5%", "managing A1C at 7.5 %"),
        (("II", "III"), ["III", "II", "II"]),
    ],
)
def test_values_that_say_the_same_are_the_same(one: Value, other: Value) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5", None),
        ("1.5", "15"),
        ("00123", "123"),
        ("1e3", "1000"),
        ("2024-05-01", "2024-05-10"),
        ("2024-05", "2024-05-01"),
        ("A dose of 2.5 mg", "A dose of 25 mg"),
        ("A dose of 2.5 mg", "A dose of 2 5 mg"),
        ("Updates", "Up dates"),
        ("+", "-"),
        (("II", "III"), ("II",)),
        (("II",), "II"),
    ],
)
def test_values_that_say_something_else_are_not_the_same(one: Value, other: Value) -> None:
    assert not same(one, other)
    assert not same(other, one)


@given(st.text())
def test_every_text_can_be_compared_and_is_itself(text: str) -> None:
    assert same(text, text)
    assert bool(folded(text)) is bool(text.strip())


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_trailing_zeros_never_matter(amount: object) -> None:
    assert same(f"{amount}", f"{amount}0")
