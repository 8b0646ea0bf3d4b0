"""Papers that look like credentials, in words no sample prints."""

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline_tests.extraction.printed import reading_of

LOOK_ALIKES = {
    "membership": "American College of Physicians\nElena Marsh, MD\nhas been elected to Fellowship\nMember since 2014",
    "foreign graduates": (
        "Educational Commission for Foreign Medical Graduates\ncertifies that\nElena Marsh\nhas passed the examinations"
    ),
    "laboratory": (
        "CLINICAL LABORATORY IMPROVEMENT AMENDMENTS\nCERTIFICATE OF WAIVER\nLaboratory Director Elena Marsh\n"
        "CLIA ID Number 05D0123456   Effective Date 01/02/2025   Expiration Date 01/01/2027"
    ),
    "fellowship": "Harrow State Hospital\ncertifies that\nElena Marsh, M.D.\nhas completed a fellowship in Cardiology",
    "staff training": "Certificate of Completion\nElena Marsh has completed the Workplace Safety training module",
    "automobile insurance": (
        "CERTIFICATE OF LIABILITY INSURANCE\nAUTOMOBILE LIABILITY\nPolicy Number 4411   Certificate Holder: The City"
    ),
    "receipt of a license's renewal, cut by its watermark": (
        "State of New Jersey Department of Health\nLicense Renewal\nLicensee: Elena Marsh\n"
        "License Number: 25MA92455316\nTransaction ID: 215516639\nPayment Method: Visa\nTotal Paid: $391.00\n"
        "This is not a license."
    ),
    "immunization": "Immunization Record\nPatient name: Elena Marsh   DOB 1/2/1980\nHepatitis B dose 1 1/2/2020",
}
CREDENTIALS = {
    "cme_certificate": (
        "Certificate of Completion\nElena Marsh, MD has completed the Workplace Safety course\n"
        "and is awarded 2.0 AMA PRA Category 1 Credits. Continuing Medical Education"
    ),
    "malpractice_insurance": (
        "CERTIFICATE OF LIABILITY INSURANCE\nCOMMERCIAL GENERAL LIABILITY\nMedical Professional Liability CLAIMS-MADE\n"
        "POLICY NUMBER MPL-1\nEach Claim $1,000,000 Aggregate $3,000,000\nCERTIFICATE HOLDER"
    ),
    "board_certification": (
        "American Academy of Nurse Practitioners Certification Board\nElena Marsh is certified as a\n"
        "Family Nurse Practitioner\nCertification Number F123"
    ),
    "life_support_card": (
        "American Red Cross\nCertificate of Completion\nElena Marsh\nhas successfully completed requirements for\n"
        "Adult CPR/AED\nDate Completed 01/02/2025"
    ),
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_look_alike_is_not_taken_for_a_credential(name: str) -> None:
    assert classify(reading_of(LOOK_ALIKES[name])).document_type == UNSUPPORTED


@pytest.mark.parametrize("name", CREDENTIALS)
def test_a_credential_that_shares_words_with_a_look_alike_is_one(name: str) -> None:
    assert classify(reading_of(CREDENTIALS[name])).document_type == name
