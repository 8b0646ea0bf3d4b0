"""Which papers are told apart, by what is printed on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.classification.classify import ENOUGH, Score, choose, classify
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline_tests.extraction.printed import reading_of

CERTIFICATE = """
# Certificate of Completion
Riverbend Health Institute certifies that
Nadia Haddad, MD
has participated in the enduring material titled
Asthma Care Update
on May 4, 2023 and is awarded 1.5 AMA PRA Category 1 Credit(s)™.
"""
CURRICULUM_VITAE = """
# Nadia Haddad, MD
Curriculum Vitae
Education
Doctor of Medicine, Example University, 2008
Residency, Internal Medicine, Example Hospital, 2011
Licensure
Medical license, State of Ohio, 35.123456, expires 2025. DEA registration held since 2011.
Professional Experience
Attending physician 2011 to present. Attended the annual CME conference and earned 20 AMA PRA Category 1 Credits.
Publications
Haddad N. Continuing medical education in rural practice. 2019.
References available upon request
"""
INVOICE = """
# INVOICE
Riverbend Health Institute
Bill to: Nadia Haddad, MD
Invoice number 20231       Date 05/04/2023
Description                                Qty   Unit price
CME online course, Asthma Care Update      1     $120.00
Subtotal   $120.00
Amount due   $120.00
Payment terms: net 30 days
"""
LETTER = """
May 4, 2023
Dear Dr. Haddad:
We are writing about your application for medical staff privileges. We noticed that your DEA registration
and your CME certificates for the years 2021 and 2022 have not been received. Please send copies of all
certificates of completion by June 1.
Sincerely,
Medical Staff Office
"""
RESEARCH_TRAINING = """
# Completion Certificate
This is to certify that
Nadia Haddad
has completed the following CITI Program course:
Biomedical Research Investigators
Not valid for renewal of certification through CME.
Collaborative Institutional Training Initiative
"""
DIPLOMA = """
# Example University
The Board of Trustees upon recommendation of the Faculty
has conferred upon
Nadia Haddad
the degree of
Doctor of Medicine
with all the rights, privileges and honors thereto appertaining
"""
ONLINE_COURSE = """
# Certificate of Completion
Udemy
This certificate verifies that Nadia Haddad successfully completed the course
Spreadsheets for Beginners
Total hours 12   ude.my/UC-00000000
"""
ANNOUNCEMENT = """
# Annual Update in Internal Medicine
October 4-6, 2025
Register now, registration fee $650
Learning objectives and agenda
Example University designates this live activity for a maximum of 18 AMA PRA Category 1 Credits™.
Example University is accredited by the Accreditation Council for Continuing Medical Education to provide
continuing medical education for physicians.
"""
GENERAL_LIABILITY = """
# CERTIFICATE OF LIABILITY INSURANCE
Producer: Acme Brokers
Insured: Example Clinic LLC
Insurer A: Example Mutual   NAIC 12345
Commercial General Liability   Policy Number GL-8812   Each occurrence $1,000,000   General aggregate $2,000,000
Certificate holder: Example Hospital
"""
WALL_LICENSE = """
The Commonwealth of Massachusetts
Board of Registration in Medicine
Be it known that
Nadia Haddad
having fulfilled the requirements of the law is hereby registered as a
Physician
Certificate No. 576322
"""
NOTHING_KNOWN = """
Lunch menu
Monday soup and salad
Tuesday grilled fish with rice
"""


def test_a_certificate_is_known_by_its_phrases_and_shows_them() -> None:
    found = classify(reading_of(CERTIFICATE, centered=True))
    assert found.document_type == "cme_certificate"
    assert found.confidence > 0.9
    assert any("certifies that" in evidence.text for evidence in found.evidence)
    assert all(evidence.page == 1 for evidence in found.evidence)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CURRICULUM_VITAE, id="curriculum vitae that mentions credits, a license and a DEA registration"),
        pytest.param(INVOICE, id="invoice for a course"),
        pytest.param(LETTER, id="letter that asks for certificates"),
        pytest.param(RESEARCH_TRAINING, id="research training"),
        pytest.param(DIPLOMA, id="diploma"),
        pytest.param(ONLINE_COURSE, id="online course without medical credit"),
        pytest.param(ANNOUNCEMENT, id="announcement of a course with its credits"),
        pytest.param(GENERAL_LIABILITY, id="general liability without professional liability"),
        pytest.param(NOTHING_KNOWN, id="nothing known"),
    ],
)
def test_a_paper_that_proves_no_credential_is_unsupported(text: str) -> None:
    found = classify(reading_of(text))
    assert found.document_type == UNSUPPORTED
    assert found.confidence >= 0.5


def test_whom_a_state_registers_as_a_physician_is_licensed() -> None:
    assert classify(reading_of(WALL_LICENSE, centered=True)).document_type == "license"


def test_a_page_without_words_is_unsupported() -> None:
    assert classify(reading_of("")).document_type == UNSUPPORTED


def test_misread_letters_do_not_hide_a_certificate() -> None:
    misread = CERTIFICATE.replace("certifies", "certifles").replace("participated", "partlcipated")
    misread = misread.replace("Certificate", "Cerlificate").replace("awarded", "awardcd")
    assert classify(reading_of(misread, centered=True)).document_type == "cme_certificate"


def test_less_evidence_makes_a_type_less_sure() -> None:
    little = CERTIFICATE.replace(" and is awarded 1.5 AMA PRA Category 1 Credit(s)™", "").replace("certifies that", "")
    less = classify(reading_of(little, centered=True))
    assert less.document_type == "cme_certificate"
    assert less.confidence < classify(reading_of(CERTIFICATE, centered=True)).confidence


def test_two_types_with_equal_evidence_are_a_toss_up() -> None:
    found = choose([Score("license", 6.0), Score("dea_registration", 6.0)], [Score("letter", 0.0)])
    assert found.confidence <= 0.5


WEIGHTS = st.floats(min_value=-5, max_value=20)


@given(best=WEIGHTS, rival=WEIGHTS, paper=st.floats(min_value=0, max_value=20))
def test_a_type_is_chosen_only_with_enough_evidence_and_over_every_other_paper(
    best: float, rival: float, paper: float
) -> None:
    first, second = max(best, rival), min(best, rival)
    found = choose([Score("license", first), Score("dea_registration", second)], [Score("letter", paper)])
    assert (found.document_type == "license") == (first >= ENOUGH and first > paper)
    assert 0.0 <= found.confidence <= 1.0


@given(weight=st.floats(min_value=ENOUGH, max_value=15), more=st.floats(min_value=0, max_value=5))
def test_more_evidence_never_makes_a_type_less_sure(weight: float, more: float) -> None:
    def confidence(best: float) -> float:
        return choose([Score("license", best)], [Score("letter", 1.0)]).confidence

    assert confidence(weight + more) >= confidence(weight)


def test_a_speck_after_a_word_does_not_tear_a_phrase() -> None:
    text = """
# American Academy. of Nurse Practitioners Certification Board
PRIMARY SOURCE VERIFICATION OF CERTIFICATION
Certificant: Nadia Haddad
Certification Number: F0559653
Certification. in Family Nurse Practitioner
"""
    assert classify(reading_of(text)).document_type == "board_certification"
