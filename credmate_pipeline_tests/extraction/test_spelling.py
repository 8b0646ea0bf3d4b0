"""Phrase words restored from misread letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.spelling import distance, plain, restored, vocabulary

KNOWN = vocabulary([r"certif(?:ies) that", "certifies", "participated", "awarded", "credit activity"])
LETTERS = st.text(alphabet="abcdef", max_size=8)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("certifles", "certifies"), ("partlclpated", "participated"), ("awardcd", "awarded"), ("act1vity", "activity")],
)
def test_a_misread_phrase_word_is_restored(printed: str, meant: str) -> None:
    assert restored(printed, KNOWN) == meant


@pytest.mark.parametrize("word", ["certified", "participates", "Awarded", "dog", "HU-2023", "awards"])
def test_another_word_is_left_alone(word: str) -> None:
    assert restored(word, KNOWN) == word


def test_typographic_signs_become_plain_ones_of_the_same_length() -> None:
    assert plain("“Alzheimer’s” – care") == '"Alzheimer\'s" - care'


@given(LETTERS, LETTERS)
def test_distance_is_symmetric_and_zero_only_for_equal_words(one: str, other: str) -> None:
    assert distance(one, other, 8) == distance(other, one, 8)
    assert (distance(one, other, 8) == 0) == (one == other)


@given(LETTERS, st.integers(0, 7), st.sampled_from("xyz"))
def test_one_replaced_letter_is_a_distance_of_one(word: str, place: int, letter: str) -> None:
    if place < len(word):
        assert distance(word, word[:place] + letter + word[place + 1 :], 2) == 1
