"""How much ink a page has, and whether its words account for it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray, PageImage
from credmate_pipeline.ocr.reading import Box

_LEAST_INK = 0.0002
"""Share of dark pixels below which a page is blank."""
_DARKER_BY = 50
_FAINT_INK = 0.002
"""Share of pixels darker than what lies around them from which a page may have faint print: a few words."""
_FAINTLY_DARKER, _ABOVE_GRAIN = 12.0, 3.0
"""By how much at least, and how many times the grain of the paper on top of it."""
_TWO_BYTES = 2**16 - 1
_STROKE = np.ones((15, 15), np.uint8)
"""Wider than print is thick, at the resolution at which pages are looked at first."""


def paper_level(pixels: Gray) -> float:
    """The gray level that nine of ten pixels do not pass."""
    # OpenCV counts bytes as they are; numpy makes eight of each first.
    found = cv2.calcHist([np.ascontiguousarray(pixels[::2, ::2])], [0], None, [256], [0, 256])
    counts = found.ravel().astype(np.int64)
    return float(np.searchsorted(counts.cumsum(), 0.9 * counts.sum()))


def ink_shapes(ink: Gray) -> NDArray[np.int32]:
    """What hangs together in `ink` (not zero where there is some): left, top, width, height and area of each, in
    pixels."""
    # No more shapes than stretches of ink along rows: where two bytes count them, the search takes half as long.
    stretches = np.count_nonzero(ink[:, 1:] > ink[:, :-1]) + np.count_nonzero(ink[:, 0])
    label = cv2.CV_16U if stretches < _TWO_BYTES else cv2.CV_32S
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=label)
    return np.asarray(stats[1:], np.int32)


def is_blank(picture: PageImage) -> bool:
    """Whether the page has no ink to speak of; dust and paper grain are none."""
    paper = float(np.percentile(picture.pixels, 95))
    inner = _inner(picture)
    return float((inner < paper - _DARKER_BY).mean()) < _LEAST_INK if inner.size else True


def may_have_faint_print(picture: PageImage) -> bool:
    """Whether a page that `is_blank` has strokes that stand out from its grain: pale print, or print that shows through
    from the back."""
    inner = _inner(picture)
    if not inner.size:
        return False
    strokes = cv2.morphologyEx(inner, cv2.MORPH_BLACKHAT, _STROKE)
    return float((strokes > _FAINTLY_DARKER + _ABOVE_GRAIN * float(np.median(strokes))).mean()) > _FAINT_INK


def _inner(picture: PageImage) -> Gray:
    """The page without its edges and without dust."""
    smooth = np.asarray(cv2.medianBlur(picture.pixels, 3), np.uint8)
    down, across = picture.height // 50, picture.width // 50
    return smooth[down : -max(1, down), across : -max(1, across)]


@dataclass(frozen=True, slots=True)
class Unread:
    """Shapes like letters where no word is: text in a picture or drawn as outlines."""

    letter_count: int
    place: Box
    """What holds them all, in fractions of the page as displayed."""


def unread_letters(picture: PageImage, known: Sequence[Box]) -> Unread:
    """What the drawn page shows beside the words whose boxes are `known`."""
    paper = paper_level(picture.pixels)
    ink = (without(picture, known).pixels < paper - _DARKER_BY).view(np.uint8)
    left, top, widths, heights, _ = ink_shapes(ink).T
    inches = picture.dpi
    letter = (
        (heights > 0.05 * inches) & (heights < 0.45 * inches) & (widths > 0.015 * inches) & (widths < 0.45 * inches)
    )
    if not letter.any():
        return Unread(0, Box(0.0, 0.0, 0.0, 0.0))
    right, bottom = (left + widths)[letter].max(), (top + heights)[letter].max()
    wide, tall = picture.width, picture.height
    place = Box(left[letter].min() / wide, top[letter].min() / tall, right / wide, bottom / tall)
    return Unread(int(letter.sum()), place)


def without(picture: PageImage, known: Sequence[Box]) -> PageImage:
    """The picture with white where words are known already."""
    pixels = picture.pixels.copy()
    around = max(2, round(picture.dpi / 50))
    for box in known:
        x0, y0 = int(box.x0 * picture.width) - around, int(box.y0 * picture.height) - around // 2
        x1, y1 = int(box.x1 * picture.width) + around + 1, int(box.y1 * picture.height) + around // 2 + 1
        pixels[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 255
    return PageImage(pixels, picture.dpi, picture.is_scaled_down)
