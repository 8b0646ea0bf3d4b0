"""Values that are cut, doubtful or of the wrong source go to a person."""

import pytest

from credmate_pipeline.extraction.fields import FieldValue, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.validation.catalog import CATALOG
from credmate_pipeline.validation.finding import Severity
from credmate_pipeline_tests.validation.items import context, item_of


def codes(kind: str, item: Item, page_text: str = "") -> set[str]:
    return {found.rule for rule in document_type(kind).rules for found in rule(item, context(page_text=page_text))}


CSR: dict[str, FieldValue] = {"registration_number": "MC1431822", "state": "MA", "holder_name": "Ann Lee"}
AHA = "American Heart Association BLS Provider, ecards.heart.org"


def test_a_registration_number_with_fewer_digits_than_its_states_is_cut() -> None:
    assert "registration-number-cut" not in codes("controlled_substance_registration", item_of(**CSR))
    cut = item_of(**{**CSR, "registration_number": "MC14318"})
    assert "registration-number-cut" in codes("controlled_substance_registration", cut)


@pytest.mark.parametrize("kind", ["dea_registration", "controlled_substance_registration"])
def test_a_registration_that_expires_in_a_month_without_a_day_is_cut(kind: str) -> None:
    assert "date-cut" in codes(kind, item_of(expiration_date="2027-10"))
    assert "date-cut" not in codes(kind, item_of(expiration_date="2027-10-31"))


def test_a_policy_that_begins_in_a_month_without_a_day_is_cut() -> None:
    assert "date-cut" in codes("malpractice_insurance", item_of(effective_date="2025-10"))


def test_a_heart_association_code_that_is_not_twelve_digits_needs_a_person() -> None:
    assert "ecard-shape" in codes("life_support_card", item_of(ecard_code="25541234567"), AHA)
    assert "ecard-shape" not in codes("life_support_card", item_of(ecard_code="255412345678"), AHA)
    assert "ecard-shape" not in codes("life_support_card", item_of(ecard_code="96D5P9"), "American Red Cross")


def test_a_card_of_an_issuer_few_accept_needs_a_person() -> None:
    assert "course-issuer" in codes("life_support_card", item_of(course="BLS"), "Quick Online Basic Life Support")
    assert CATALOG["course-issuer"].severity is Severity.ERROR
    assert "course-issuer" not in codes("life_support_card", item_of(course="BLS"), AHA)
    trauma = "American College of Surgeons Committee on Trauma"
    assert "course-issuer" not in codes("life_support_card", item_of(course="ATLS"), trauma)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("scan or visit https://ecards-american-heart-association.vercel.app/claim", True),
        ("verify at me-qr.com", True),
        ("verify at ecards.heart.org", False),
        ("certificates.rqi1stop.com", False),
        ("certificates.rqilstop.com", False),
        ("training by lifesafety.example.com", False),
    ],
)
def test_a_card_is_verified_on_its_issuers_host(text: str, is_found: bool) -> None:
    found = codes("life_support_card", item_of(course="BLS"), f"American Heart Association {text}")
    assert ("verifying-host" in found) is is_found


def test_an_odd_license_number_is_doubted_only_where_it_was_read_from_a_picture() -> None:
    odd: dict[str, FieldValue] = {"license_number": "25MA9979801", "state": "NJ", "license_type": "Medical Doctor"}
    assert "license-number-doubtful" in codes("license", item_of(0.9, **odd))
    assert "license-number-doubtful" not in codes("license", item_of(0.98, **odd))
    right = {**odd, "license_number": "25MA99798011"}
    assert "license-number-doubtful" not in codes("license", item_of(0.9, **right))


def test_a_license_number_a_look_alike_away_from_its_states_shape_is_doubted_however_surely_it_was_read() -> None:
    osteopath: dict[str, FieldValue] = {"state": "FL", "license_type": "OSTEOPATHIC PHYSICIAN"}
    assert "license-number-doubtful" in codes("license", item_of(0.99, license_number="0S37578", **osteopath))
    assert "license-number-doubtful" not in codes("license", item_of(0.99, license_number="OS37578", **osteopath))
    assert "license-number-doubtful" not in codes("license", item_of(0.99, license_number="UO3757891", **osteopath))


@pytest.mark.parametrize(
    ("number", "is_doubted"), [("GE5685055", True), ("GF5685055", False), ("GW5685055", False), ("G95685055", False)]
)
def test_a_second_letter_that_looks_like_the_last_names_initial_is_doubted(number: str, is_doubted: bool) -> None:
    item = item_of(0.99, registration_number=number, holder_name="FERREIRA, CHLOE P")
    assert ("dea-letter-doubtful" in codes("dea_registration", item)) is is_doubted


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Public Disciplinary Action: None on record", False),
        ("Discipline against license: NO", False),
        ("Discipline against license: Yes", True),
        ("Board Actions: Public Reprimand", True),
    ],
)
def test_a_page_that_tells_of_discipline_needs_a_person(text: str, is_found: bool) -> None:
    assert ("license-discipline" in codes("license", item_of(license_number="A123456"), text)) is is_found


def test_an_expiry_within_a_month_is_doubted_where_it_was_read_from_a_picture() -> None:
    assert "dea-expiry-doubtful" in codes("dea_registration", item_of(0.9, expiration_date="2027-10-19"))
    assert "dea-expiry-doubtful" not in codes("dea_registration", item_of(0.98, expiration_date="2027-10-19"))
    assert "dea-expiry-doubtful" in codes("dea_registration", item_of(0.98, expiration_date="2029-02-23"))
    assert "dea-expiry-doubtful" not in codes("dea_registration", item_of(0.9, expiration_date="2027-10-31"))


def test_a_short_list_of_schedules_is_doubted_where_it_was_read_from_a_picture() -> None:
    for kind in ("dea_registration", "controlled_substance_registration"):
        assert "schedules-doubtful" in codes(kind, item_of(0.8, schedules=("2",)))
        assert "schedules-doubtful" not in codes(kind, item_of(0.98, schedules=("2",)))
        assert "schedules-doubtful" not in codes(kind, item_of(0.8, schedules=("2", "3", "4", "5")))
