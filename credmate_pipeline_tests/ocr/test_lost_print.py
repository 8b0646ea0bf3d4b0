"""Where an engine leaves print out, the words beside it are not believed."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
from PIL import Image

from credmate_pipeline.documents.page import Gray, PageImage
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.look import Way, look_again
from credmate_pipeline.ocr.lost_print import beside_lost_print, lost_lines
from credmate_pipeline.ocr.reading import Source
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


@pytest.mark.parametrize(("side", "text"), [("left", "Chidi"), ("right", "III"), ("left", "Thibodeaux")])
def test_a_letter_outside_the_place_of_its_own_word_was_not_left_out(
    words: tuple[SeenWord, ...], page: Gray, side: str, text: str
) -> None:
    """As engines place words in italics."""
    (word,) = (word for word in words if word.text == text)
    letter = (word.right - word.left) / len(text)
    narrow = replace(word, left=word.left + letter) if side == "left" else replace(word, right=word.right - letter)
    assert doubted(tuple(narrow if one is word else one for one in words), page) == []


def test_a_letter_beside_a_word_that_has_all_its_letters_was_left_out(words: tuple[SeenWord, ...], page: Gray) -> None:
    (word,) = (word for word in words if word.text == "Thibodeaux")
    torn = replace(word, text="hibodeaux", left=word.left + (word.right - word.left) / len(word.text))
    assert doubted(tuple(torn if one is word else one for one in words), page) == ["T."]


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


@dataclass(frozen=True, slots=True)
class Forgetful:
    """Tesseract, which leaves certain words out of a whole page and reads them alone."""

    engine: TesseractEngine
    forgotten: frozenset[str]
    name = "forgetful"
    source = Source.TESSERACT
    reads_turned = False
    enough_x_height = None

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        seen = self.engine.words(picture, dpi=dpi, segmentation=segmentation)
        return tuple(word for word in seen if segmentation != 3 or word.text not in self.forgotten)


@pytest.mark.parametrize("lost", ["7.25", "Chidi T. Thibodeaux III", "hour"])
def test_print_left_out_of_a_page_is_read_alone_where_the_page_is_looked_at_again(
    words: tuple[SeenWord, ...], page: Gray, lost: str
) -> None:
    engine = Forgetful(open_tesseract("eng"), frozenset(lost.split()))
    seen = look_again(PageImage(page, 200), engine, Way.LARGER, quarters=0, may_be_photo=False)
    found = {word.text: word.box for word in seen.words}
    assert set(found) == set(" ".join(LINES).split())
    for word in words:
        if word.text in engine.forgotten:
            box, height = found[word.text], page.shape[0]
            assert (box.y0 * height, box.y1 * height) == pytest.approx((word.top, word.bottom), abs=6)
            assert box.x0 * page.shape[1] == pytest.approx(word.left, abs=6)
    as_before = look_again(PageImage(page, 200), engine, Way.SHARPENED, quarters=0, may_be_photo=False)
    assert not {word.text for word in as_before.words} & engine.forgotten


def test_no_line_is_lost_on_a_page_read_whole(words: tuple[SeenWord, ...], page: Gray) -> None:
    assert lost_lines(words, page, 200) == ()
    assert lost_lines((), page, 200) == ()
    kept = tuple(word for word in words if word.text not in LINES[1].split())
    (line,) = lost_lines(kept, page, 200)
    assert not line.is_one_word
    assert all(line.holds(word) for word in words if word not in kept)
