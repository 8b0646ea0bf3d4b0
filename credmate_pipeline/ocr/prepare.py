"""Makes a picture fit for OCR: flattened, evenly lit, straight, and of a good size.

Every step that moves pixels is kept as a 3×3 map, so that a word found at the end has its place on the page as
uploaded.
"""

from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.ocr.ink import ink_shapes
from credmate_pipeline.ocr.page_finding import page_corners
from credmate_pipeline.ocr.reading import Frame, PageNote

Map = NDArray[np.float64]
"""3×3, from the pixels before to the pixels after."""

_SMALL_X_HEIGHT, _LARGE_X_HEIGHT = 11.0, 44.0
"""Pixels; letters between them stay as they are."""
_ENLARGED_TO, _SHRUNK_TO = 16.0, 24.0
"""Pixels; more than it takes to be read, as ink is looked at too."""
_HALVED = 2
_CLEAR_X_HEIGHT = 7.0
"""Of the halved picture, from which it tells the height well enough."""
_LARGE_PICTURE = 12_000_000
"""Pixels from which letters are large enough to be measured on half of the rows and columns."""
_LARGER, _LARGER_X_HEIGHT = 1.4, 22.4
"""How many times larger a page is looked at again, but not so that its letters are larger than needed."""
_MOST_PIXELS = 24_000_000
_UNEVEN_LIGHT = 14.0
"""Gray levels the background may vary by before it is evened out."""
_BAND_LEVEL, _BAND_CONTRAST = 0.5, 40
"""Share of the paper's brightness that a bar printed on it has at most; gray levels by which its print is brighter, and
nothing in it darker."""
_BAND_AREA, _BAND_FILLED = 0.01, 0.8
"""Share of the page that it covers at least, and of the box around it."""
_SKEW_LIMIT = 12.0
_LEAST_SKEW = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A picture to read; `moved` maps pixels of the source to pixels of this."""

    pixels: Gray
    dpi: float
    moved: Map
    notes: tuple[PageNote, ...] = ()
    x_height: float | None = None
    """The usual height of small letters in pixels; None where there is too little to tell."""

    def turned(self, quarters: int) -> "Prepared":
        """The same picture turned clockwise by `quarters` × 90°."""
        if quarters % 4 == 0:
            return self
        height, width = self.pixels.shape
        turns: dict[int, Map] = {
            1: np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], np.float64),
            2: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], np.float64),
            3: np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1]], np.float64),
        }
        pixels = np.ascontiguousarray(np.rot90(self.pixels, k=-quarters))
        return replace(
            self, pixels=pixels, moved=turns[quarters % 4] @ self.moved, notes=(*self.notes, PageNote.TURNED)
        )

    def frame(self, source: Gray) -> Frame:
        """From fractions of this picture to fractions of `source`."""
        height, width = self.pixels.shape
        whole_height, whole_width = source.shape
        spread = np.diag([float(width), float(height), 1.0])
        gathered = np.diag([1.0 / whole_width, 1.0 / whole_height, 1.0])
        a, b, c, d, e, f, g, h, i = (gathered @ np.linalg.inv(self.moved) @ spread).ravel().tolist()
        return (a, b, c, d, e, f, g, h, i)


def prepare(source: Gray, dpi: float, *, may_be_photo: bool) -> Prepared:
    """The picture upright in itself (not yet turned by quarters) and ready to read."""
    prepared = Prepared(source, dpi, np.eye(3))
    if may_be_photo:
        prepared = _flattened(prepared)
    prepared = _evenly_lit(prepared)
    return _deskewed(_sized(prepared))


def sharpened(prepared: Prepared) -> Prepared:
    """A second preparation for what was hard to read: local contrast, noise taken off."""
    smooth = cv2.medianBlur(prepared.pixels, 3)
    contrast = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(smooth)
    return replace(prepared, pixels=np.asarray(contrast, np.uint8))


def larger(prepared: Prepared) -> Prepared:
    """A second preparation for what is small or faint: enlarged, the ink from its darkest to paper at full contrast."""
    scale = min(_LARGER, _room(prepared.pixels))
    if prepared.x_height is not None:
        scale = min(scale, _LARGER_X_HEIGHT / prepared.x_height)
    scaled = _scaled(prepared, scale)
    pixels = cv2.GaussianBlur(scaled.pixels, (0, 0), 0.8)
    return replace(scaled, pixels=full_contrast(np.asarray(pixels, np.uint8)))


def full_contrast(pixels: Gray) -> Gray:
    """Levels spread so that ink is black and paper white."""
    ink, paper = np.percentile(pixels[::3, ::3], (0.5, 60))
    if paper - ink < 10:
        return pixels
    levels = (np.arange(256, dtype=np.float32) - float(ink)) * (255.0 / float(paper - ink))
    return np.asarray(cv2.LUT(pixels, levels.clip(0, 255).astype(np.uint8)), np.uint8)


def has_upright_rows(pixels: Gray) -> bool:
    """Whether text runs along rows rather than up or down the page: rows then differ more than columns do."""
    small = _shrunk(pixels, 700)
    ink = (small < _threshold(small)).astype(np.float32)
    rows, columns = ink.mean(axis=1), ink.mean(axis=0)
    return float(np.abs(np.diff(rows)).mean()) >= float(np.abs(np.diff(columns)).mean()) * 0.9


def _flattened(prepared: Prepared) -> Prepared:
    corners = page_corners(prepared.pixels)
    if corners is None:
        return prepared
    top = float(np.linalg.norm(corners[1] - corners[0]))
    bottom = float(np.linalg.norm(corners[2] - corners[3]))
    left = float(np.linalg.norm(corners[3] - corners[0]))
    right = float(np.linalg.norm(corners[2] - corners[1]))
    width, height = round(max(top, bottom)), round(max(left, right))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    move = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    pixels = cv2.warpPerspective(prepared.pixels, move, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    dpi = max(width, height) / 11.0
    moved = np.asarray(move, np.float64) @ prepared.moved
    return Prepared(np.asarray(pixels, np.uint8), dpi, moved, (*prepared.notes, PageNote.FLATTENED))


def _evenly_lit(prepared: Prepared) -> Prepared:
    """Divides by the paper's own brightness where that varies, as under a shadow or on tinted paper."""
    small = _shrunk(prepared.pixels, 500)
    paper = _paper(small)
    low, high = np.percentile(paper, (5, 95))
    if high - low < _UNEVEN_LIGHT and high > 200:
        return prepared
    height, width = prepared.pixels.shape
    pixels, bands = prepared.pixels, _bands(small)
    if bands.any():
        paper = _paper(cv2.bitwise_xor(small, bands))
        pixels = cv2.bitwise_xor(pixels, cv2.resize(bands, (width, height), interpolation=cv2.INTER_NEAREST))
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(pixels, np.maximum(light, 30), scale=245)
    return replace(prepared, pixels=np.asarray(even, np.uint8))


def _paper(small: MatLike) -> MatLike:
    """How bright the paper is everywhere, without its print."""
    return cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)


def _bands(small: Gray) -> Gray:
    """255 in dark bars with light print, whose light is not the paper's; else 0."""
    ground = cv2.medianBlur(small, 21)
    dark = (ground < _BAND_LEVEL * float(np.percentile(ground, 75))).astype(np.uint8)
    # The desk along a sheet's edge is thinner than a bar.
    dark = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((11, 11), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    bands = np.zeros(small.shape, np.uint8)
    for label in range(1, count):
        left, top, width, height, area = stats[label].tolist()
        if area < _BAND_AREA * small.size or area < _BAND_FILLED * width * height:
            continue
        part = (slice(top, top + height), slice(left, left + width))
        inside = labels[part] == label
        within = cv2.erode(inside.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        darker, brighter = np.percentile(small[part][within].astype(np.int16) - ground[part][within], (1, 99))
        if brighter > _BAND_CONTRAST > -darker:
            bands[part][inside] = 255
    return bands


def _sized(prepared: Prepared) -> Prepared:
    x_height = _x_height(prepared.pixels)
    measured = replace(prepared, x_height=x_height)
    if x_height is None or _SMALL_X_HEIGHT <= x_height <= _LARGE_X_HEIGHT:
        return measured
    wanted = _ENLARGED_TO if x_height < _SMALL_X_HEIGHT else _SHRUNK_TO
    return _scaled(measured, min(3.0, _room(prepared.pixels), max(0.2, wanted / x_height)))


def _room(pixels: Gray) -> float:
    """By how much a picture may grow, or must shrink."""
    return float((_MOST_PIXELS / pixels.size) ** 0.5)


def _scaled(prepared: Prepared, scale: float) -> Prepared:
    height, width = prepared.pixels.shape
    if scale < 1:
        pixels = shrunk(prepared.pixels, scale)
    else:
        size = round(width * scale), round(height * scale)
        pixels = np.asarray(cv2.resize(prepared.pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    grown = np.diag([pixels.shape[1] / width, pixels.shape[0] / height, 1.0])
    return replace(
        prepared,
        pixels=pixels,
        dpi=prepared.dpi * scale,
        moved=grown @ prepared.moved,
        x_height=prepared.x_height * scale if prepared.x_height is not None else None,
    )


def _x_height(pixels: Gray) -> float | None:
    """The usual height of small letters in pixels; None where there is too little to tell. It is measured on half the
    picture's rows and columns where that is clear enough."""
    rough = _letters_height(pixels[::_HALVED, ::_HALVED])
    if rough is not None and rough >= _CLEAR_X_HEIGHT:
        return rough * _HALVED
    if pixels.size < _LARGE_PICTURE:
        return _letters_height(pixels)
    return rough * _HALVED if rough is not None else None


def _letters_height(band: Gray) -> float | None:
    _, ink = cv2.threshold(band, _threshold(band) - 1, 1, cv2.THRESH_BINARY_INV)
    _, _, widths, heights, area = ink_shapes(np.asarray(ink, np.uint8)).T
    letters = (
        (heights >= 4)
        & (heights < 120)
        & (widths < heights * 3)
        & (widths * 6 > heights)
        & (area * 6 > heights * widths)
    )
    if int(letters.sum()) < 40:
        return None
    return float(np.percentile(heights[letters], 40))


def _deskewed(prepared: Prepared) -> Prepared:
    angle = _skew(prepared.pixels)
    if abs(angle) < _LEAST_SKEW:
        return prepared
    height, width = prepared.pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    pixels = cv2.warpAffine(prepared.pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    moved = np.vstack([turn, [0.0, 0.0, 1.0]]) @ prepared.moved
    return replace(
        prepared, pixels=np.asarray(pixels, np.uint8), moved=moved, notes=(*prepared.notes, PageNote.DESKEWED)
    )


def _skew(pixels: Gray) -> float:
    """Degrees to turn the picture counterclockwise so that its lines lie level or, on a page that lies on its side,
    upright; 0 where nothing tells."""
    small = _shrunk(pixels, 800)
    rough_ways, ways = (_inked_ways(one) for one in (_shrunk(small, 400), small))
    angles = np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.1, 1.0)
    rough, way = max(product(angles, (0, 1)), key=lambda tried: _levelness(rough_ways[tried[1]], tried[0]))
    fine = max(np.arange(rough - 0.8, rough + 0.81, 0.2), key=lambda angle: _levelness(ways[way], angle))
    is_clear = _levelness(ways[way], float(fine)) > 1.08 * _levelness(ways[way], 0.0)
    return float(fine) if is_clear and abs(fine) < _SKEW_LIMIT else 0.0


def _inked_ways(small: Gray) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The ink without its margins, as it lies and turned by a quarter."""
    ink = (small < _threshold(small)).astype(np.uint8)
    margin = [max(1, side // 50) for side in ink.shape]
    ink = ink[margin[0] : -margin[0], margin[1] : -margin[1]]
    return ink, np.ascontiguousarray(np.rot90(ink))


def _levelness(ink: NDArray[np.uint8], angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST)
    rows = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    return float(np.square(np.diff(rows)).sum(dtype=np.int64))


def _shrunk(pixels: Gray, long_side: int) -> Gray:
    return shrunk(pixels, min(1.0, long_side / max(pixels.shape)))


def _threshold(pixels: Gray) -> float:
    level, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(level, 200))
