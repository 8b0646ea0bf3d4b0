"""Phrase words restored from misread letters."""

import pytest

from credmate_pipeline.extraction.spelling import plain, restored, vocabulary

KNOWN = vocabulary([r"certif(?:ies) that", "certifies", "participated", "awarded", "credit activity"])


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
