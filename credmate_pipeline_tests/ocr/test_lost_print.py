"""Where an engine leaves print out, the words beside it are not believed."""

import cv2
import numpy as np
import pytest
from PIL import Image

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.lost_print import beside_lost_print
from credmate_pipeline.ocr.tesseract import TesseractEngine, open_tesseract
from credmate_pipeline_tests.papers import pdf_of, picture_of

LINES = ("This certifies that", "Chidi T. Thibodeaux III", "has completed 7.25 credits in one hour")


@pytest.fixture(scope="module")
def page() -> Gray:
    return np.asarray(picture_of(pdf_of(LINES)).convert("L"), np.uint8)


@pytest.fixture(scope="module")
def words(page: Gray) -> tuple[SeenWord, ...]:
    engine: TesseractEngine = open_tesseract("eng")
    return engine.words(page, dpi=200)


def doubted(words: tuple[SeenWord, ...], page: Gray) -> list[str]:
    checked = beside_lost_print(words, page, 200)
    assert [one.text for one in checked] == [one.text for one in words]
    return [one.text for one, word in zip(checked, words, strict=True) if one.confidence < word.confidence]


def test_a_page_read_whole_leaves_no_doubt(words: tuple[SeenWord, ...], page: Gray) -> None:
    assert [word.text for word in words] == " ".join(LINES).split()
    assert doubted(words, page) == []


@pytest.mark.parametrize(
    ("lost", "neighbors"),
    [("III", ["Thibodeaux"]), ("Chidi", ["T."]), ("7.25", ["completed", "credits"]), ("Thibodeaux", ["T.", "III"])],
)
def test_the_neighbors_of_a_word_that_was_left_out_are_doubted(
    words: tuple[SeenWord, ...], page: Gray, lost: str, neighbors: list[str]
) -> None:
    kept = tuple(word for word in words if word.text != lost)
    assert set(doubted(kept, page)) == set(neighbors)


def test_boxes_rules_and_specks_beside_words_are_no_print(words: tuple[SeenWord, ...], page: Gray) -> None:
    marked = page.copy()
    for word in words:
        if word.text in {"This", "Chidi", "has"}:
            left, top, bottom = int(word.left), int(word.top), int(word.bottom)
            side = bottom - top
            cv2.rectangle(marked, (left - side - 8, top), (left - 8, bottom), (0,), 2)
        if word.text in {"that", "III", "hour"}:
            right, top, bottom = int(word.right), int(word.top), int(word.bottom)
            cv2.line(marked, (right + 9, top - 2), (right + 9, bottom + 2), (0,), 2)
            cv2.circle(marked, (right + 16, bottom - 4), 2, (0,), -1)
            cv2.line(marked, (right + 8, bottom + 6), (right + 400, bottom + 6), (0,), 2)
    assert doubted(words, marked) == []


def test_a_picture_without_words_stays_without(page: Gray) -> None:
    assert beside_lost_print((), page, 200) == ()
    blank = np.asarray(Image.new("L", (300, 300), 255), np.uint8)
    assert beside_lost_print((SeenWord("x", 10, 10, 20, 20, 0.9),), blank, 100)[0].confidence == 0.9
