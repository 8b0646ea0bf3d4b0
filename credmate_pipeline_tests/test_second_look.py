"""Pages are looked at again where that can change the outcome, and only there."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pymupdf
import pytest

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.documents.page import Gray
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.journey import read_document, understand
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.reading import Page, PageNote, Reading, Source
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.samples.files import scan_pdf
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.second_look import MOST_PAGES, clarity, clearest, doubtful_pages
from credmate_pipeline_tests.outcomes import completed, in_review, reading_of, unreadable, unsupported
from credmate_pipeline_tests.papers import LINES, pdf_of, picture_of, saved, write
from credmate_pipeline_tests.validation.items import item_of

TODAY = date(2026, 3, 9)
SURE = {"registration_number": "AB1234563", "holder_name": "A B", "schedules": "2", "expiration_date": "2028-01-31"}


def dea(confidence: float = 0.999, source: Source = Source.TESSERACT, **changes: str | None) -> Outcome:
    """A DEA registration in review, its fields with one confidence; a change to None takes a field away."""
    fields = {name: value for name, value in {**SURE, **changes}.items() if value is not None}
    seen = reading_of()
    reading = replace(seen, pages=tuple(replace(page, source=source) for page in seen.pages))
    return Outcome(
        DocumentStatus.REVIEW_PENDING,
        ("Something is not certain.",),
        reading=reading,
        classification=Classification("dea_registration", 0.95, ()),
        extraction=Extraction("dea_registration", (item_of(confidence, **fields),)),
    )


def doubting(outcome: Outcome, **confidences: float) -> Outcome:
    """The outcome of one item with other confidences of some of its fields."""
    assert outcome.extraction is not None
    [item] = outcome.extraction.items
    fields = tuple(replace(one, confidence=confidences.get(one.name, one.confidence)) for one in item.fields)
    return replace(outcome, extraction=replace(outcome.extraction, items=(replace(item, fields=fields),)))


def test_a_settled_document_is_not_looked_at_again() -> None:
    assert doubtful_pages(completed()) == ()


def test_a_missing_field_is_looked_for_again() -> None:
    assert doubtful_pages(dea(schedules=None)) == (1,)


def test_a_field_read_with_little_confidence_is_looked_at_again() -> None:
    assert doubtful_pages(dea(0.3)) == (1,)


def test_a_name_that_stays_in_doubt_is_not_looked_at_again_for_itself() -> None:
    assert doubtful_pages(doubting(dea(holder_name="A B III"), holder_name=0.3)) == ()
    assert doubtful_pages(dea(0.3, holder_name="A B III")) == (1,)


def test_beside_a_name_that_stays_in_doubt_only_what_is_likely_wrong_or_missing_is_looked_at_again() -> None:
    doubted = dea(holder_name="A B III")
    assert doubtful_pages(doubting(doubted, holder_name=0.3, schedules=0.9)) == ()
    assert doubtful_pages(doubting(dea(), schedules=0.9)) == (1,)
    assert doubtful_pages(doubting(doubted, holder_name=0.3, schedules=0.4)) == (1,)
    assert doubtful_pages(doubting(dea(holder_name="A B III", schedules=None), holder_name=0.3)) == (1,)


def test_a_document_whose_fields_are_all_clear_is_not_looked_at_again() -> None:
    assert doubtful_pages(dea()) == ()


def test_a_text_layer_is_not_looked_at_again() -> None:
    assert doubtful_pages(dea(0.3, source=Source.TEXT_LAYER)) == ()


def test_an_error_in_a_field_that_may_be_misread_is_looked_at_again_and_one_read_surely_is_not() -> None:
    errors = in_review().findings
    doubted = replace(in_review(), findings=tuple(replace(error, field="credits_awarded") for error in errors))
    extraction = doubted.extraction
    assert extraction is not None
    sure = item_of(0.999, **dict.fromkeys(("holder_name", "activity_title", "issuer", "completion_date"), "1"))
    sure = Item((*sure.fields, *item_of(0.999, credits_awarded="1.5", credit_type="ama_pra_1").fields))
    assert doubtful_pages(doubted) == (1,)
    assert doubtful_pages(replace(doubted, extraction=replace(extraction, items=(sure,)))) == ()


def test_a_document_of_no_known_type_is_looked_at_again_only_where_it_was_poorly_read() -> None:
    [page] = unsupported().reading.pages  # type: ignore[union-attr]
    [line] = page.lines
    poor = replace(page, lines=(replace(line, words=tuple(replace(word, confidence=0.5) for word in line.words)),))
    assert doubtful_pages(unsupported()) == ()
    assert doubtful_pages(replace(unsupported(), reading=Reading((poor,), "test"))) == (1,)


def test_a_page_without_a_single_field_is_looked_at_again() -> None:
    lost = replace(unreadable(), reason_code=ReasonCode.NO_READABLE_FIELDS, reading=reading_of())
    assert doubtful_pages(lost) == (1,)
    assert doubtful_pages(unreadable()) == ()


def test_few_pages_of_a_long_document_are_looked_at_again() -> None:
    pages = tuple(Page(number, (), Source.TESSERACT, 612, 792) for number in range(1, 40))
    assert len(doubtful_pages(replace(unsupported(), reading=Reading(pages, "test")))) == MOST_PAGES


def test_no_further_look_is_taken_once_nothing_is_in_doubt() -> None:
    asked = []

    def looks():
        for number in range(3):
            asked.append(number)
            yield (reading_of(str(number)),)

    assert clearest(dea(0.3), looks(), lambda reading: dea()) == dea()
    assert asked == [0]


def test_a_look_that_makes_nothing_clearer_is_not_kept() -> None:
    first = dea(0.5)
    assert clearest(first, iter([(reading_of(),)]), lambda reading: dea(0.3)) is first


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (replace(dea(), status=DocumentStatus.COMPLETED), dea()),
        (dea(), unsupported()),
        (dea(), dea(schedules=None)),
        (dea(0.95), dea(0.8)),
        (dea(), replace(dea(), findings=in_review().findings)),
    ],
)
def test_the_clearer_outcome_is_the_better_one(better: Outcome, worse: Outcome) -> None:
    assert clarity(better) > clarity(worse)


WHOLE_PAGE = 3


class DoubtingAtFirst:
    """Tesseract, unsure of every number it sees when it first looks at a page."""

    def __init__(self) -> None:
        self._engine = open_tesseract("eng")
        self.pages, self.pictures = 0, 0
        self.name, self.source, self.reads_turned = self._engine.name, self._engine.source, False
        self.enough_x_height = self._engine.enough_x_height

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        self.pages += segmentation == WHOLE_PAGE
        words = self._engine.words(picture, dpi=dpi, segmentation=segmentation)
        if self.pages > 1:
            return words
        return tuple(replace(word, confidence=0.3) if _has_digits(word) else word for word in words)


def _has_digits(word: SeenWord) -> bool:
    return any(map(str.isdigit, word.text))


def test_a_second_look_settles_a_page_that_the_first_left_in_doubt(tmp_path: Path) -> None:
    drawn = layout_named("cme_awarded").draw(Random(3), TODAY)
    path = tmp_path / "page.pdf"
    path.write_bytes(scan_pdf(rasterize(drawn.pdf, 200), 200, quality=85))
    engine, circumstances = DoubtingAtFirst(), Circumstances(TODAY)
    first = understand(read_pages(path, inspect_file(path, Limits()), engine=engine, limits=Limits()), circumstances)
    engine.pages = 0
    outcome = read_document(path, engine=engine, circumstances=circumstances)
    assert outcome.reading is not None
    assert first.status is DocumentStatus.REVIEW_PENDING
    assert outcome.status is DocumentStatus.COMPLETED
    assert engine.pages == 3


class Counting(DoubtingAtFirst):
    """Tesseract, and how many pictures it was shown."""

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        self.pictures += 1
        return self._engine.words(picture, dpi=dpi, segmentation=segmentation)


def test_an_emblem_beside_a_text_layer_that_tells_all_is_not_looked_at(tmp_path: Path) -> None:
    path, engine = tmp_path / "page.pdf", Counting()
    path.write_bytes(layout_named("cme_awarded").draw(Random(3), TODAY).pdf)
    outcome = read_document(path, engine=engine, circumstances=Circumstances(TODAY))
    assert outcome.reading is not None
    assert PageNote.PICTURE_UNREAD in outcome.reading.pages[0].notes
    assert outcome.status is DocumentStatus.COMPLETED
    assert engine.pictures == 0


def test_a_field_that_stands_in_a_small_picture_beside_a_text_layer_is_found_there(tmp_path: Path) -> None:
    dated = "on March 14, 2025"
    strip = saved(tmp_path, "strip.png", picture_of(pdf_of((dated,))).crop((150, 200, 1100, 300)))
    with pymupdf.open() as document:
        page = document.new_page()
        write(page, tuple(line for line in LINES if line != dated))
        page.insert_image((60, 480, 402, 516), filename=str(strip))
        path = saved(tmp_path, "page.pdf", document.tobytes())
    engine = Counting()
    outcome = read_document(path, engine=engine, circumstances=Circumstances(TODAY))
    assert outcome.extraction is not None
    found = outcome.extraction.items[0].field("completion_date")
    assert found is not None
    assert found.value == "2025-03-14"
    assert engine.pictures == 1
