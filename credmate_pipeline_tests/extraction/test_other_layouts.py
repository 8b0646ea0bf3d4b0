"""Layouts of many issuers are read by the same labels and phrases."""

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import FieldValue
from credmate_pipeline_tests.extraction.printed import reading_of

NEW_YORK_REGISTRATION = """
The University of the State of New York
Education Department
Office of the Professions
REGISTRATION CERTIFICATE
Do not accept a copy of this certificate
License Number: 234567-01                       Certificate Number: 9876543
SALAZAR MONICA ELENA
45 RIVER ROAD
ALBANY NY 12207-0000
is registered to practice in New York State through 12/31/2027 as a(n)
PHYSICIAN
"""
TEXAS_PERMIT = """
TEXAS MEDICAL BOARD
Physician Full Licensure Permit
This certifies that the licensee named below is authorized to practice medicine in Texas
LICENSEE: MONICA SALAZAR, MD
LICENSE #: K1234        ISSUED: 08/23/2014        EXPIRES: 08/31/2027
"""
PENNSYLVANIA_CARD = """
COMMONWEALTH OF PENNSYLVANIA
DEPARTMENT OF STATE
BUREAU OF PROFESSIONAL AND OCCUPATIONAL AFFAIRS
License Type                          License Status
Medical Physician and Surgeon         Active
Initial License Date
09/12/2012
License Number
MD445566
Expiration Date
12/31/2026
MONICA SALAZAR
1 ELM STREET
PITTSBURGH PA 15201
"""
NURSING_REPORT = """
QuickConfirm License Verification Report
Primary Source Board of Nursing Report Summary for
BRATHWAITE, TAMARA LEE
Name on License           License Type   License Number   License Status   Original Issue Date   Expiration Date
BRATHWAITE, TAMARA LEE    RN             RN9345678        UNENCUMBERED     06/12/2010            04/30/2027
FLORIDA BOARD OF NURSING
Compact status: MULTISTATE
"""
FAMILY_MEDICINE_BOARD = """
# American Board of Family Medicine
The American Board of Family Medicine hereby certifies that
# Priya Raman, DO
having met all requirements is a Diplomate certified in the specialty of
# Family Medicine
Certification Number 1029384
Effective July 1, 2020          Expires December 31, 2030
"""
ASSISTANTS_BOARD = """
National Commission on Certification of Physician Assistants
This is to certify that
# Devon Okafor, PA-C
has successfully met the standards for certification and is hereby designated
Physician Assistant - Certified
Certificate Number 1122334
Issue Date: January 1, 2025
Expiration Date: December 31, 2026
"""
OSTEOPATHIC_BOARD = """
# AMERICAN OSTEOPATHIC BOARD OF INTERNAL MEDICINE
Be it known that
# LINH PHAM, D.O.
having successfully fulfilled the requirements of this Board is hereby certified in
# GASTROENTEROLOGY
Certificate No. 5512
Dated this 3rd day of May, 2019
Expires December 31, 2029
"""
CARD_OF_2016 = """
ACLS Provider
American Heart Association
# Marcus Dalgaard
has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the American
Heart Association Advanced Cardiovascular Life Support (ACLS) Program
Issue Date                Recommended Renewal Date
03/12/2025                03/2027
Training Center Name: Lakeside EMS
Instructor Name: Solomon Reed
Instructor ID: 08160012345
eCard Code: 255500112233
"""
OTHER_ISSUERS_CARD = """
American Red Cross
Certificate of Completion
This certifies that
# Grace Jankowski
has successfully completed requirements for
Basic Life Support
Date Completed: 05/02/2025
Valid for 2 years
Expiration date: 05/02/2027
Instructor: Brian Cole
Certificate ID: 1ABC23
"""
DECLARATIONS = """
PHYSICIANS AND SURGEONS PROFESSIONAL LIABILITY POLICY
DECLARATIONS
Harbor Mutual Insurance Company
Policy No.: PS-2026-00917
Item 1. Named Insured:  Priya Raman, DO
        44 Elm Street, Dayton, OH 45402
Item 2. Policy Period:  From 07/01/2026 To 07/01/2027 12:01 A.M.
Item 3. Limits of Liability: $1,000,000 Each Claim  $3,000,000 Annual Aggregate
Item 4. Retroactive Date: 07/01/2019
This is a claims-made policy.
"""
NARCOTICS_BUREAU = """
OKLAHOMA STATE BUREAU OF NARCOTICS AND DANGEROUS DRUGS CONTROL
CONTROLLED DANGEROUS SUBSTANCES REGISTRATION
OBNDD Number: 55321
Priya Raman, DO
44 Elm Street
Tulsa, OK 74103
Schedules: 2, 2N, 3, 3N, 4, 5
Issued 10/15/2025     Expires 10/31/2026
"""
REGISTER_LISTING = """
DEA REGISTRATION NUMBER: MO1234563
REGISTRANT NAME: OKAFOR, DEVON (PA-C)
BUSINESS ACTIVITY: MLP-PHYSICIAN ASSISTANT
DRUG SCHEDULES: 2 2N 3 3N 4 5
EXPIRATION DATE: 05/31/2027   ISSUED: 05/12/2024
REGISTERED ADDRESS: 99 OAK AVE, DAYTON, OH 45402
U.S. DEPARTMENT OF JUSTICE  DRUG ENFORCEMENT ADMINISTRATION
"""


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param(
            NEW_YORK_REGISTRATION,
            "license",
            {
                "license_number": "234567-01",
                "state": "NY",
                "holder_name": "SALAZAR MONICA ELENA",
                "expiration_date": "2027-12-31",
            },
            id="new york registration",
        ),
        pytest.param(
            TEXAS_PERMIT,
            "license",
            {
                "license_number": "K1234",
                "state": "TX",
                "holder_name": "MONICA SALAZAR",
                "issue_date": "2014-08-23",
                "expiration_date": "2027-08-31",
            },
            id="texas permit",
        ),
        pytest.param(
            PENNSYLVANIA_CARD,
            "license",
            {
                "license_number": "MD445566",
                "state": "PA",
                "holder_name": "MONICA SALAZAR",
                "license_status": "Active",
                "license_type": "Medical Physician and Surgeon",
            },
            id="pennsylvania card",
        ),
        pytest.param(
            NURSING_REPORT,
            "license",
            {
                "license_number": "RN9345678",
                "state": "FL",
                "holder_name": "BRATHWAITE, TAMARA LEE",
                "license_type": "RN",
                "expiration_date": "2027-04-30",
            },
            id="nursing report",
        ),
        pytest.param(
            FAMILY_MEDICINE_BOARD,
            "board_certification",
            {
                "board": "American Board of Family Medicine",
                "specialty": "Family Medicine",
                "holder_name": "Priya Raman",
                "expiration_date": "2030-12-31",
            },
            id="family medicine board",
        ),
        pytest.param(
            ASSISTANTS_BOARD,
            "board_certification",
            {
                "board": "National Commission on Certification of Physician Assistants",
                "specialty": "Physician Assistant",
                "holder_name": "Devon Okafor",
            },
            id="assistants board",
        ),
        pytest.param(
            OSTEOPATHIC_BOARD,
            "board_certification",
            {
                "board": "AMERICAN OSTEOPATHIC BOARD OF INTERNAL MEDICINE",
                "specialty": "GASTROENTEROLOGY",
                "issue_date": "2019-05-03",
            },
            id="osteopathic board",
        ),
        pytest.param(
            CARD_OF_2016,
            "life_support_card",
            {
                "course": "ACLS",
                "holder_name": "Marcus Dalgaard",
                "renew_by": "2027-03",
                "instructor_name": "Solomon Reed",
            },
            id="card of 2016",
        ),
        pytest.param(
            OTHER_ISSUERS_CARD,
            "life_support_card",
            {"course": "BLS", "holder_name": "Grace Jankowski", "issue_date": "2025-05-02", "renew_by": "2027-05-02"},
            id="other issuers card",
        ),
        pytest.param(
            DECLARATIONS,
            "malpractice_insurance",
            {
                "holder_name": "Priya Raman",
                "insurer": "Harbor Mutual Insurance Company",
                "policy_number": "PS-2026-00917",
                "effective_date": "2026-07-01",
                "expiration_date": "2027-07-01",
                "limit_per_claim": "1000000",
                "limit_aggregate": "3000000",
            },
            id="declarations",
        ),
        pytest.param(
            NARCOTICS_BUREAU,
            "controlled_substance_registration",
            {
                "registration_number": "55321",
                "state": "OK",
                "holder_name": "Priya Raman",
                "expiration_date": "2026-10-31",
            },
            id="narcotics bureau",
        ),
        pytest.param(
            REGISTER_LISTING,
            "dea_registration",
            {
                "registration_number": "MO1234563",
                "holder_name": "OKAFOR, DEVON",
                "business_activity": "MLP-PHYSICIAN ASSISTANT",
                "schedules": ("2", "2N", "3", "3N", "4", "5"),
            },
            id="register listing",
        ),
    ],
)
def test_a_layout_is_classified_and_read(text: str, kind: str, expected: dict[str, FieldValue]):
    reading = reading_of(text)
    classification = classify(reading)
    assert classification.document_type == kind
    (item,) = extract(reading, classification).items
    assert {field.name: field.value for field in item.fields if field.name in expected} == expected
