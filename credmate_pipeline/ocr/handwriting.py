"""Tells words written by hand from printed ones: pens join letters, printers part them.

What is written by hand is not guessed: its words are not believed, and the page says so. On a page whose print runs
together too (a coarse fax, a blurred photograph) nothing can be told, and nothing is said.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

import cv2
import numpy as np

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.engine import SeenWord, SlantedWord
from credmate_pipeline.ocr.ink import ink_shapes
from credmate_pipeline.ocr.reading import UNBELIEVED

_JOINED = 0.8
"""Shapes a letter below which a word's letters are joined."""
_LEAST_LETTERS = 3
_SURE = 0.95
"""Confidence from which a word is print, however its letters touch."""
_LIKELY, _SUREST = 0.5, 0.965
"""Confidences between which words may be regular handwriting."""
_MOST_JOINED = 0.03
"""Share of a page's surely printed words that may be joined for print to be told from handwriting."""
_LEAST_SIDE = 8
"""Pixels of a word's place of which something can be told."""
_LEANS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
_LEANING, _LEGIBLE = 0.3, 0.35
"""From which lean joined letters are a pen's, and how surely a word must be read to be one; flourishes are not."""
_MOST_UPRIGHT = 0.15
"""Share of a page's words that may be joined though they stand upright: white print on a dark bar often is."""
_ENOUGH_LETTERS = 8
"""Letters in joined words from which a page counts as partly written by hand."""
_MORE_THAN_A_SIGNATURE = 3
"""Words an engine tells to be written by hand from which the page counts so: a signature is one or two."""
_CAPTION_BELOW = 4.0
"""Heights of a signature within which its caption stands below it."""
_STROKE_REACH = 2.0
"""Heights of a signature within which what stands beside it is a part of it."""
_SIGNERS = frozenset(
    {
        "administrator",
        "chair",
        "chairman",
        "chairperson",
        "chancellor",
        "commissioner",
        "coordinator",
        "dean",
        "director",
        "executive",
        "instructor",
        "manager",
        "officer",
        "president",
        "registrar",
        "secretary",
        "signature",
        "signed",
    }
)
"""Words of a caption that say who signs."""

AnyWord = TypeVar("AnyWord", SeenWord, SlantedWord)


def doubted_by_hand(words: Sequence[AnyWord]) -> tuple[tuple[AnyWord, ...], bool]:
    """As `with_doubts`, where the engine itself tells which words are written by hand."""
    written = [word for word in words if word.is_by_hand]
    doubted = (
        replace(word, confidence=min(word.confidence, UNBELIEVED)) if word.is_by_hand else word for word in words
    )
    is_written = len(written) >= _MORE_THAN_A_SIGNATURE and sum(map(_letters, written)) >= _ENOUGH_LETTERS
    return tuple(doubted), is_written


def may_be_written(words: Sequence[SeenWord], picture: Gray) -> bool:
    """Whether the letters of some words are joined and those of most are not, though they were read as surely as
    print; neither surest print nor what signatures are taken for counts."""
    told = [word for word in words if word.is_by_hand is None and _letters(word) >= _LEAST_LETTERS]
    joined = [
        word
        for word in told
        if _LIKELY <= word.confidence < _SUREST and _letters(word) > _LEAST_LETTERS and _is_joined(word, picture)
    ]
    return sum(map(_letters, joined)) >= _ENOUGH_LETTERS and len(joined) <= len(told) / 2


def with_doubts(words: tuple[SeenWord, ...], picture: Gray) -> tuple[tuple[SeenWord, ...], bool]:
    """The words, those written by hand not believed, and whether the page is partly written by hand."""
    if any(word.is_by_hand is not None for word in words):
        return doubted_by_hand(words)
    told = [word for word in words if _letters(word) >= _LEAST_LETTERS]
    together = [word for word in told if _is_joined(word, picture)]
    if leaning := _leaning(together, words, picture, told_count=len(told)):
        return _disbelieved(words, leaning), True
    unsure = [word for word in together if word.confidence < _SURE]
    print_count = sum(word.confidence >= _SURE for word in told)
    if len(together) - len(unsure) > _MOST_JOINED * print_count:
        return words, False
    signed = [word for word in unsure if _is_signature(word, words)]
    joined = {id(word) for word in unsure if not any(_is_of_one_stroke(word, one) for one in signed)}
    letters = sum(_letters(word) for word in told if id(word) in joined)
    if letters < _ENOUGH_LETTERS or len(joined) > len(told) / 2:
        return words, False
    return _disbelieved(words, joined), True


def _disbelieved(words: Sequence[SeenWord], written: Collection[int]) -> tuple[SeenWord, ...]:
    """The words, those with an id in `written` not believed."""
    return tuple(
        replace(word, confidence=min(word.confidence, UNBELIEVED)) if id(word) in written else word for word in words
    )


def _leaning(
    together: Sequence[SeenWord], words: Sequence[SeenWord], picture: Gray, *, told_count: int
) -> frozenset[int]:
    """Ids of those of the words of joined letters that lean, as a pen's do, however surely they were read; none where
    they are few, or many stand upright: print that runs together may lean, too."""
    long = [word for word in together if _letters(word) > _LEAST_LETTERS]
    leaning = [word for word in long if word.confidence >= _LEGIBLE and _lean(word, picture) >= _LEANING]
    signed = [word for word in long if _is_signature(word, words)]
    leaning = [word for word in leaning if not any(_is_of_one_stroke(word, one) for one in signed)]
    is_enough = sum(map(_letters, leaning)) >= _ENOUGH_LETTERS and len(leaning) <= told_count / 2
    upright = len(long) - len(leaning)
    return frozenset(map(id, leaning)) if is_enough and upright <= _MOST_UPRIGHT * told_count else frozenset()


def _lean(word: SeenWord, picture: Gray) -> float:
    """How far the strokes lean to the right, as a share of their height: where their columns are fullest once they are
    set upright."""
    ink = _ink_of(word, picture)
    height, width = ink.shape
    best, fullest = 0.0, -1.0
    for lean in _LEANS:
        upright = cv2.warpAffine(ink, np.array([[1, lean, 0], [0, 1, 0]], np.float64), (width + height, height))
        columns = upright.sum(axis=0, dtype=np.float64)
        full = float((columns**2).sum())
        if full > fullest:
            best, fullest = lean, full
    return best


def _ink_of(word: SeenWord, picture: Gray) -> Gray:
    """1 where the word's strokes are, 0 elsewhere; without pixels where the word is too small to tell."""
    left, top = max(0, int(word.left) - 1), max(0, int(word.top) - 1)
    place = np.ascontiguousarray(picture[top : int(word.bottom) + 2, left : int(word.right) + 2])
    if min(place.shape) < _LEAST_SIDE:
        return np.empty((0, 0), np.uint8)
    _, ink = cv2.threshold(place, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return np.asarray(ink, np.uint8)


def _is_joined(word: SeenWord, picture: Gray) -> bool:
    ink = _ink_of(word, picture)
    if not ink.size:
        return False
    heights = ink_shapes(ink)[:, 3]
    return int((heights > 0.35 * ink.shape[0]).sum()) < _JOINED * _letters(word)


def _is_of_one_stroke(word: SeenWord, signature: SeenWord) -> bool:
    """Whether a word is the signature or goes on right beside it."""
    height = signature.bottom - signature.top
    apart = max(word.left - signature.right, signature.left - word.right)
    return abs(word.top - signature.top) < height / 2 and apart < _STROKE_REACH * height


def _is_signature(word: SeenWord, words: Sequence[SeenWord]) -> bool:
    """Whether the caption of somebody who signs stands right below: what is signed is nobody's value."""
    height = word.bottom - word.top
    return any(
        0 <= other.top - word.top <= (_CAPTION_BELOW + 1) * height
        and other.left < word.right + height
        and other.right > word.left - height
        and other.text.strip(".,:()").lower() in _SIGNERS
        for other in words
    )


def _letters(word: SeenWord | SlantedWord) -> int:
    return sum(map(str.isalnum, word.text))
