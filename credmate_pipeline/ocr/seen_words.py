"""Words as an engine saw them, made words as they are printed: guesses left out, what was torn whole.

A guess at a smudge or a line is left out. A printed word never is, however unsurely it was read: a value that ends
where a word is missing would look as sure as a whole one.
"""

from collections.abc import Sequence
from dataclasses import replace

from credmate_pipeline.ocr.engine import LEAST_CONFIDENCE, SeenWord

_LEAST_LETTERS = 3
_ALIKE = 0.6
"""How much two words of a row overlap in height, and how their heights compare at least."""
_WITHIN_A_WORD = 0.4
"""Heights that the parts of one word are apart at most."""
_WITHIN_A_NUMBER = 0.6
_SURE = 0.8
"""A space read with less confidence may be none."""


def without_guesses(words: Sequence[SeenWord]) -> tuple[SeenWord, ...]:
    """The words that were read, and those hardly read that stand in a row with them."""
    read = [word for word in words if word.confidence >= LEAST_CONFIDENCE]
    unsure = [word for word in words if word.confidence < LEAST_CONFIDENCE and _looks_like_a_word(word)]
    kept, rows = set(map(id, read)), [word for word in read if _looks_like_a_word(word)]
    while beside := [word for word in unsure if any(_stand_in_a_row(word, other) for other in rows)]:
        kept.update(map(id, beside))
        unsure = [word for word in unsure if id(word) not in kept]
        rows = beside
    return tuple(word for word in words if id(word) in kept)


def rejoined(words: Sequence[SeenWord]) -> tuple[SeenWord, ...]:
    """The words, in their order, those that an engine parted at a hyphen or in a number in one: `Kessler-` and `Vaughn`
    or `-Vaughn`, `MPL-48` and `13647`."""
    whole: list[SeenWord] = []
    for word in words:
        if whole and _goes_on(whole[-1], word):
            whole[-1] = joined(whole[-1], word)
        else:
            whole.append(word)
    return tuple(whole)


def _goes_on(word: SeenWord, following: SeenWord) -> bool:
    if following.left < word.left:
        return False
    if word.text.endswith("-") and word.text[-2:-1].isalpha() and following.text.removeprefix("-")[:1].isalpha():
        return _stand_in_a_row(word, following, gap=_WITHIN_A_WORD)
    is_in_number = word.text[-1].isdigit() and following.text[0].isdigit()
    # Tesseract gives both words the confidence of the space between them where that is the lower.
    is_unsure = word.confidence == following.confidence < _SURE
    return is_in_number and is_unsure and _stand_in_a_row(word, following, gap=_WITHIN_A_NUMBER)


def joined(word: SeenWord, following: SeenWord) -> SeenWord:
    """Two parts of one word, as sure as the less sure of them; a hyphen that both have is printed once."""
    return replace(
        word,
        text=word.text + (following.text.removeprefix("-") if word.text.endswith("-") else following.text),
        top=min(word.top, following.top),
        right=following.right,
        bottom=max(word.bottom, following.bottom),
        confidence=min(word.confidence, following.confidence),
    )


def _looks_like_a_word(word: SeenWord) -> bool:
    letters = sum(map(str.isalnum, word.text))
    return letters >= _LEAST_LETTERS and letters >= len(word.text) - 2


def _stand_in_a_row(word: SeenWord, other: SeenWord, *, gap: float = 1.0) -> bool:
    """Whether the two are of one height, on one level, and no farther apart than `gap` heights."""
    heights = word.bottom - word.top, other.bottom - other.top
    shared = min(word.bottom, other.bottom) - max(word.top, other.top)
    apart = max(word.left, other.left) - min(word.right, other.right)
    return shared >= _ALIKE * max(heights) and apart <= gap * min(heights)
