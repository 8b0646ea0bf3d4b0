"""DEA certificates, licenses, registrations, boards, cards and policies give their fields."""

from datetime import date

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.validation.finding import RuleContext
from credmate_pipeline.validation.validate import validate
from credmate_pipeline_tests.extraction.printed import reading_of

DEA = """
                    UNITED STATES DEPARTMENT OF JUSTICE
                    DRUG ENFORCEMENT ADMINISTRATION
                       WASHINGTON D.C. 20537
               CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE

DEA REGISTRATION      THIS REGISTRATION      FEE
NUMBER                EXPIRES                PAID
{number}             10-31-2026             $888

SCHEDULES             BUSINESS ACTIVITY      ISSUE DATE
2,2N,3,3N,4,5         PRACTITIONER           09-18-2023

CARTER, EMILY R MD
123 MAIN ST STE 4
SPRINGFIELD, IL 62701

Sections 304 and 1008 (21 USC 824 and 958) of the Controlled Substances Act of 1970
{more}
"""
DEA_FIELDS = {
    "registration_number": "BC6145127",
    "holder_name": "CARTER, EMILY R",
    "schedules": ("2", "2N", "3", "3N", "4", "5"),
    "business_activity": "PRACTITIONER",
    "issue_date": "2023-09-18",
    "expiration_date": "2026-10-31",
    "address_state": "IL",
}
VERIFICATION = """
Medical Board of California
License Details
Name: CARTER, EMILY ROSE
License Number: A 123456
License Type: Physician and Surgeon A
Primary Status: Renewed & Current
Original Issue Date: June 3, 2015
Expiration Date: March 31, 2027
Address of Record: 12 Oak Ave, Sacramento, CA 95814
Printed on 10/02/2026
"""
WALL = """
# STATE OF OHIO
# STATE MEDICAL BOARD
This is to certify that
# Emily Rose Carter, M.D.
having complied with the requirements of the law is hereby licensed to practice
Medicine and Surgery
in the State of Ohio
License No. 35.123456
In witness whereof we set our hands and seal at Columbus this 5th day of June, 2018
John Q. Smith, President
"""
POCKET = """
STATE OF FLORIDA
DEPARTMENT OF HEALTH
DIVISION OF MEDICAL QUALITY ASSURANCE
DATE            LICENSE NO.      CONTROL NO.
01/05/2025      ME 123456        998877
The MEDICAL DOCTOR named below has met all requirements of the laws and rules of the State of Florida.
Expiration Date: JANUARY 31, 2027
EMILY R CARTER, MD
12 OAK AVE
TAMPA, FL 33601
"""
CSR = """
COMMONWEALTH OF MASSACHUSETTS
DEPARTMENT OF PUBLIC HEALTH
MASSACHUSETTS CONTROLLED SUBSTANCES REGISTRATION
Registration Number: MC1234567
Registrant: Emily R. Carter, MD
Schedules: II, III, IV, V, VI
Issue Date: 01/15/2024
Expiration Date: 01/14/2027
"""
BOARD = """
# The American Board of Internal Medicine
certifies that
# Emily Rose Carter, MD
has met the requirements of this Board and is hereby certified as a
Diplomate in
# Internal Medicine
Certificate Number 234567
Issued August 18, 2016
Valid through December 31, 2026
"""
CARD = """
# BASIC LIFE SUPPORT
BLS Provider
American Heart Association
# Emily Carter
has successfully completed the cognitive and skills evaluations in accordance with the curriculum
of the American Heart Association Basic Life Support (CPR and AED) Program.
Issue Date              Renew By
10/16/2025              10/2027
Training Center Name    Instructor Name
Mercy Training Center   Robert Jones
Training Center ID      Instructor ID
IL12345                 12345678901
eCard Code
255412345678
"""
POLICY = """
CERTIFICATE OF INSURANCE
Professional Liability
Named Insured: Emily R. Carter, MD
Insurer A: Prairie States Medical Mutual Insurance Company    NAIC # 12345
Policy Number: MPL-0012345
Policy Period: 01/01/2026 to 01/01/2027
Coverage: Claims-Made    Retroactive Date: 07/01/2018
Each Claim: $1,000,000    Aggregate: $3,000,000
"""
TWO_COVERAGES = """
CERTIFICATE OF LIABILITY INSURANCE
INSURED                                INSURER A: Prairie States Indemnity Company
Emily R. Carter, MD                    INSURER B: Old Mill Casualty Company
12 Oak Ave
Peoria, IL 61601
INSR   TYPE OF INSURANCE               POLICY NUMBER    POLICY EFF    POLICY EXP    LIMITS
B      GENERAL LIABILITY               GL-559588        05/01/2026    05/01/2027    EACH OCCURRENCE $500,000
A      MEDICAL PROFESSIONAL LIABILITY   HPL-5008505     07/01/2026    07/01/2027    EACH CLAIM $2,000,000
       CLAIMS-MADE                                                                  AGGREGATE $6,000,000
CERTIFICATE HOLDER
Fernwood Community Hospital
"""


def values(item: Item) -> dict[str, object]:
    return {field.name: field.value for field in item.fields}


def read(text: str, *more: str) -> tuple[str, tuple[Item, ...]]:
    reading = reading_of(text, *more)
    classification = classify(reading)
    return classification.document_type, extract(reading, classification).items


def rules_of(type_name: str, items: tuple[Item, ...], text: str) -> set[str]:
    context = RuleContext(today=date(2026, 3, 1), page_text=text)
    return {found.rule for rule in document_type(type_name).rules for found in rule(items[0], context)}


def test_a_dea_certificate_gives_all_its_fields():
    kind, (item,) = read(DEA.format(number="BC6145127", more=""))
    assert kind == "dea_registration"
    assert values(item) == DEA_FIELDS


def test_a_wallet_copy_with_the_same_facts_is_the_same_record():
    copy = "DEA REGISTRATION NUMBER: BC6145127    EXPIRES: 10-31-2026"
    text = DEA.format(number="BC6145127", more=copy)
    kind, items = read(text)
    assert len(items) == 1
    assert "copies-differ" not in rules_of(kind, items, text)


def test_a_wallet_copy_with_another_number_needs_a_person():
    text = DEA.format(number="BC6145127", more="DEA REGISTRATION NUMBER: FC9876547    EXPIRES: 10-31-2026")
    kind, items = read(text)
    assert len(items) == 1
    assert "copies-differ" in rules_of(kind, items, text)


def test_a_repaired_number_is_marked_as_repaired():
    _, (item,) = read(DEA.format(number="BC6I45127", more=""))
    number = item.field("registration_number")
    assert number is not None
    assert (number.value, number.content) == ("BC6145127", "BC6I45127")
    assert "repaired" in number.method


def test_certificates_of_two_registrations_on_two_pages_are_two_items():
    _, items = read(DEA.format(number="BC6145127", more=""), DEA.format(number="FC9876547", more=""))
    assert [item.text("registration_number") for item in items] == ["BC6145127", "FC9876547"]


def test_a_printed_verification_gives_a_license():
    kind, (item,) = read(VERIFICATION)
    assert kind == "license"
    assert values(item) == {
        "license_number": "A 123456",
        "state": "CA",
        "license_type": "Physician and Surgeon A",
        "holder_name": "CARTER, EMILY ROSE",
        "issue_date": "2015-06-03",
        "expiration_date": "2027-03-31",
        "license_status": "Renewed & Current",
    }


def test_a_wall_certificate_gives_a_license_without_expiry():
    kind, (item,) = read(WALL)
    assert kind == "license"
    assert (item.text("license_number"), item.text("state")) == ("35.123456", "OH")
    assert (item.text("holder_name"), item.text("issue_date")) == ("Emily Rose Carter", "2018-06-05")
    assert item.field("expiration_date") is None


def test_a_pocket_card_gives_a_license():
    kind, (item,) = read(POCKET)
    assert kind == "license"
    assert (item.text("license_number"), item.text("state")) == ("ME 123456", "FL")
    assert (item.text("holder_name"), item.text("expiration_date")) == ("EMILY R CARTER", "2027-01-31")


def test_a_state_registration_gives_its_fields():
    kind, (item,) = read(CSR)
    assert kind == "controlled_substance_registration"
    assert values(item) == {
        "registration_number": "MC1234567",
        "state": "MA",
        "holder_name": "Emily R. Carter",
        "schedules": ("2", "3", "4", "5", "6"),
        "issue_date": "2024-01-15",
        "expiration_date": "2027-01-14",
    }


def test_a_board_certificate_gives_its_fields():
    kind, (item,) = read(BOARD)
    assert kind == "board_certification"
    assert values(item) == {
        "board": "American Board of Internal Medicine",
        "specialty": "Internal Medicine",
        "holder_name": "Emily Rose Carter",
        "certificate_number": "234567",
        "issue_date": "2016-08-18",
        "expiration_date": "2026-12-31",
    }


def test_a_life_support_card_gives_its_fields():
    kind, (item,) = read(CARD)
    assert kind == "life_support_card"
    assert values(item) == {
        "course": "BLS",
        "holder_name": "Emily Carter",
        "issue_date": "2025-10-16",
        "renew_by": "2027-10",
        "ecard_code": "255412345678",
        "training_center": "Mercy Training Center",
        "instructor_name": "Robert Jones",
    }


def test_a_policy_gives_its_fields():
    kind, (item,) = read(POLICY)
    assert kind == "malpractice_insurance"
    assert values(item) == {
        "holder_name": "Emily R. Carter",
        "insurer": "Prairie States Medical Mutual Insurance Company",
        "policy_number": "MPL-0012345",
        "effective_date": "2026-01-01",
        "expiration_date": "2027-01-01",
        "coverage_basis": "claims_made",
        "retroactive_date": "2018-07-01",
        "limit_per_claim": "1000000",
        "limit_aggregate": "3000000",
    }


def test_only_the_professional_line_of_a_liability_certificate_counts():
    kind, (item,) = read(TWO_COVERAGES)
    assert kind == "malpractice_insurance"
    assert (item.text("policy_number"), item.text("insurer")) == ("HPL-5008505", "Prairie States Indemnity Company")
    assert (item.text("effective_date"), item.text("expiration_date")) == ("2026-07-01", "2027-07-01")
    assert (item.text("limit_per_claim"), item.text("limit_aggregate")) == ("2000000", "6000000")


@pytest.mark.parametrize(
    "text", [DEA.format(number="BC6145127", more=""), VERIFICATION, WALL, CSR, BOARD, CARD, POLICY]
)
def test_every_field_points_at_the_place_where_it_is_printed(text):
    reading = reading_of(text)
    for item in extract(reading, classify(reading)).items:
        for field in item.fields:
            assert all(evidence.text in reading.text.replace("\n", " ") for evidence in field.evidence)


def test_the_findings_of_a_good_certificate_hold_no_error():
    reading = reading_of(DEA.format(number="BC6145127", more=""))
    extraction = extract(reading, classify(reading))
    context = RuleContext(date(2026, 3, 1), ("Emily Carter",), reading.text)
    assert {found.rule for found in validate(extraction, context)} == {"name-variant"}
