"""Guesses are left out, printed words never are, and a word or number that was torn is one again."""

from dataclasses import replace

from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.seen_words import rejoined, without_guesses


def row(*told: tuple[str, float], top: float = 100, gap: float = 10) -> list[SeenWord]:
    """Words of one line, a space apart, with their confidence."""
    words, left = [], 50.0
    for text, confidence in told:
        right = left + 16.0 * len(text)
        words.append(SeenWord(text, left, top, right, top + 30, confidence))
        left = right + gap
    return words


def texts(words: tuple[SeenWord, ...]) -> list[str]:
    return [word.text for word in words]


def test_hardly_read_words_between_well_read_ones_stay_in_their_order() -> None:
    words = row(("The", 0.93), ("Kessler-", 0.05), ("Vaughn", 0.05), ("Institute", 0.97))
    assert texts(without_guesses(words)) == ["The", "Kessler-", "Vaughn", "Institute"]


def test_a_row_of_hardly_read_words_stays_as_far_as_it_leads_to_a_read_one() -> None:
    words = row(("Northern", 0.1), ("Lights", 0.02), ("Medical", 0.96))
    assert texts(without_guesses(words)) == ["Northern", "Lights", "Medical"]


def test_guesses_at_smudges_and_lines_go() -> None:
    words = [*row(("Certificate", 0.96), ("//", 0.05), ("of", 0.03)), *row(("NaNO", 0.1), top=900)]
    assert texts(without_guesses(words)) == ["Certificate"]


def test_a_guess_of_another_size_or_far_away_is_none_of_the_row() -> None:
    [read, near] = row(("Education", 0.96), ("Seal", 0.05))
    tall = replace(near, top=40, bottom=160)
    far = replace(near, left=near.left + 400, right=near.right + 400)
    for guess in (tall, far):
        assert texts(without_guesses([read, guess])) == ["Education"]


def test_a_word_torn_at_its_hyphen_is_whole_again_and_as_unsure_as_its_parts() -> None:
    words = row(("Kessler-", 0.92), ("Vaughn", 0.4), ("Institute", 0.96), gap=4)
    joined = rejoined(words)
    assert texts(joined) == ["Kessler-Vaughn", "Institute"]
    assert (joined[0].left, joined[0].right, joined[0].confidence) == (words[0].left, words[1].right, 0.4)


def test_a_hyphen_that_both_parts_of_a_word_were_read_with_is_printed_once() -> None:
    words = row(("Kessler-", 0.81), ("-Vaughn", 0.78), ("Institute", 0.96), gap=-4)
    assert texts(rejoined(words)) == ["Kessler-Vaughn", "Institute"]


def test_a_number_torn_by_an_unsure_space_is_whole_again() -> None:
    words = row(("Number:", 0.96), ("MPL-48", 0.2546), ("13647", 0.2546))
    assert texts(rejoined(words)) == ["Number:", "MPL-4813647"]


def test_numbers_parted_by_a_sure_space_or_read_apart_stay_so() -> None:
    for words in (
        row(("MPL-48", 0.96), ("13647", 0.96)),
        row(("MPL-48", 0.25), ("13647", 0.3)),
        row(("MPL-48", 0.25), ("13647", 0.25), gap=25),
        row(("48", 0.25), ("MPL", 0.25)),
    ):
        assert rejoined(words) == tuple(words)


def test_what_only_ends_with_a_dash_stays_apart() -> None:
    for words in (
        row(("Oregon", 0.96), ("-", 0.9), ("Washington", 0.96), gap=4),
        row(("2024-", 0.96), ("2025", 0.96), gap=4),
        row(("Kessler-", 0.96), ("Vaughn", 0.96), gap=40),
        row(("Kessler-", 0.96), ("-", 0.9), gap=4),
        [*row(("well-", 0.96)), *row(("known", 0.96), top=150)],
    ):
        assert rejoined(words) == tuple(words)
