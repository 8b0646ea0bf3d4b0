"""Words of a page nobody prepared: what was hardly read is kept where it is printed between other words."""

from credmate_pipeline.ocr.engine import SlantedWord
from credmate_pipeline.ocr.reading import Source
from credmate_pipeline.ocr.slanted import upright_page

SIZE = (612.0, 792.0)


def placed(text: str, x: float, y: float, confidence: float) -> SlantedWord:
    """A word of twelve points' height that lies straight, its left upper corner at a point of the page."""
    left, top, right, bottom = x / SIZE[0], y / SIZE[1], (x + 7 * len(text)) / SIZE[0], (y + 12) / SIZE[1]
    return SlantedWord(text, ((left, top), (right, top), (right, bottom), (left, bottom)), confidence)


def test_a_word_hardly_read_stays_between_its_neighbors_and_a_lone_guess_goes() -> None:
    words = [
        placed("Kessler-Vaughn", 100, 100, 0.05),
        placed("Institute", 205, 100, 0.98),
        placed("smudge", 100, 500, 0.05),
    ]
    page = upright_page(1, words, Source.TEXTRACT, SIZE, ())
    assert [word.text for word in page.words] == ["Kessler-Vaughn", "Institute"]
    assert page.words[0].confidence == 0.05
