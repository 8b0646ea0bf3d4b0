"""Where a credential's holder and term stand when no label says so."""

from collections.abc import Iterable
from datetime import date

import pytest

from credmate_pipeline.extraction.finders import Found
from credmate_pipeline.extraction.holder import people_above_address, people_in_headings, people_in_sentences
from credmate_pipeline.extraction.labels import captioned
from credmate_pipeline.extraction.terms import expiration_date, issue_date
from credmate_pipeline.journey import understand
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline_tests.extraction.printed import page_of, reading_of


def names(found: Iterable[Found]) -> list[object]:
    return [one.field.value for one in found]


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


def test_a_caption_in_smaller_print_may_stand_a_little_lower() -> None:
    text = """
# 4301105653            07/28/2005

LICENSE NO.                               ISSUED
"""
    assert [value.text for value in captioned(page_of(text), (r"license no\.",))] == ["4301105653"]


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


def test_a_boards_letter_tells_a_license_in_one_sentence() -> None:
    text = """
# Vermont Board of Medical Practice
To Whom It May Concern:
The records of this Board show that Ann Q. Lee, PA-C, holds an active license as a
Physician Assistant, number 055.0012345, first issued on May 4, 2021 and expiring on
January 31, 2027. No disciplinary action is on record.
"""
    outcome = understand(reading_of(text), Circumstances(date(2026, 3, 9)))
    assert outcome.extraction is not None
    (item,) = outcome.extraction.items
    assert outcome.extraction.document_type == "license"
    assert [
        item.text(name) for name in ("license_number", "state", "holder_name", "issue_date", "expiration_date")
    ] == [*("055.0012345", "VT", "Ann Q. Lee", "2021-05-04", "2027-01-31")]


@pytest.mark.parametrize(
    "text",
    [
        "# Order confirmation 445210\nItem: BLS Provider Course (American Heart Association), class on May 4, 2026\n"
        "Price: $65.00   Paid by Visa\nStudent: Ann Q. Lee. Please bring a photo ID.",
        "# LICENSE RENEWAL NOTICE\nState Medical Board of Ohio\nName: Ann Q. Lee\nLicense Number: 35.123456\n"
        "Expiration Date: 05/31/2026\nYour license is due for renewal. To renew, log in and pay the renewal fee.",
        "# PREMIUM QUOTATION\nStillwater Medical Assurance Company\nPrepared for: Ann Q. Lee, MD\n"
        "Proposed Effective Date: 05/01/2026\nProfessional liability, limits $1,000,000 / $3,000,000",
        "# License Renewal\nPayment Receipt\nLicensee: Ann Q. Lee\nLicense Number: A123456\nTransaction ID: 99812\n"
        "Total Paid: $391.00\nYour renewal has been submitted. This receipt is not a license.",
    ],
)
def test_a_paper_about_a_credential_proves_none(text: str) -> None:
    assert understand(reading_of(text), Circumstances(date(2026, 3, 9))).status is DocumentStatus.UNSUPPORTED
