"""Each rule says what it should of what it looks at, and nothing of good documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.fields import FieldValue, Item
from credmate_pipeline.extraction.npi import npi_holds
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.validation.finding import RuleContext
from credmate_pipeline.validation.rules.cme import ONE_OF_SEVERAL
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.copies import COPIES_DIFFER, copies_differ
from credmate_pipeline.validation.rules.license import license_formats
from credmate_pipeline_tests.validation.items import TODAY, context, field_of, item_of

RULES = {known.name: known.rules for known in document_types()}
DEA: dict[str, FieldValue] = {
    "registration_number": "BC6145127",
    "holder_name": "Emily Carter",
    "schedules": ("2", "2N", "3"),
    "business_activity": "PRACTITIONER",
    "issue_date": "2024-09-18",
    "expiration_date": "2027-10-31",
}
CME: dict[str, FieldValue] = {
    "holder_name": "Emily Carter",
    "completion_date": "2026-01-10",
    "credits_awarded": "1.5",
    "credit_type": "ama_pra_1",
}
LICENSE: dict[str, FieldValue] = {
    "license_number": "A 123456",
    "state": "CA",
    "license_type": "Physician and Surgeon",
    "holder_name": "Emily Carter",
    "expiration_date": "2027-10-31",
}
CARD: dict[str, FieldValue] = {
    "course": "BLS",
    "holder_name": "Emily Carter",
    "issue_date": "2025-10-16",
    "renew_by": "2027-10",
    "ecard_code": "255412345678",
}
POLICY: dict[str, FieldValue] = {
    "holder_name": "Emily Carter",
    "effective_date": "2026-01-01",
    "expiration_date": "2027-01-01",
    "retroactive_date": "2018-07-01",
    "limit_per_claim": "1000000",
    "limit_aggregate": "3000000",
}
GOOD = {
    "dea_registration": DEA,
    "cme_certificate": CME,
    "license": LICENSE,
    "life_support_card": CARD,
    "malpractice_insurance": POLICY,
}


def codes(kind: str, item: Item, circumstances: RuleContext | None = None) -> set[str]:
    return {found.rule for rule in RULES[kind] for found in rule(item, circumstances or context())}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_document_has_no_findings(kind):
    assert codes(kind, item_of(**GOOD[kind]), context("Emily Carter")) == set()


@pytest.mark.parametrize(
    ("kind", "changed", "code"),
    [
        ("dea_registration", {"registration_number": "BC61451"}, "dea-shape"),
        ("dea_registration", {"registration_number": "BC6145128"}, "dea-check-digit"),
        ("dea_registration", {"registration_number": "CC6145127"}, "dea-first-letter"),
        ("dea_registration", {"registration_number": "BJ6145127"}, "dea-second-letter"),
        ("dea_registration", {"registration_number": "BC0000000"}, "dea-degenerate"),
        ("dea_registration", {"registration_number": "BC6145127-012"}, "dea-institutional-suffix"),
        ("dea_registration", {"registration_number": "XC6145127"}, "dea-x-waiver"),
        ("dea_registration", {"registration_number": "MC6145127"}, "dea-group"),
        ("dea_registration", {"business_activity": "MLP-NURSE PRACTITIONER"}, "dea-group"),
        ("dea_registration", {"schedules": ("2", "6")}, "schedules"),
        ("dea_registration", {"schedules": ("1", "2")}, "schedule-one"),
        ("dea_registration", {"issue_date": "2022-01-01"}, "dea-term"),
        ("dea_registration", {"expiration_date": "2027-10-30"}, "dea-expiry-day"),
        ("dea_registration", {"expiration_date": "2024-08-31"}, "expiry-before-issue"),
        ("dea_registration", {"issue_date": "2023-02-01", "expiration_date": "2026-02-28"}, "expired"),
        ("dea_registration", {"expiration_date": "2026-04-30"}, "expiring-soon"),
        ("license", {"issue_date": "2026-04-01"}, "issued-in-future"),
        ("license", {"issue_date": "1949-04-01"}, "date-implausible"),
        ("license", {"expiration_date": "2062-04-01"}, "date-implausible"),
        ("license", {"license_number": "TX-MD-20120043"}, "license-format"),
        ("license", {"license_status": "Probation"}, "license-status"),
        ("cme_certificate", {"credits_designated": "1"}, "awarded-exceeds-designated"),
        ("cme_certificate", {"credits_awarded": "1.3"}, "awarded-not-quarter-step"),
        ("cme_certificate", {"credits_awarded": "0"}, "credits-zero"),
        ("cme_certificate", {"credits_awarded": "51"}, "credits-implausible"),
        ("cme_certificate", {"credits_awarded": "30", "start_date": "2026-01-09"}, "credits-implausible"),
        ("cme_certificate", {"completion_date": "2026-03-03"}, "completion-in-future"),
        ("cme_certificate", {"credit_type": "ama_pra_2"}, "category-2-certified"),
        ("cme_certificate", {"holder_credentials": ("RN", "BSN")}, "ama-credit-for-other-profession"),
        ("cme_certificate", {"acpe_uan": "0459-18-012"}, "uan-shape"),
        ("cme_certificate", {"acpe_uan": "0459-0000-18-012-L01-P"}, "uan-year"),
        ("life_support_card", {"ecard_code": "1234"}, "ecard-code"),
        ("life_support_card", {"ecard_code": "215412345678"}, "ecard-code"),
        ("life_support_card", {"renew_by": "2028-10"}, "renew-by-term"),
        ("malpractice_insurance", {"limit_aggregate": "500000"}, "malpractice-limits"),
        ("malpractice_insurance", {"expiration_date": "2026-07-01"}, "malpractice-term"),
        ("malpractice_insurance", {"retroactive_date": "2026-07-01"}, "retroactive-date"),
    ],
)
def test_one_wrong_value_gives_its_finding(kind, changed, code):
    assert codes(kind, item_of(**{**GOOD[kind], **changed})) >= {code}


def test_a_list_of_activities_read_as_one_certificate_is_an_error():
    one = item_of(**GOOD["cme_certificate"])
    listed = context(
        page_text="\n".join(f"0{n}/04/2024   Talk {n}   1.5 AMA PRA Category 1 Credits" for n in (3, 5, 9))
    )
    told = context(page_text="on 03/04/2024 and is awarded 1.5 AMA PRA Category 1 Credits\n" * 3)
    assert "rows-unread" in codes("cme_certificate", one, listed)
    assert "rows-unread" not in codes("cme_certificate", one, told)


def test_rows_that_were_read_are_not_missed():
    row = Item((field_of("completion_date", "2024-03-04", method="rules:transcript-row"),))
    listed = context(page_text="03/04/2024   Talk   1.5 AMA PRA Category 1 Credits\n" * 3)
    assert "rows-unread" not in codes("cme_certificate", row, listed)


def test_credit_of_one_of_several_professions_is_an_error():
    told = field_of("credit_type", "ama_pra_1", method="rules:unit")
    untold = field_of("credit_type", "ama_pra_1", method=f"rules:unit{ONE_OF_SEVERAL}")
    assert "profession-untold" not in codes("cme_certificate", Item((told,)))
    assert "profession-untold" in codes("cme_certificate", Item((untold,)))


@given(st.dates(date(1950, 1, 1), date(2040, 12, 31)))
def test_a_credential_has_expired_from_the_day_after_its_expiration(day):
    found = codes("license", item_of(**{**LICENSE, "expiration_date": day.isoformat()}))
    assert ("expired" in found) == (day < TODAY)


def test_a_month_is_valid_to_its_last_day():
    card = item_of(course="BLS", renew_by="2026-03")
    assert codes("life_support_card", card) == {"expiring-soon"}


def test_tomorrow_is_not_yet_the_future():
    assert "completion-in-future" not in codes("cme_certificate", item_of(**{**CME, "completion_date": "2026-03-02"}))


def test_only_designated_credits_give_a_warning():
    item = item_of(credits_designated="1.5", credit_type="ama_pra_1")
    assert codes("cme_certificate", item) == {"designated-only"}


@pytest.mark.parametrize(
    ("printed", "known", "code"),
    [
        ("Emily Carter", "Emily Carter", None),
        ("CARTER, EMILY", "Emily Carter", None),
        ("Emily R. Carter", "Emily Carter", "name-variant"),
        ("Emma Carter", "Emily Carter", "name-mismatch"),
        ("Alan Turing", "Emily Carter", "name-mismatch"),
    ],
)
def test_the_holder_must_be_the_provider(printed, known, code):
    found = codes("license", item_of(**{**LICENSE, "holder_name": printed}), context(known))
    assert found == ({code} if code else set())


def test_without_known_names_no_name_is_wrong():
    assert codes("license", item_of(**LICENSE), context()) == set()


@pytest.mark.parametrize("npi", ["1234567893", "1558598797"])
def test_real_npis_hold(npi):
    assert npi_holds(npi)


def test_the_common_fake_npi_is_found_on_the_page():
    found = codes("license", item_of(**LICENSE), context(page_text="State of California\nNPI: 1234567890"))
    assert "npi-check-digit" in found


@pytest.mark.parametrize("text", ["SPECIMEN", "License\n- SAMPLE -\nCalifornia", "Board of Medicine SPECIMEN copy"])
def test_a_sample_is_no_credential(text):
    assert "specimen-words" in codes("license", item_of(**LICENSE), context(page_text=text))


@pytest.mark.parametrize("text", ["VOID IF ALTERED OR ERASED", "Specimen collection in practice", "a sample of topics"])
def test_ordinary_words_make_no_sample(text):
    assert "specimen-words" not in codes("license", item_of(**LICENSE), context(page_text=text))


def test_a_stand_in_name_is_no_holder():
    assert "specimen-words" in codes("license", item_of(**{**LICENSE, "holder_name": "John Q. Doe"}))


def test_a_date_is_ambiguous_only_where_the_issuer_may_be_abroad():
    field = field_of("issue_date", "2023-11-09")
    printed = Item((type(field)(**{**_slots(field), "content": "11/09/2023"}),))
    abroad = {found.rule for rule in COMMON_RULES for found in rule(printed, context(page_text="on 11/09/2023"))}
    at_home = {found.rule for rule in COMMON_RULES for found in rule(printed, context(page_text="Texas 11/09/2023"))}
    assert "ambiguous-date" in abroad
    assert "date-read-month-first" in at_home


def _slots(field: object) -> dict[str, object]:
    return {name: getattr(field, name) for name in ("name", "value", "confidence", "evidence", "method")}


def test_copies_that_differ_are_found_by_the_fields_method():
    item = Item((field_of("registration_number", "BC6145127", method=f"rules:label{COPIES_DIFFER}"),))
    assert [found.rule for found in copies_differ(item, context())] == ["copies-differ"]


def test_ceus_are_a_tenth_of_the_contact_hours():
    right, wrong = "1.5 contact hours (0.15 CEUs)", "1.5 contact hours (0.5 CEUs)"
    assert "ceu-contact-hours" not in codes("cme_certificate", item_of(**CME), context(page_text=right))
    assert "ceu-contact-hours" in codes("cme_certificate", item_of(**CME), context(page_text=wrong))


def test_a_certificate_of_general_liability_alone_is_no_malpractice_cover():
    page = "CERTIFICATE OF INSURANCE\nCOMMERCIAL GENERAL LIABILITY GL-1234"
    assert "other-coverage-only" in codes("malpractice_insurance", item_of(**POLICY), context(page_text=page))


def test_massachusetts_has_a_sixth_schedule():
    item = item_of(registration_number="MC1234567", schedules=("2", "6"))
    assert "schedules" not in codes("controlled_substance_registration", item)


@pytest.mark.parametrize(
    ("state", "degree", "number"),
    [
        ("CA", "MD", "A123456"),
        ("CA", "DO", "20A12345"),
        ("TX", "MD", "K1234"),
        ("OH", "MD", "35123456"),
        ("FL", "DO", "OS1234"),
    ],
)
def test_usual_license_numbers_have_their_states_shape(state, degree, number):
    assert license_formats()[state, degree].fullmatch(number)


def test_every_state_has_a_shape_for_both_degrees():
    assert len(license_formats()) == 104
