"""Running text traced to its words, and what layout tells."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.fields import evidence_of
from credmate_pipeline.extraction.layout import (
    columns,
    evidence_by_row,
    is_continued_by,
    make_field,
    passage,
    relative_height,
    text_of,
    trimmed,
    unspaced,
    word_part,
    words_confidence,
)
from credmate_pipeline.ocr.reading import Box, Source, Word
from credmate_pipeline_tests.extraction.printed import page_of

WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_every_stretch_of_running_text_is_traced_to_its_words(words: list[str], data: st.DataObject) -> None:
    page = page_of(" ".join(words))
    running = passage(page)
    start = data.draw(st.integers(0, len(running.text) - 1))
    end = data.draw(st.integers(start + 1, len(running.text)))
    traced = text_of(running.words_between(start, end))
    assert traced.replace(" ", "") == running.text[start:end].replace(" ", "")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20), st.data())
def test_the_parts_of_a_word_put_together_are_the_word(text: str, data: st.DataObject) -> None:
    word = Word(text, Box(0.2, 0.1, 0.6, 0.12), 0.9, Source.TEXT_LAYER)
    cut = data.draw(st.integers(0, len(text)))
    parts = [part for part in (word_part(word, 0, cut), word_part(word, cut, len(text))) if part is not None]
    assert "".join(part.text for part in parts) == text
    assert abs(sum(part.box.width for part in parts) - word.box.width) < 1e-9


def test_quotes_and_colons_around_a_value_are_taken_off_with_their_place() -> None:
    (line,) = page_of('"Asthma Care":').lines
    kept = trimmed(line.words, '":')
    assert text_of(kept) == "Asthma Care"
    assert kept[0].box.x0 > line.words[0].box.x0


def test_a_value_on_two_lines_has_two_places() -> None:
    page = page_of("Managing Agitation\nin Dementia")
    evidence = evidence_by_row(page, page.words)
    assert [place.text for place in evidence] == ["Managing Agitation", "in Dementia"]


def test_a_field_is_as_sure_as_its_words_and_the_way_it_was_found() -> None:
    page = page_of("HU-88", confidence=0.8)
    field = make_field("certificate_number", "HU-88", page, page.words, "rules:label", confidence_factor=0.5)
    assert abs(field.confidence - 0.4) < 1e-9


def test_one_badly_read_word_lowers_the_confidence_of_all() -> None:
    good, bad = (Word("x", Box(0, 0, 1, 1), confidence, Source.TESSERACT) for confidence in (0.9, 0.1))
    assert words_confidence([good, good, bad]) < words_confidence([good, good, good]) - 0.4


def test_lines_read_on_when_close_alike_and_aligned() -> None:
    first, second, large = page_of("Update on\nMigraine\n# Migraine").lines
    assert is_continued_by(first, second)
    assert not is_continued_by(second, large)
    assert not is_continued_by(second, first)


def test_large_print_is_told_from_ordinary_print() -> None:
    page = page_of("# Certificate\nof\nCompletion\nfor everyone")
    assert relative_height(page, page.lines[0]) > 1.4
    assert relative_height(page, page.lines[1]) == pytest.approx(1.0)


def test_letters_set_apart_are_put_together_by_the_wider_gaps() -> None:
    (line,) = page_of("D e c  1 2 ,  2 0 2 4").lines
    assert unspaced(line).text == "Dec 12, 2024"


def test_ordinary_words_are_not_put_together() -> None:
    (line,) = page_of("a b or not to be is asked by all").lines
    assert unspaced(line) == line


def test_a_row_of_a_table_is_cut_into_its_cells() -> None:
    page = page_of("a")
    words = tuple(
        Word(text, Box(left, 0.1, left + 0.05, 0.114), 0.9, Source.TEXT_LAYER)
        for text, left in (("Asthma", 0.1), ("Care", 0.155), ("1.5", 0.4))
    )
    line = type(page.lines[0])(words)
    assert [part.text for part in columns(line)] == ["Asthma Care", "1.5"]


@pytest.mark.parametrize(
    "box",
    [
        Box(0.2, 0.3, 0.2, 0.4),
        Box(0.2, 0.3, 0.6, 0.3),
        Box(0.0, 0.0, 0.0, 0.0),
        Box(1.0, 1.0, 1.0, 1.0),
        Box(1.0, 0.3, 1.0, 0.4),
    ],
)
def test_a_value_is_pointed_at_even_where_an_engine_gives_its_word_no_extent(box: Box) -> None:
    word = Word("G12345", box, 0.9, Source.TEXTRACT)
    place = evidence_of(page_of("a page"), [word]).box
    assert 0 <= place.x0 < place.x1 <= 1
    assert 0 <= place.y0 < place.y1 <= 1
    assert (place.x1 - place.x0) == pytest.approx(box.width or 0.0001)
    assert (place.y1 - place.y0) == pytest.approx(box.height or 0.0001)


def test_a_value_the_pages_edge_cuts_off_is_pointed_at_on_the_edge() -> None:
    moved = replace(page_of("a page"), frame=(1.0, 0.0, 0.5, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0))
    place = evidence_of(moved, [Word("G12345", Box(0.7, 0.1, 0.9, 0.2), 0.9, Source.TEXT_LAYER)]).box
    assert place.x0 < place.x1 == 1.0
