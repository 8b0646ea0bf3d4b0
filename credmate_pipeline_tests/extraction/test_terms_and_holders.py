"""Where a credential's holder and term stand when no label says so."""

import pytest

from credmate_pipeline.extraction.holder import people_above_address, people_in_headings, people_in_sentences
from credmate_pipeline.extraction.labels import captioned
from credmate_pipeline.extraction.terms import expiration_date, issue_date
from credmate_pipeline_tests.extraction.printed import page_of


def names(found: object) -> list[object]:
    return [one.field.value for one in found]  # type: ignore[attr-defined]


def test_a_name_inside_a_sentence_is_its_subject() -> None:
    page = page_of("This letter is to verify that Ann Q. Lee, MD, is certified by the board named above.")
    assert names(people_in_sentences((page,))) == ["Ann Q. Lee"]


def test_a_register_heads_its_page_with_the_holder() -> None:
    page = page_of("Credential Information for: LEE, ANN Q\nCredential Number:   MD60123456")
    assert names(people_in_headings((page,))) == ["LEE, ANN Q"]


def test_a_name_begins_its_address_beside_another_column() -> None:
    text = """
Ann Q. Lee                       Credential Number
14 Alder Street                  MD60123456
Spokane, WA 99201                Status
"""
    assert names(people_above_address((page_of(text),)))[:1] == ["Ann Q. Lee"]


def test_a_value_may_stand_over_its_label() -> None:
    text = """
01/31/2027
VALID
"""
    assert [(value.label, value.text) for value in captioned(page_of(text), ("valid",))] == [("VALID", "01/31/2027")]


def test_a_value_nearer_to_another_label_is_not_taken() -> None:
    text = """
License Number
A123456
Expires
01/31/2027
"""
    assert [value.text for value in captioned(page_of(text), ("expires",))] == []


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("Valid from May 18, 2023 to May 18, 2028", "2023-05-18", "2028-05-18"),
        ("Effective 11/07/2025 to 06/30/2027", "2025-11-07", "2027-06-30"),
        ("for the period January 1, 2020 through December 31, 2029", "2020-01-01", "2029-12-31"),
    ],
)
def test_a_term_tells_when_it_begins_and_ends(text: str, begin: str, end: str) -> None:
    pages = (page_of(text),)
    issued, expires = issue_date(pages), expiration_date(pages)
    assert issued is not None
    assert expires is not None
    assert (issued.value, expires.value) == (begin, end)


def test_weekdays_after_through_do_not_make_an_expiration() -> None:
    assert expiration_date((page_of("updated daily, Monday through Friday.\n11/26/2026"),)) is None


def test_a_registration_runs_through_the_last_day_of_a_month() -> None:
    field = expiration_date((page_of("Registered through last day of : 08/28"),))
    assert field is not None
    assert field.value == "2028-08"
