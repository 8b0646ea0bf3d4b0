"""How much ink a page has, and whether its words account for it."""

from collections.abc import Iterable

import cv2
import numpy as np

from credmate_pipeline.documents.page import PageImage
from credmate_pipeline.ocr.reading import Word

_LEAST_INK = 0.0002
"""Share of dark pixels below which a page is blank."""
_DARKER_BY = 50
_LETTERS_UNEXPLAINED = 25


def is_blank(picture: PageImage) -> bool:
    """Whether the page has no ink to speak of; dust and paper grain are none."""
    paper = float(np.percentile(picture.pixels, 95))
    smooth = cv2.medianBlur(picture.pixels, 3)
    inner = smooth[
        picture.height // 50 : -max(1, picture.height // 50), picture.width // 50 : -max(1, picture.width // 50)
    ]
    return float((inner < paper - _DARKER_BY).mean()) < _LEAST_INK if inner.size else True


def has_unread_letters(picture: PageImage, words: Iterable[Word]) -> bool:
    """Whether the drawn page shows shapes like letters where no word is: text in a picture or drawn as outlines."""
    paper = float(np.percentile(picture.pixels, 90))
    ink = (picture.pixels < paper - _DARKER_BY).astype(np.uint8)
    for word in words:
        x0, y0 = int(word.box.x0 * picture.width) - 2, int(word.box.y0 * picture.height) - 2
        x1, y1 = int(word.box.x1 * picture.width) + 3, int(word.box.y1 * picture.height) + 3
        ink[max(0, y0) : y1, max(0, x0) : x1] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = stats[1:count, cv2.CC_STAT_HEIGHT], stats[1:count, cv2.CC_STAT_WIDTH]
    inches = picture.dpi
    letter = (
        (heights > 0.05 * inches) & (heights < 0.45 * inches) & (widths > 0.015 * inches) & (widths < 0.45 * inches)
    )
    return int(letter.sum()) >= _LETTERS_UNEXPLAINED
