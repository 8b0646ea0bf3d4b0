"""How large a picture is when an engine is shown it."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from credmate_pipeline.documents.page import Gray, PageImage
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.look import Way, look, look_again
from credmate_pipeline.ocr.prepare import prepare
from credmate_pipeline.ocr.reading import Source

DPI = 300.0


@dataclass
class Shown:
    """Sees one word in the middle of whatever it is shown, and keeps what it was shown."""

    enough_x_height: float | None
    pictures: list[Gray] = field(default_factory=list[Gray])
    resolutions: list[float] = field(default_factory=list[float])
    name = "shown"
    source = Source.TESSERACT
    reads_turned = True

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        self.pictures.append(picture)
        self.resolutions.append(dpi)
        height, width = picture.shape
        return (SeenWord("credits", 0.4 * width, 0.45 * height, 0.6 * width, 0.55 * height, 0.99),)


@pytest.fixture(scope="module")
def page() -> PageImage:
    """Print whose small letters are some 22 pixels tall."""
    paper = Image.new("L", (1400, 1000), 255)
    letters = ImageFont.load_default(48)
    for row in range(12):
        text = "certifies that the participant was awarded credits"
        ImageDraw.Draw(paper).text((60, 40 + 75 * row), text, fill=0, font=letters)
    return PageImage(np.asarray(paper, np.uint8), DPI)


def test_letters_are_shown_no_larger_than_the_engine_needs_them(page: PageImage) -> None:
    tall = prepare(page.pixels, DPI, may_be_photo=False).x_height
    assert tall is not None
    assert tall > 18
    engine = Shown(enough_x_height=16.0)
    seen = look(page, engine, may_be_photo=False)
    assert engine.pictures[0].shape[0] == pytest.approx(page.height * 16 / tall, abs=1)
    assert engine.resolutions == [pytest.approx(DPI * 16 / tall)]
    (word,) = seen.words
    assert (word.box.x0, word.box.y0, word.box.x1, word.box.y1) == pytest.approx((0.4, 0.45, 0.6, 0.55), abs=0.002)


def test_an_engine_that_does_not_tell_is_shown_all_there_is(page: PageImage) -> None:
    engine = Shown(enough_x_height=None)
    look(page, engine, may_be_photo=False)
    assert engine.pictures[0].shape == page.pixels.shape


def test_a_second_look_is_at_a_larger_picture_than_the_first(page: PageImage) -> None:
    engine = Shown(enough_x_height=16.0)
    look(page, engine, may_be_photo=False)
    look_again(page, engine, Way.LARGER, quarters=0, may_be_photo=False)
    assert engine.pictures[1].shape[0] > 1.3 * engine.pictures[0].shape[0]


@dataclass
class Joining(Shown):
    """Sees printed words in the page's lines, the first of them written with the given confidence."""

    sure: float = 0.96

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        super().words(picture, dpi=dpi, segmentation=segmentation)
        by = picture.shape[1] / 1400
        places = [(60 + 300 * column, 40 + 75 * row) for row in range(12) for column in range(4)]
        return tuple(
            SeenWord(
                "Swaminathan" if number == 0 else "certify",
                x * by,
                y * by,
                (x + 250) * by,
                (y + 50) * by,
                self.sure if number == 0 else 0.97,
            )
            for number, (x, y) in enumerate(places)
        )


@pytest.mark.parametrize(("sure", "looks"), [(0.96, 2), (0.97, 1), (0.3, 1)])
def test_a_page_that_may_be_partly_written_by_hand_is_read_once_more_as_it_is(sure: float, looks: int) -> None:
    paper = Image.new("L", (1400, 1000), 255)
    pen = ImageDraw.Draw(paper)
    for number in range(48):
        x, y = 60 + 300 * (number % 4), 40 + 75 * (number // 4)
        if number == 0:
            pen.rectangle((x, y + 5, x + 245, y + 45), fill=0)
        else:
            for letter in range(8):
                pen.rectangle((x + 30 * letter, y + 20, x + 30 * letter + 16, y + 42), fill=0)
    engine = Joining(enough_x_height=16.0, sure=sure)
    scanned = np.asarray(paper.filter(ImageFilter.GaussianBlur(1)), np.uint8)
    look(PageImage(scanned, DPI), engine, may_be_photo=False)
    assert len(engine.pictures) == looks
    assert engine.pictures[0].shape[1] < 1400
    assert looks == 1 or engine.pictures[1].shape == (1000, 1400)
