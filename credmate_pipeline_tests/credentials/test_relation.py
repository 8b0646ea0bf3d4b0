"""What two items have to do with each other."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.credentials.identity import identity_of, text_digest
from credmate_pipeline.credentials.relation import RelationKind, relation
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline_tests.papers_of_record import cme, dea, license_of
from credmate_pipeline_tests.validation.items import item_of

CME, LICENSE, DEA, CARD = "cme_certificate", "license", "dea_registration", "life_support_card"


def related(kind: str, new: Item, known: Item, *, is_same_provider: bool | None = None) -> RelationKind | None:
    return relation(identity_of(kind, new), identity_of(kind, known), is_same_provider=is_same_provider)


@pytest.mark.parametrize(
    "again",
    [
        cme(),
        cme(holder_name="WHITFIELD, AMELIA"),
        cme(activity_title="MODERN CARE OF HEART-FAILURE"),
        cme(completion_date="2025-03-15"),
        cme(issuer="Another print of the issuer"),
    ],
)
def test_the_same_claim_printed_again_is_the_same_credential(again: Item) -> None:
    assert related(CME, again, cme()) is RelationKind.SAME_CREDENTIAL


@pytest.mark.parametrize(
    "other",
    [
        cme(holder_name="Samuel Park"),
        cme(holder_name="Agnes Whitfield"),
        cme(activity_title="Modern Care of Stroke"),
        cme(completion_date="2025-03-17"),
        cme(completion_date="2025-03"),
    ],
)
def test_another_person_title_or_day_is_another_claim(other: Item) -> None:
    assert related(CME, other, cme()) is None


def test_certificates_of_their_own_numbers_tell_the_days_of_a_meeting_apart() -> None:
    first = cme(certificate_number="A-1", completion_date="2025-03-14")
    second = cme(certificate_number="A-2", completion_date="2025-03-15")
    assert related(CME, second, first) is None


def test_the_same_activity_with_other_credits_is_claimed_twice() -> None:
    assert related(CME, cme(credits_awarded="1"), cme()) is RelationKind.SAME_ACTIVITY


def test_an_activity_number_repeated_on_another_day_is_claimed_twice() -> None:
    first, again = (cme(acpe_uan="0001-0000-25-001-H01-P", completion_date=day) for day in ("2025-01-05", "2025-09-05"))
    other_print = cme(acpe_uan="0001-0000-25-001-H01-P", completion_date="2025-09-05", activity_title="Care")
    assert related(CME, again, first) is RelationKind.SAME_ACTIVITY
    assert related(CME, other_print, first) is RelationKind.SAME_ACTIVITY


@pytest.mark.parametrize(
    ("expiry", "kind"),
    [
        ("2027-01-31", RelationKind.SAME_CREDENTIAL),
        ("2029-01-31", RelationKind.RENEWAL),
        ("2025-01-31", RelationKind.EARLIER_PERIOD),
    ],
)
def test_a_later_expiry_of_the_same_number_is_a_renewal(expiry: str, kind: RelationKind) -> None:
    assert related(LICENSE, license_of(expiration_date=expiry), license_of()) is kind


def test_the_same_license_number_of_another_state_is_another_license() -> None:
    assert related(LICENSE, license_of(state="NY"), license_of()) is None


def test_the_same_dea_number_under_another_name_is_told() -> None:
    assert related(DEA, dea(holder_name="Samuel Park"), dea()) is RelationKind.OTHER_HOLDER


def test_two_namesakes_known_to_be_two_people_share_nothing() -> None:
    assert related(CME, cme(), cme(), is_same_provider=False) is None
    assert related(LICENSE, license_of(), license_of(), is_same_provider=False) is RelationKind.OTHER_HOLDER


def test_a_former_name_of_the_same_provider_is_the_same_person() -> None:
    stone = cme(holder_name="Amelia Stone")
    assert related(CME, stone, cme()) is None
    assert related(CME, stone, cme(), is_same_provider=True) is RelationKind.SAME_CREDENTIAL


def card(**said: str) -> Item:
    return item_of(**{"holder_name": "Amelia Whitfield", "course": "BLS", "renew_by": "2026-03", **said})


def test_a_card_of_the_same_course_renewed_later_is_a_renewal_though_its_code_is_new() -> None:
    later = card(renew_by="2028-03", ecard_code="255400001111")
    assert related(CARD, later, card(ecard_code="235400001111")) is RelationKind.RENEWAL
    assert related(CARD, card(course="ACLS"), card()) is None


def test_a_month_of_renewal_ends_on_its_last_day() -> None:
    assert identity_of(CARD, card()).expires_on == date(2026, 3, 31)


@given(st.sampled_from([cme(), license_of(), dea(), card()]), st.sampled_from(["cme_certificate", "license"]))
def test_what_tells_nothing_is_related_to_nothing(item: Item, kind: str) -> None:
    bare = identity_of(kind, item_of(issuer="Northfield"))
    assert relation(bare, identity_of(kind, item), is_same_provider=True) is None
    assert bare.digest() is None


def test_exact_prints_have_one_digest_and_namesakes_two() -> None:
    one = identity_of(CME, cme())
    assert one.digest("a") == replace(one, holder_name="AMELIA WHITFIELD").digest("a")
    assert one.digest("a") != one.digest("b")


def test_the_digest_of_a_text_ignores_case_and_layout_and_short_texts_have_none() -> None:
    words = "the quick brown fox jumps over the lazy dog and then goes home to rest for the whole of the night"
    assert text_digest(words) == text_digest(words.upper().replace(" ", "\n") + ".")
    assert text_digest(words) != text_digest(words.replace("fox", "cat"))
    assert text_digest("Certificate of completion") is None


def test_no_holder_reaches_a_log_through_repr() -> None:
    assert "Whitfield" not in repr(identity_of(CME, cme()))
