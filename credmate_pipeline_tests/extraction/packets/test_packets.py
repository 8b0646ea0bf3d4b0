"""Files of several documents, drawn page by page and read as one."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.documents.joining import joined_pdf
from credmate_pipeline.extraction.fields import Extraction, PageUse
from credmate_pipeline.journey import read_document
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.engine import OcrEngine
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.samples.faults import blank_page
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.sheet import Sheet

TODAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return open_tesseract("eng")


class Reader:
    def __init__(self, engine: OcrEngine, folder: Path) -> None:
        self.engine, self.folder = engine, folder

    def __call__(self, *pages: bytes) -> Outcome:
        path = self.folder / "packet.pdf"
        path.write_bytes(joined_pdf(pages))
        return read_document(path, engine=self.engine, circumstances=Circumstances(TODAY))


@pytest.fixture
def read(engine: OcrEngine, tmp_path: Path) -> Reader:
    return Reader(engine, tmp_path)


def page(layout: str, seed: int = 1) -> bytes:
    return layout_named(layout).draw(Random(seed), TODAY).pdf


def cover_sheet() -> bytes:
    sheet = Sheet()
    sheet.say("FAX COVER SHEET", size=26, bold=True)
    sheet.label_rows([("To:", "Medical staff office"), ("Pages:", "5, with this one")], size=14, pitch=40)
    return sheet.finish()


def certificate(
    *lines: str, holder: str = "Elif B. Bui", title: str = "Sepsis in the First Hour", credit: str = "1.50"
) -> bytes:
    sheet = Sheet()
    sheet.say("Harborview Hills Health System", size=16, bold=True)
    sheet.say("certifies that", size=11)
    sheet.say(f"{holder}, MD", size=20, bold=True)
    sheet.say("has participated in the live activity titled", size=11)
    sheet.say(title, size=16, bold=True)
    sheet.say("on March 4, 2025", size=11)
    sheet.say(f"and is awarded {credit} AMA PRA Category 1 Credits™", size=12)
    for line in lines:
        sheet.say(line, size=9)
    return sheet.finish()


def text_page(*lines: str) -> bytes:
    sheet = Sheet()
    for line in lines:
        sheet.say(line, size=11, align="left")
    return sheet.finish()


def found_in(outcome: Outcome) -> Extraction:
    assert outcome.extraction is not None
    return outcome.extraction


def types(extraction: Extraction) -> Sequence[str]:
    return [extraction.type_of(item) for item in extraction.items]


def test_pages_of_different_types_give_items_of_each_type(read: Reader) -> None:
    found = found_in(read(page("cme_awarded"), page("license_verification_page"), page("life_support_electronic_card")))
    assert types(found) == ["cme_certificate", "license", "life_support_card"]
    assert [item.pages for item in found.items] == [(1,), (2,), (3,)]
    assert found.items[1].text("license_number")


def test_covers_blanks_and_other_papers_give_no_item_but_are_accounted_for(read: Reader) -> None:
    found = found_in(read(cover_sheet(), page("cme_awarded"), blank_page(), page("invoice")))
    assert types(found) == ["cme_certificate"]
    assert [(one.page, one.use) for one in found.pages_set_aside] == [
        (1, PageUse.COVER_SHEET),
        (3, PageUse.BLANK),
        (4, PageUse.OTHER_PAPER),
    ]


def test_certificates_of_one_person_are_one_item_each(read: Reader) -> None:
    titles = ("Sepsis in the First Hour", "Thyroid Nodules: Part I", "Thyroid Nodules: Part II")
    outcome = read(*(certificate(title=title) for title in titles))
    assert [item.text("activity_title") for item in found_in(outcome).items] == list(titles)
    assert outcome.status is DocumentStatus.COMPLETED


def test_a_certificate_of_two_pages_is_one_item(read: Reader) -> None:
    first = certificate("Page 1 of 2")
    second = text_page(
        "Page 2 of 2",
        "The Harborview Hills Health System is accredited by the Accreditation Council for Continuing Medical "
        "Education (ACCME) to provide continuing medical education for physicians.",
    )
    found = found_in(read(first, second))
    assert len(found.items) == 1
    statement = found.items[0].field("accreditation_statement")
    assert statement is not None
    assert statement.evidence[0].page == 2


def test_the_same_certificate_twice_is_one_item(read: Reader) -> None:
    outcome = read(certificate(), certificate())
    assert len(found_in(outcome).items) == 1
    assert outcome.status is DocumentStatus.COMPLETED


def test_two_copies_that_award_different_credits_need_a_person(read: Reader) -> None:
    outcome = read(certificate(credit="1.50"), certificate(credit="4.50"))
    assert len(found_in(outcome).items) == 1
    assert "copies-differ" in {finding.rule for finding in outcome.findings}
    assert outcome.status is DocumentStatus.REVIEW_PENDING


def test_documents_of_two_people_in_one_file_need_a_person(read: Reader) -> None:
    outcome = read(certificate(), certificate(holder="Tomasz Vandenberg"))
    assert len(found_in(outcome).items) == 2
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert outcome.reasons[0] == "The file holds documents of more than one person (item 2 on page 2)."


def test_a_registration_and_its_copy_on_another_page_are_one_item(read: Reader) -> None:
    outcome = read(page("dea_form_223"), page("dea_form_223"))
    assert types(found_in(outcome)) == ["dea_registration"]
    assert outcome.status is DocumentStatus.COMPLETED


def test_a_wallet_card_that_expires_another_day_needs_a_person(read: Reader) -> None:
    def card(expires: str) -> bytes:
        return text_page(
            "State of Ohio",
            "State Medical Board",
            "License to practice medicine and surgery",
            "License Number: 35.123456",
            "Name: Elif B. Bui, MD",
            "License Type: Doctor of Medicine (MD)",
            f"Expiration Date: {expires}",
        )

    outcome = read(card("October 1, 2027"), card("October 1, 2029"))
    assert types(found_in(outcome)) == ["license"]
    assert "copies-differ" in {finding.rule for finding in outcome.findings}
    same = read(card("October 1, 2027"), card("October 1, 2027"))
    assert "copies-differ" not in {finding.rule for finding in same.findings}


def test_a_curriculum_vitae_of_two_pages_is_no_packet_of_credentials(read: Reader) -> None:
    listing = text_page(
        "CURRICULUM VITAE, continued",
        "Licenses and certifications",
        "DEA registration number on request",
        "Continuing medical education: 12 AMA PRA Category 1 Credits in 2024",
        "References available upon request",
    )
    assert read(page("curriculum_vitae"), listing).status is DocumentStatus.UNSUPPORTED
