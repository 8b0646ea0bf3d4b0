"""What is read from certificates of many layouts, and what is not."""

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Extraction, FieldValue, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline_tests.extraction.printed import reading_of

STATEMENT = """
# Harborview Medical Center
Office of Continuing Medical Education

certifies that

# Thomas Q. Bellweather, DO

has participated in the live activity titled

# "Infection Control and
# Barrier Precautions Update"

held in Seattle, WA on
October 4-6, 2022

and is awarded 12.5 AMA PRA Category 1 Credits™.

Harborview Medical Center is accredited by the Accreditation Council for Continuing Medical Education
(ACCME) to provide continuing medical education for physicians. Harborview Medical Center designates
this live activity for a maximum of 15.0 AMA PRA Category 1 Credits™. Physicians should claim only the
credit commensurate with the extent of their participation in the activity.

Maria Lopez, MD
Associate Dean
"""
PRESENTED = """
# CERTIFICATE OF COMPLETION

This certificate is presented to

# Jane A. Whitfield, MD, FACP

for successfully completing

# Advances in Hypertension Management

awarded 1.0 AMA PRA Category 1 Credit™ on March 3, 2024

Lakeside Medical Education Institute

John Smith, MD
Program Director
"""
TABLE = """
CME Completion Record

Name:                 WHITFIELD, JANE A, MD
Activity Title:       Opioid Stewardship in Primary Care: A
                      Practical Update
Provider:             Harbor University School of Medicine
Date Completed:       04/17/2023
Credit Type:          AMA PRA Category 1
Credits:              1.5
Certificate Number:   HU-2023-004417
"""
RECEIPT = """
MedLearn Online                                   Printed: 6/16/2024
Learner: Rosa Delgado, RN
Course: Sepsis Recognition and Early Treatment
Completed on: June 2, 2024
Contact Hours Earned: 2.0
Release Date: 01/01/2024   Expiration Date: 01/01/2026
MedLearn Online, Inc. is accredited as a provider of nursing continuing professional development by
the American Nurses Credentialing Center's Commission on Accreditation.
Certificate ID: 99-88123
"""
LETTER = """
June 5, 2023

Dear Dr. Okafor:

This letter confirms that Chidi Okafor, MD has completed the activity "Ethics in Telemedicine"
on May 20, 2023 and has earned 2.00 AMA PRA Category 1 Credit(s)™.

The Northern Plains Medical Society is accredited by the State Medical Association to provide
continuing medical education for physicians.

Sincerely,
Anna Berg
CME Coordinator
"""
DESIGNATED_ONLY = """
# Certificate of Participation

Amina Yusuf, NP

has participated in the enduring material entitled

Update on Migraine Prophylaxis

Release date: January 5, 2021   Expiration date: January 5, 2024

This activity was designated for 0.75 AMA PRA Category 1 Credit(s)™.
The Sterling Institute is accredited by the ACCME to provide continuing medical education for physicians.
"""
SEVERAL_SYSTEMS = """
# Certificate of Credit

Gulf Coast Health Alliance certifies that
# Peter van der Berg, PharmD

has participated in the activity titled
Anticoagulation Stewardship 2023
on September 14, 2023

and is awarded 2.0 AMA PRA Category 1 Credits™
or is awarded 1.5 ANCC contact hours
or is awarded 1.75 ACPE contact hours (0.175 CEU).   UAN: 0217-0000-23-045-L01-P

In support of improving patient care, Gulf Coast Health Alliance is jointly accredited by the Accreditation
Council for Continuing Medical Education (ACCME), the Accreditation Council for Pharmacy Education (ACPE),
and the American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.
"""
PRESCRIBED = """
# Statement of Attendance
This is to certify that
Ling Chen, MD
attended the
35th Annual Family Medicine Review
May 2-5, 2024 | Orlando, Florida
and has been awarded 22.75 Prescribed credits by the American Academy of Family Physicians.
Florida Academy of Family Physicians
"""
IN_WORDS = """
# American Institute of Osteopathic Seminars

certifies that

# Dr. Samuel R. Ortega III

has satisfactorily completed the course

Osteopathic Approaches to Low Back Pain

this Eleventh day of September, 2019

and is awarded 6 hours of AOA Category 1-A credit
"""
RUNNING_TEXT = """
# CME Certificate

Mountain West Telehealth Network certifies that Hannah Liu, PA-C has successfully completed
the online course Safe Prescribing of Controlled Substances on 12 July 2023 and is awarded
8.00 AAPA Category 1 CME credits.

Certificate No. MW4471
NPI: 1234567893   License No. PA55512
Supported by an educational grant from Example Pharma, Grant No. 7712345
"""
LABELS_UNDER = """
# Certificate of Attendance

Regional Burn Symposium

George Papadopoulos
Participant Name

11/18/2022
Date of Attendance

7.25
AMA PRA Category 1 Credits™ Claimed

Sponsored by Valley Health System
"""


def extraction_of(text: str, *, centered: bool = False) -> Extraction:
    reading = reading_of(text, centered=centered)
    return extract(reading, classify(reading))


def item_of(text: str, *, centered: bool = False) -> Item:
    (item,) = extraction_of(text, centered=centered).items
    return item


def values(item: Item) -> dict[str, FieldValue]:
    return {field.name: field.value for field in item.fields}


@pytest.mark.parametrize(
    ("text", "centered", "expected"),
    [
        pytest.param(
            STATEMENT,
            True,
            {
                "holder_name": "Thomas Q. Bellweather",
                "holder_credentials": ("DO",),
                "activity_title": "Infection Control and Barrier Precautions Update",
                "issuer": "Harborview Medical Center",
                "start_date": "2022-10-04",
                "completion_date": "2022-10-06",
                "credits_awarded": "12.5",
                "credits_designated": "15",
                "credit_type": "ama_pra_1",
                "topics": ("infection_control",),
            },
            id="statement",
        ),
        pytest.param(
            PRESENTED,
            True,
            {
                "holder_name": "Jane A. Whitfield",
                "activity_title": "Advances in Hypertension Management",
                "issuer": "Lakeside Medical Education Institute",
                "completion_date": "2024-03-03",
                "credits_awarded": "1",
                "credit_type": "ama_pra_1",
            },
            id="presented to",
        ),
        pytest.param(
            TABLE,
            False,
            {
                "holder_name": "WHITFIELD, JANE A",
                "activity_title": "Opioid Stewardship in Primary Care: A Practical Update",
                "issuer": "Harbor University School of Medicine",
                "completion_date": "2023-04-17",
                "credits_awarded": "1.5",
                "credit_type": "ama_pra_1",
                "certificate_number": "HU-2023-004417",
                "topics": ("opioid_sud",),
            },
            id="table of labels",
        ),
        pytest.param(
            RECEIPT,
            False,
            {
                "holder_name": "Rosa Delgado",
                "activity_title": "Sepsis Recognition and Early Treatment",
                "issuer": "MedLearn Online, Inc.",
                "completion_date": "2024-06-02",
                "credits_awarded": "2",
                "credit_type": "ancc",
                "certificate_number": "99-88123",
            },
            id="web receipt",
        ),
        pytest.param(
            LETTER,
            False,
            {
                "holder_name": "Chidi Okafor",
                "activity_title": "Ethics in Telemedicine",
                "issuer": "The Northern Plains Medical Society",
                "completion_date": "2023-05-20",
                "credits_awarded": "2",
                "credit_type": "ama_pra_1",
            },
            id="letter",
        ),
        pytest.param(
            PRESCRIBED,
            True,
            {
                "holder_name": "Ling Chen",
                "activity_title": "35th Annual Family Medicine Review",
                "issuer": "Florida Academy of Family Physicians",
                "start_date": "2024-05-02",
                "completion_date": "2024-05-05",
                "credits_awarded": "22.75",
                "credit_type": "aafp_prescribed",
            },
            id="prescribed credits",
        ),
        pytest.param(
            IN_WORDS,
            True,
            {
                "holder_name": "Samuel R. Ortega III",
                "activity_title": "Osteopathic Approaches to Low Back Pain",
                "completion_date": "2019-09-11",
                "credits_awarded": "6",
                "credit_type": "aoa_1a",
            },
            id="date in words",
        ),
        pytest.param(
            RUNNING_TEXT,
            True,
            {
                "holder_name": "Hannah Liu",
                "holder_credentials": ("PA-C",),
                "activity_title": "Safe Prescribing of Controlled Substances",
                "issuer": "Mountain West Telehealth Network",
                "completion_date": "2023-07-12",
                "credits_awarded": "8",
                "credit_type": "aapa_1",
                "certificate_number": "MW4471",
            },
            id="running text",
        ),
        pytest.param(
            LABELS_UNDER,
            True,
            {
                "holder_name": "George Papadopoulos",
                "activity_title": "Regional Burn Symposium",
                "issuer": "Valley Health System",
                "completion_date": "2022-11-18",
                "credits_awarded": "7.25",
                "credit_type": "ama_pra_1",
            },
            id="labels under their values",
        ),
    ],
)
def test_a_certificate_gives_what_it_prints(text: str, centered: bool, expected: dict[str, FieldValue]) -> None:
    assert expected.items() <= values(item_of(text, centered=centered)).items()


def test_a_number_only_designated_is_not_awarded() -> None:
    item = item_of(DESIGNATED_ONLY, centered=True)
    assert item.field("credits_awarded") is None
    assert item.text("credits_designated") == "0.75"


def test_release_and_expiration_dates_are_not_the_completion() -> None:
    assert item_of(DESIGNATED_ONLY, centered=True).field("completion_date") is None


def test_the_date_on_which_a_page_was_printed_is_not_the_completion() -> None:
    text = RECEIPT.replace("Completed on: June 2, 2024\n", "")
    assert item_of(text).field("completion_date") is None


def test_an_issue_date_serves_where_no_completion_is_printed_but_is_less_sure() -> None:
    by_completion = item_of(TABLE).field("completion_date")
    by_issue = item_of(TABLE.replace("Date Completed:", "Date Issued:   ")).field("completion_date")
    assert by_completion is not None
    assert by_issue is not None
    assert by_issue.value == by_completion.value
    assert by_issue.confidence < 0.7 < by_completion.confidence


def test_day_and_month_are_not_guessed_where_nothing_tells_them_apart() -> None:
    text = """
# Certificate of Attendance
This is to certify that
Oliver Hughes
attended
Cardiology Update
on 11/09/2023 and earned 3.0 CME credits
Royal Institute of Cardiac Medicine, London
"""
    assert item_of(text, centered=True).field("completion_date") is None
    assert item_of(text.replace("11/09", "21/09"), centered=True).text("completion_date") == "2023-09-21"


def test_of_several_credit_systems_the_holders_own_counts_and_none_are_added() -> None:
    item = item_of(SEVERAL_SYSTEMS, centered=True)
    assert (item.text("credit_type"), item.text("credits_awarded")) == ("acpe", "1.75")
    others = item.field("other_credits")
    assert others is not None
    assert set(others.value) == {"ama_pra_1 2", "ancc 1.5"}
    as_nurse = item_of(SEVERAL_SYSTEMS.replace("PharmD", "RN"), centered=True)
    assert (as_nurse.text("credit_type"), as_nurse.text("credits_awarded")) == ("ancc", "1.5")


def test_an_activity_that_is_awarded_hours_does_not_award_them_to_the_holder() -> None:
    text = DESIGNATED_ONLY.replace(
        "This activity was designated for 0.75 AMA PRA Category 1 Credit(s)™.",
        "This program has been granted 0.75 contact hours by the American Association of Nurse Practitioners.",
    )
    item = item_of(text, centered=True)
    assert item.field("credits_awarded") is None
    assert (item.text("credits_designated"), item.text("credit_type")) == ("0.75", "aanp")


def test_pharmacology_hours_are_part_of_the_contact_hours_and_not_further_ones() -> None:
    text = RECEIPT.replace(
        "Contact Hours Earned: 2.0", "and earned 2.0 contact hours, which includes 0.5 pharmacology hours"
    )
    item = item_of(text)
    assert item.text("credits_awarded") == "2"
    assert item.field("other_credits") is None


def test_hours_spent_are_too_unsure_to_count_as_credit() -> None:
    text = DESIGNATED_ONLY.replace(
        "Credit(s)™.\n", "Credit(s)™.\nThe participant attended 0.5 hours of this activity.\n"
    )
    field = item_of(text, centered=True).field("credits_awarded")
    assert field is not None
    assert field.confidence < 0.65


def test_no_credit_system_is_assumed_where_none_is_printed() -> None:
    text = """
# Certificate of Completion
This is to certify that
Obinna Nwachukwu
has participated in the educational activity titled
Caring for Adults With Diabetes
on January 19, 2017
"""
    item = item_of(text, centered=True)
    assert item.field("credit_type") is None
    assert item.field("credits_awarded") is None


def test_signers_and_instructors_are_not_the_holder() -> None:
    text = STATEMENT.replace("# Thomas Q. Bellweather, DO\n", "")
    holder = item_of(text, centered=True).field("holder_name")
    assert holder is None or holder.value != "Maria Lopez"


def test_license_grant_and_telephone_numbers_are_not_the_certificates() -> None:
    text = RUNNING_TEXT.replace("Certificate No. MW4471\n", "Tel. 303-555-0142\n")
    assert item_of(text, centered=True).field("certificate_number") is None


def test_an_accreditor_is_not_the_issuer() -> None:
    text = """
# Certificate of Completion
Awarded to
Priya Raghunathan, MD
for completing
Office Spirometry
on May 4, 2024
and is awarded 1.00 AMA PRA Category 1 Credit™.
The Accreditation Council for Continuing Medical Education is accredited by nobody.
"""
    assert item_of(text, centered=True).field("issuer") is None


def test_a_short_name_is_given_in_full_where_the_page_spells_it_out() -> None:
    text = """
National Lipid Association

Theodore J. Vanterpool

NLA certifies that the individual listed has participated in the enduring activity titled:
Statin Intolerance in Practice
Date Completed: 10/13/2015
"""
    item = item_of(text, centered=True)
    assert item.text("issuer") == "National Lipid Association"
    assert item.text("holder_name") == "Theodore J. Vanterpool"


def test_phrases_are_found_in_spite_of_misread_letters() -> None:
    text = STATEMENT.replace("certifies that", "certifles that").replace("participated", "particlpated")
    text = text.replace("titled", "tided").replace("awarded", "awardcd")
    found = values(item_of(text, centered=True))
    assert found["holder_name"] == "Thomas Q. Bellweather"
    assert found["activity_title"] == "Infection Control and Barrier Precautions Update"
    assert found["credits_awarded"] == "12.5"


def test_a_letter_spaced_line_is_read_as_its_words() -> None:
    def spaced(text: str) -> str:
        return "  ".join(" ".join(word) for word in text.split())

    text = PRESENTED.replace("Advances in Hypertension Management", spaced("Advances in Hypertension Management"))
    assert item_of(text, centered=True).text("activity_title") == "Advances in Hypertension Management"


def test_unsure_words_make_an_unsure_field() -> None:
    sure, unsure = (
        extract(reading, classify(reading)).items[0].field("holder_name")
        for reading in (reading_of(TABLE), reading_of(TABLE, confidence=0.4))
    )
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < 0.5 < sure.confidence


def test_the_credit_system_is_read_from_its_name_and_not_from_the_word_with_the_trademark_sign() -> None:
    reading = reading_of(PRESENTED)
    (item,) = extract(reading, classify(reading)).items
    texts = {name: [place.text for place in field.evidence] for name, field in ((f.name, f) for f in item.fields)}
    assert texts["credit_type"] == ["AMA PRA Category 1"]
    assert texts["credits_awarded"] == ["1.0 AMA PRA Category 1"]


def test_a_packet_of_certificates_gives_an_item_each_and_a_copy_none() -> None:
    reading = reading_of(PRESENTED, RECEIPT, PRESENTED)
    items = extract(reading, classify(reading)).items
    assert [item.text("holder_name") for item in items] == ["Jane A. Whitfield", "Rosa Delgado"]


def test_a_second_page_completes_the_certificate_before_it() -> None:
    first, _, rest = STATEMENT.partition("and is awarded")
    reading = reading_of(first, f"and is awarded{rest}", centered=True)
    (item,) = extract(reading, classify(reading)).items
    assert item.text("holder_name") == "Thomas Q. Bellweather"
    assert item.text("credits_awarded") == "12.5"
    awarded = item.field("credits_awarded")
    assert awarded is not None
    assert awarded.evidence[0].page == 2


@pytest.mark.parametrize("text", [STATEMENT, PRESENTED, TABLE, RECEIPT, LETTER, SEVERAL_SYSTEMS, RUNNING_TEXT])
def test_every_field_is_known_to_its_type_and_printed_where_its_evidence_says(text: str) -> None:
    extraction = extraction_of(text)
    known = {spec.name for spec in document_type(extraction.document_type).fields}
    for item in extraction.items:
        assert len({field.name for field in item.fields}) == len(item.fields)
        for field in item.fields:
            assert field.name in known
            printed = " ".join(evidence.text for evidence in field.evidence)
            assert all(word in text for word in printed.split())
            assert all(0 <= e.box.x0 < e.box.x1 <= 1 and 0 <= e.box.y0 < e.box.y1 <= 1 for e in field.evidence)


def test_a_page_without_words_gives_no_item() -> None:
    reading = reading_of("")
    assert document_type("cme_certificate").extract(reading) == ()


def test_values_have_plain_quotes_and_evidence_the_printed_ones() -> None:
    field = item_of(PRESENTED.replace("Hypertension", "Alzheimer’s"), centered=True).field("activity_title")
    assert field is not None
    assert field.value == "Advances in Alzheimer's Management"
    assert field.content == "Advances in Alzheimer’s Management"


def test_a_date_in_the_header_of_a_printed_web_page_is_not_the_completion() -> None:
    text = TABLE.replace("Date Completed:       04/17/2023\n", "").replace("CME Completion", "CME")
    page = f"02/23/2025                    My Certificates\n{text}"
    assert item_of(page).field("completion_date") is None


def test_the_name_of_the_issuer_loses_the_article_of_its_sentence() -> None:
    text = STATEMENT.replace(
        "\nHarborview Medical Center is accredited", "\nThe Harborview Medical Center is accredited"
    )
    assert item_of(text, centered=True).text("issuer") == "Harborview Medical Center"


def test_degrees_may_have_a_label_of_their_own() -> None:
    text = TABLE.replace("WHITFIELD, JANE A, MD\n", "WHITFIELD, JANE A\nDegree:               MD\n")
    field = item_of(text).field("holder_credentials")
    assert field is not None
    assert field.value == ("MD",)
