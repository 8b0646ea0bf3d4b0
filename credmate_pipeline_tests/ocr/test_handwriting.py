"""What is written by hand is told from print, and not believed."""

from dataclasses import replace
from datetime import date
from random import Random

import cv2
import numpy as np
import pytest

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.page import Gray, PageImage
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.handwriting import with_doubts
from credmate_pipeline.ocr.look import look
from credmate_pipeline.ocr.reading import PageNote, Reading
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.samples.handwriting import DPI, handwritten
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.samples.wear import blurred
from credmate_pipeline.validation.decide import decide
from credmate_pipeline_tests.outcomes import reading_of
from credmate_pipeline_tests.validation.test_decide import complete

TODAY = date(2026, 3, 9)


def notes_of(page: Gray, dpi: float) -> tuple[PageNote, ...]:
    return look(PageImage(page, dpi), open_tesseract("eng"), may_be_photo=False).notes


@pytest.mark.parametrize("seed", [3, 4])
def test_a_form_filled_in_by_hand_is_told_and_what_is_written_is_not_believed(seed: int) -> None:
    drawn = layout_named("dea_form_223").draw(Random(seed), TODAY)
    page = handwritten(drawn, Random(seed)).page
    seen = look(PageImage(page, DPI), open_tesseract("eng"), may_be_photo=False)
    assert PageNote.HANDWRITING in seen.notes
    assert min(word.confidence for word in seen.words if len(word.text) > 4) <= 0.4


def test_print_with_a_signature_is_not_taken_for_handwriting() -> None:
    drawn = layout_named("cme_awarded").draw(Random(2), TODAY)
    assert PageNote.HANDWRITING not in notes_of(rasterize(drawn.pdf, 250), 250)


def test_nothing_is_said_of_print_that_runs_together() -> None:
    drawn = layout_named("cme_awarded").draw(Random(2), TODAY)
    coarse = blurred(rasterize(drawn.pdf, 110), 0.8)
    assert PageNote.HANDWRITING not in notes_of(coarse, 110)


def drawn_word(page: Gray, text: str, left: int, top: int, *, is_joined: bool) -> SeenWord:
    """A word on the page, as letters that stand apart or as one stroke."""
    for number in range(len(text)):
        width = 16 if is_joined else 10
        page[top : top + 24, left + 16 * number : left + 16 * number + width] = 0
    return SeenWord(text, left, top, left + 16 * len(text), top + 24, 0.35 if is_joined else 0.97)


@pytest.mark.parametrize(("caption", "is_written"), [("Director", False), ("Holder", True)])
def test_what_is_written_above_the_caption_of_who_signs_is_a_signature(caption: str, is_written: bool) -> None:
    page = np.full((600, 600), 255, np.uint8)
    printed = [drawn_word(page, "certificate", 50, 40 * row, is_joined=False) for row in range(1, 9)]
    strokes = [drawn_word(page, "Naroway", 50 + 150 * number, 400, is_joined=True) for number in range(2)]
    below = drawn_word(page, caption, 60, 470, is_joined=False)
    words, found = with_doubts((*printed, *strokes, below), page)
    assert found is is_written
    assert [word.confidence for word in words[:8]] == [0.97] * 8


def leaning(page: Gray, word: SeenWord, lean: float) -> SeenWord:
    """The word as bars on a line, joined and leaning, read as surely as print."""
    left, top, height, width = int(word.left), int(word.top), int(word.bottom - word.top), int(word.right - word.left)
    page[top : top + height, left : left + width + 20] = 255
    for number in range(len(word.text)):
        foot = left + 4 + 15 * number
        cv2.line(page, (foot, top + height - 2), (foot + round(lean * height), top + 2), (0,), 4)
    cv2.line(page, (left + 4, top + height - 2), (left + 4 + 15 * (len(word.text) - 1), top + height - 2), (0,), 3)
    return replace(word, right=left + width + 14, confidence=0.965)


@pytest.mark.parametrize(("lean", "is_written"), [(0.45, True), (0.0, False)])
def test_joined_letters_that_lean_are_written_however_surely_they_are_read(lean: float, is_written: bool) -> None:
    page = np.full((600, 600), 255, np.uint8)
    printed = [drawn_word(page, "certificate", 50, 40 * row, is_joined=False) for row in range(1, 9)]
    drawn = [drawn_word(page, "Naroway", 50 + 200 * number, 400, is_joined=False) for number in range(2)]
    written = [leaning(page, word, lean) for word in drawn]
    words, found = with_doubts((*printed, *written), page)
    assert found is is_written
    assert [word.confidence for word in words] == [0.97] * 8 + [0.4 if is_written else 0.965] * 2


def test_where_upright_print_is_joined_too_nothing_is_told_of_what_leans() -> None:
    page = np.full((600, 600), 255, np.uint8)
    joined = [
        replace(drawn_word(page, "certificate", 50, 40 * row, is_joined=True), confidence=0.96) for row in range(1, 9)
    ]
    drawn = [drawn_word(page, "Naroway", 50 + 200 * number, 400, is_joined=False) for number in range(2)]
    assert not with_doubts((*joined, *(leaning(page, word, 0.45) for word in drawn)), page)[1]


def test_a_signature_goes_on_beside_what_stands_above_its_caption() -> None:
    page = np.full((600, 600), 255, np.uint8)
    printed = [drawn_word(page, "certificate", 50, 40 * row, is_joined=False) for row in range(1, 9)]
    signed, beside = (drawn_word(page, "Naroway", left, 400, is_joined=True) for left in (50, 180))
    elsewhere = drawn_word(page, "Narowayne", 400, 400, is_joined=True)
    below = drawn_word(page, "Chair", 60, 470, is_joined=False)
    assert not with_doubts((*printed, signed, beside, below), page)[1]
    assert with_doubts((*printed, signed, elsewhere, below), page)[1]


@pytest.mark.parametrize("notes", [(), (PageNote.HANDWRITING,)])
def test_a_page_written_by_hand_goes_to_a_person(notes: tuple[PageNote, ...]) -> None:
    [page] = reading_of().pages
    reading = Reading((replace(page, notes=notes),), "test")
    extraction = Extraction("dea_registration", (complete("dea_registration"),))
    decision = decide(reading, Classification("dea_registration", 0.99, ()), extraction, ())
    if notes:
        assert decision.reasons == ("Page 1 seems to be partly written by hand; a person must read it.",)
    else:
        assert decision.status is DocumentStatus.COMPLETED
