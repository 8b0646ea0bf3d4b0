"""Tells words written by hand from printed ones: pens join letters, printers part them.

What is written by hand is not guessed: its words are not believed, and the page says so. On a page whose print runs
together too (a coarse fax, a blurred photograph) nothing can be told, and nothing is said.
"""

from dataclasses import replace

import cv2
import numpy as np

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.engine import SeenWord

_JOINED = 0.8
"""Shapes a letter below which a word's letters are joined."""
_LEAST_LETTERS = 3
_SURE = 0.95
"""Confidence from which a word is print, however its letters touch."""
_MOST_JOINED = 0.03
"""Share of a page's surely printed words that may be joined for print to be told from handwriting."""
_ENOUGH_LETTERS = 8
"""Letters in joined words from which a page counts as partly written by hand."""
_UNBELIEVED = 0.4


def with_doubts(words: tuple[SeenWord, ...], picture: Gray) -> tuple[tuple[SeenWord, ...], bool]:
    """The words, those written by hand not believed, and whether the page is partly written by hand."""
    told = [word for word in words if _letters(word) >= _LEAST_LETTERS]
    print_joined = [_is_joined(word, picture) for word in told if word.confidence >= _SURE]
    if sum(print_joined) > _MOST_JOINED * len(print_joined):
        return words, False
    joined = {id(word) for word in told if word.confidence < _SURE and _is_joined(word, picture)}
    letters = sum(_letters(word) for word in told if id(word) in joined)
    if letters < _ENOUGH_LETTERS or len(joined) > len(told) / 2:
        return words, False
    doubted = (
        replace(word, confidence=min(word.confidence, _UNBELIEVED)) if id(word) in joined else word for word in words
    )
    return tuple(doubted), True


def _is_joined(word: SeenWord, picture: Gray) -> bool:
    left, top = max(0, int(word.left) - 1), max(0, int(word.top) - 1)
    place = np.ascontiguousarray(picture[top : int(word.bottom) + 2, left : int(word.right) + 2])
    if min(place.shape) < 8:
        return False
    _, ink = cv2.threshold(place, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    shapes = int((stats[1:, cv2.CC_STAT_HEIGHT] > 0.35 * place.shape[0]).sum())
    return shapes < _JOINED * _letters(word)


def _letters(word: SeenWord) -> int:
    return sum(map(str.isalnum, word.text))
