"""Words in lines."""

from dataclasses import replace

from credmate_pipeline.ocr.lines import in_lines
from credmate_pipeline.ocr.reading import Box, Source, Word

BASELINE = 0.52


def word(text: str, x: float, *, top: float = 0.50, bottom: float = BASELINE) -> Word:
    return Word(text, Box(x, top, x + 0.05, bottom), 0.9, Source.TESSERACT)


def line_of(*words: Word) -> str:
    [line] = in_lines(words)
    return line.text


def test_a_bar_that_stands_on_the_baseline_is_a_one() -> None:
    assert line_of(word("awarded", 0.1), word("|", 0.2), word("AMA", 0.3), word("PRA", 0.4)) == "awarded 1 AMA PRA"


def test_a_bar_that_reaches_below_the_baseline_parts_what_stands_beside_it() -> None:
    bar = word("|", 0.2, top=0.499, bottom=0.526)
    assert line_of(word("Boston", 0.1), bar, word("MA", 0.3), word("02110", 0.4)) == "Boston | MA 02110"


def test_a_one_that_was_a_bar_is_less_sure_than_it_was_read() -> None:
    [line] = in_lines((word("awarded", 0.1), word("|", 0.2), word("AMA", 0.3), word("PRA", 0.4)))
    assert line.words[1].confidence < 0.9


def test_a_bar_of_a_text_layer_is_a_bar_whatever_its_box() -> None:
    printed = [replace(word(text, x), source=Source.TEXT_LAYER) for text, x in (("CT", 0.1), ("|", 0.2), ("May", 0.3))]
    assert line_of(*printed) == "CT | May"


def test_a_word_on_the_level_of_another_stands_in_its_row_though_their_boxes_overlap() -> None:
    name = Word("Desrosiers", Box(0.547, 0.15, 0.657, 0.163), 0.95, Source.TESSERACT)
    suffix = Word("Jr.", Box(0.636, 0.149, 0.658, 0.164), 0.96, Source.TESSERACT)
    assert line_of(name, suffix) == "Desrosiers Jr."
