"""Looks at one page check each other."""

import pytest

from credmate_pipeline.ocr.consensus import checked
from credmate_pipeline.ocr.reading import IDENTITY, Box, Frame, Line, Page, Source, Word

HALF_TURN: Frame = (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0)


def page_with(*words: tuple[str, float], x: float = 0.1, frame: Frame = IDENTITY) -> Page:
    line = Line(
        tuple(
            Word(text, Box(x + 0.2 * at, 0.5, x + 0.2 * at + 0.15, 0.52), confidence, Source.TESSERACT)
            for at, (text, confidence) in enumerate(words)
        )
    )
    return Page(1, (line,), Source.TESSERACT, 612, 792, frame=frame)


def confidence_of(page: Page, *others: Page) -> float:
    return checked(page, others).words[0].confidence


def test_a_word_another_look_reads_the_same_is_as_sure_as_both_together() -> None:
    assert confidence_of(page_with(("Whitfield", 0.5)), page_with(("Whitfield", 0.9))) == pytest.approx(0.7)


def test_a_word_another_look_reads_otherwise_as_surely_is_not_believed() -> None:
    assert confidence_of(page_with(("Whitfield", 0.9)), page_with(("Whitfleld", 0.85))) < 0.5


def test_a_word_is_not_disturbed_by_a_look_that_is_much_less_sure() -> None:
    assert confidence_of(page_with(("Whitfield", 0.95)), page_with(("Wh1tfe", 0.3))) == 0.95


def test_a_number_is_not_believed_where_any_look_has_other_digits() -> None:
    assert confidence_of(page_with(("ME59566", 0.9)), page_with(("MES9566", 0.2))) < 0.5


def test_two_looks_outvote_a_third() -> None:
    same, other = page_with(("12.50", 0.8)), page_with(("12.60", 0.9))
    assert confidence_of(page_with(("12.50", 0.6)), same, same, other) == pytest.approx((0.6 + 0.8 + 0.8) / 3)


def test_a_word_no_other_look_sees_stays_as_it_is() -> None:
    assert confidence_of(page_with(("Seal", 0.7)), page_with(("Whitfield", 0.9), x=0.6)) == 0.7


def test_a_one_read_as_its_letter_is_no_contradiction() -> None:
    assert confidence_of(page_with(("1", 0.8)), page_with(("I", 0.8))) == pytest.approx(0.8)


def test_looks_at_a_page_turned_differently_meet_in_the_same_place() -> None:
    upside_down = page_with(("Whitfleld", 0.9), x=0.75, frame=HALF_TURN)
    raised = Page(1, tuple(Line(tuple(_at(word, 0.48) for word in line.words)) for line in upside_down.lines),
                  Source.TESSERACT, 612, 792, frame=HALF_TURN)  # fmt: skip
    assert confidence_of(page_with(("Whitfield", 0.9)), raised) < 0.5


def _at(word: Word, y: float) -> Word:
    return Word(word.text, Box(word.box.x0, y, word.box.x1, y + 0.02), word.confidence, word.source)


@pytest.mark.parametrize(
    ("gap", "surety", "is_doubted"), [(0.01, 0.5, True), (0.01, 0.2, False), (0.06, 0.9, False), (-0.3, 0.9, False)]
)
def test_a_word_beside_one_that_only_another_look_has_is_not_believed(
    gap: float, surety: float, is_doubted: bool
) -> None:
    own = Word("Whitfield", Box(0.4, 0.5, 0.55, 0.52), 0.9, Source.TESSERACT)
    suffix = Word("III", Box(0.55 + gap, 0.5, 0.58 + gap, 0.52), surety, Source.TESSERACT)
    page, other = (Page(1, (Line(words),), Source.TESSERACT, 612, 792) for words in ((own,), (own, suffix)))
    assert (confidence_of(page, other) < 0.5) is is_doubted
    assert confidence_of(other, page) == pytest.approx(0.9)
