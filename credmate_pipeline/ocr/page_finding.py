"""Finds the sheet of paper in a photograph that shows the desk around it.

Straight edges are gathered, every two across and two down make a candidate, and the one wins whose sides are best
seen: brighter inside than outside, all along. Things on the desk and other papers have edges too, but not four that
fit. A side of the sheet that lies off the picture is the picture's own edge.
"""

from itertools import combinations

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.ocr.ink import ink_shapes

Corners = NDArray[np.float64]
"""Top left, top right, bottom right, bottom left; shape (4, 2), pixels."""

_LOOKED_AT = 560
_LEAST_SHARE, _MOST_SHARE = 0.25, 0.975
"""Of the picture that the sheet covers; a scan's sheet covers all of it."""
_LEAST_STEP = 10.0
"""Gray levels between the paper and what lies beside it, for a point of an edge to count as seen."""
_LEAST_SEEN = 0.72
"""Share of a side that must be seen."""
_OFF_PICTURE = 0.6
"""What a side that is the picture's own edge counts."""
_STEEPEST = 28.0
"""Degrees a side may lean."""
_MOST_LINES = 9
"""Edges across, and as many down, that are tried."""
_MOST_PAPER_EDGE = 0.4
"""Share of the picture's edge that may look like the sheet: on a scan all of it does."""
_POINTS = np.linspace(0.04, 0.96, 40)
_ASIDE = 5.0
"""Pixels inside and outside a side at which brightness is compared."""

_LONGEST, _SHORTEST = 1.45, 1.25
"""Times as long as wide a sheet is: A4 1.41, Letter 1.29, and a camera that leans."""
_DEEPEST, _SHALLOWEST = 0.2, 0.03
"""Share of the sheet that a band beyond its side is deep."""
_BAND_PIXELS = 1000
"""Along the side, when a band is looked at."""
_BRIGHTER = 40
"""Gray levels that print on a dark band is brighter by."""
_LEAST_IN_ROW = 8
_MOSTLY_PRINT = 0.6
"""Letters in a row that make it print, and the share of rows in all that is bright: a desk's grain is everywhere."""
_LEAST_LETTER = 5
"""Pixels; grain is smaller."""

_Line = tuple[float, float, float]
"""a, b, c with a·x + b·y = c, a² + b² = 1."""


def page_corners(pixels: Gray) -> Corners | None:
    """The sheet's corners, with bands as dark as the desk where something is printed in them; None where the picture is
    all sheet, or no clear sheet is seen."""
    corners = _bright_corners(pixels)
    return corners if corners is None else _with_bands(corners, pixels)


def _bright_corners(pixels: Gray) -> Corners | None:
    scale = min(1.0, _LOOKED_AT / max(pixels.shape))
    small = shrunk(pixels, scale)
    # Closing takes print and frames off the paper and leaves its outline.
    smooth = cv2.morphologyEx(cv2.medianBlur(small, 5), cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    if _is_all_paper(smooth):
        return None
    across, down = _edges(smooth)
    quads = _quads(across, down, smooth.shape)
    if not len(quads):
        return None
    worth = _worth(quads, smooth)
    best = int(np.argmax(worth))
    if worth[best] <= 0 or _edge_like_paper(quads[best], smooth) > _MOST_PAPER_EDGE:
        return None
    return quads[best] / scale


def _is_all_paper(smooth: MatLike) -> bool:
    """Whether the picture's edge is as bright as its middle all around, as on a scan."""
    height, width = smooth.shape
    paper = float(np.percentile(smooth[height // 4 : -height // 4, width // 4 : -width // 4], 70))
    return float((_ring(smooth) > paper - _LEAST_STEP).mean()) > 0.97


def _ring(smooth: MatLike) -> Gray:
    return np.concatenate((smooth[3], smooth[-4], smooth[:, 3], smooth[:, -4])).astype(np.uint8)


def _edges(smooth: MatLike) -> tuple[list[_Line], list[_Line]]:
    """The strongest straight edges across and down, and the picture's own."""
    height, width = smooth.shape
    outlines = cv2.Canny(cv2.GaussianBlur(smooth, (0, 0), 1.0), 12, 36)
    found = cv2.HoughLinesP(outlines, 1, np.pi / 360, 40, minLineLength=0.12 * min(height, width), maxLineGap=12)
    across: list[tuple[float, _Line]] = []
    down: list[tuple[float, _Line]] = []
    for x0, y0, x1, y1 in np.empty((0, 4)) if found is None else found.reshape(-1, 4).astype(float):
        length = float(np.hypot(x1 - x0, y1 - y0))
        leaning = np.degrees(np.arctan2(abs(y1 - y0), abs(x1 - x0)))
        a, b = (y0 - y1) / length, (x1 - x0) / length
        if leaning <= _STEEPEST:
            across.append((length, _normal(a, b, a * x0 + b * y0, is_across=True)))
        elif leaning >= 90 - _STEEPEST:
            down.append((length, _normal(a, b, a * x0 + b * y0, is_across=False)))
    own_across: list[_Line] = [(0.0, 1.0, 0.0), (0.0, 1.0, height - 1.0)]
    own_down: list[_Line] = [(1.0, 0.0, 0.0), (1.0, 0.0, width - 1.0)]
    return [*_strongest(across, width), *own_across], [*_strongest(down, height), *own_down]


def _normal(a: float, b: float, c: float, *, is_across: bool) -> _Line:
    """The line with its larger coefficient positive, so that alike lines have alike numbers."""
    return (-a, -b, -c) if (b if is_across else a) < 0 else (a, b, c)


def _strongest(lines: list[tuple[float, _Line]], side: int) -> list[_Line]:
    """The longest edges, of those that lie on each other the longest alone."""
    kept: list[_Line] = []
    for _, line in sorted(lines, reverse=True):
        if not any(_is_same(line, other, side) for other in kept):
            kept.append(line)
        if len(kept) == _MOST_LINES:
            break
    return kept


def _is_same(one: _Line, other: _Line, side: int) -> bool:
    """Whether two lines of one direction run within some pixels of each other across the picture."""
    is_across = abs(one[1]) > abs(one[0])
    places = [
        [(c - (a if is_across else b) * at) / (b if is_across else a) for at in (0.0, float(side))]
        for a, b, c in (one, other)
    ]
    return all(abs(here - there) < 7 for here, there in zip(*places, strict=True))


def _quads(across: list[_Line], down: list[_Line], shape: tuple[int, ...]) -> Corners:
    """The corners of every two edges across and two down that could be a sheet; shape (n, 4, 2)."""
    height, width = shape
    found = []
    for top, bottom in combinations(across, 2):
        for left, right in combinations(down, 2):
            quad = np.array([_crossing(one, other) for one, other in
                             ((top, left), (top, right), (bottom, right), (bottom, left))])  # fmt: skip
            found.append(_ordered(quad))
    quads = np.array(found).reshape(-1, 4, 2)
    xs, ys = quads[:, :, 0], quads[:, :, 1]
    inside = (xs > -3).all(1) & (xs < width + 2).all(1) & (ys > -3).all(1) & (ys < height + 2).all(1)
    area = 0.5 * np.abs((xs * np.roll(ys, -1, 1) - ys * np.roll(xs, -1, 1)).sum(1)) / (width * height)
    return quads[inside & (area >= _LEAST_SHARE) & (area <= _MOST_SHARE)]


def _crossing(one: _Line, other: _Line) -> tuple[float, float]:
    (a, b, c), (d, e, f) = one, other
    determinant = a * e - b * d
    return ((c * e - b * f) / determinant, (a * f - c * d) / determinant) if abs(determinant) > 1e-6 else (-1e9, -1e9)


def _ordered(quad: Corners) -> Corners:
    """From the top left on, clockwise."""
    upper = sorted(quad.tolist(), key=lambda corner: corner[1])
    (left, right), (low_left, low_right) = sorted(upper[:2]), sorted(upper[2:])
    return np.array([left, right, low_right, low_left])


def _worth(quads: Corners, smooth: MatLike) -> NDArray[np.float64]:
    """How well each candidate's sides are seen, times its size; 0 where a side is not seen."""
    height, width = smooth.shape
    levels = smooth.astype(np.int16)
    starts, ends = quads, np.roll(quads, -1, axis=1)
    along = ends - starts
    length = np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1.0)
    outward = np.stack([along[:, :, 1], -along[:, :, 0]], axis=2) / length
    points = starts[:, :, None, :] + along[:, :, None, :] * _POINTS[None, None, :, None]
    steps = _levels(levels, points - _ASIDE * outward[:, :, None, :]) - _levels(
        levels, points + _ASIDE * outward[:, :, None, :]
    )
    seen = (steps > _LEAST_STEP).mean(axis=2)
    limits = np.array([width - 1.0, height - 1.0])
    near_edge = np.stack([np.abs(points) < 2, np.abs(points - limits) < 2], axis=-1)
    is_own = np.logical_or.reduce(np.logical_and.reduce(near_edge, axis=2).reshape(*near_edge.shape[:2], -1), axis=-1)
    sides = np.where(is_own, _OFF_PICTURE, seen)
    is_sheet = (sides >= np.where(is_own, 0.0, _LEAST_SEEN)).all(axis=1) & (is_own.sum(axis=1) <= 2)
    xs, ys = quads[:, :, 0], quads[:, :, 1]
    area = 0.5 * np.abs((xs * np.roll(ys, -1, 1) - ys * np.roll(xs, -1, 1)).sum(1)) / (width * height)
    return np.where(is_sheet, sides.mean(axis=1) * np.sqrt(area), 0.0)


def _levels(levels: NDArray[np.int16], points: NDArray[np.float64]) -> NDArray[np.int16]:
    height, width = levels.shape
    xs = points[..., 0].round().astype(int).clip(0, width - 1)
    ys = points[..., 1].round().astype(int).clip(0, height - 1)
    return levels[ys, xs]


def _edge_like_paper(quad: Corners, smooth: MatLike) -> float:
    """Share of the picture's edge, off the sheet, that is as bright as the sheet's darkest quarter."""
    inside = np.zeros(smooth.shape, np.uint8)
    cv2.fillConvexPoly(inside, quad.round().astype(np.int32), 255)
    paper = float(np.percentile(smooth[inside > 0], 25))
    ring, is_inside = _ring(smooth), _ring(inside) > 0
    outside = ring[~is_inside]
    return float((outside > paper).mean()) if outside.size else 1.0


def _with_bands(corners: Corners, pixels: Gray) -> Corners:
    """The sheet with the dark bands that print stands in beyond its sides."""
    whole = corners
    for side in range(4):
        reach = _room_beyond(whole, side)
        depth = _band_depth(whole, side, reach, pixels) if reach >= _SHALLOWEST else 0.0
        if depth:
            whole = _stretched(whole, side, depth)
    return whole


def _room_beyond(corners: Corners, side: int) -> float:
    """How far beyond a side, as a share of the sheet's length that way, paper may reach by its proportions."""
    along, away = _lengths(corners, side)
    most = _LONGEST * along if away >= along else along / _SHORTEST
    return min(_DEEPEST, most / away - 1)


def _lengths(corners: Corners, side: int) -> tuple[float, float]:
    """Of a side (the top first, then clockwise) and of those beside it, in pixels."""
    edges = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return max(edges[side], edges[(side + 2) % 4]), max(edges[(side + 1) % 4], edges[(side + 3) % 4])


def _beyond(corners: Corners, side: int) -> NDArray[np.float64]:
    """3×3, to the picture from the sheet laid so that the side runs from (0, 0) to (1, 0), what is beyond it above."""
    laid = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(laid, np.roll(corners, -side, axis=0).astype(np.float32)), np.float64)


def _stretched(corners: Corners, side: int, depth: float) -> Corners:
    """The sheet, reaching beyond a side by `depth` of its length that way."""
    laid = np.array([[[0, -depth], [1, -depth], [1, 1], [0, 1]]], np.float64)
    return np.roll(cv2.perspectiveTransform(laid, _beyond(corners, side))[0], side, axis=0)


def _band_depth(corners: Corners, side: int, reach: float, pixels: Gray) -> float:
    """How deep the band beyond a side is, up to `reach`, as much room outside its print as inside; 0 without print."""
    along, away = _lengths(corners, side)
    width = min(_BAND_PIXELS, round(along))
    height = max(1, round(width * away * reach / along))
    to_picture = _beyond(corners, side) @ np.array([[1 / width, 0, 0], [0, reach / height, -reach], [0, 0, 1]])
    strip = cv2.warpPerspective(pixels, to_picture, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    dark, print_level = np.percentile(strip, (50, 99))
    bright = (strip > max(dark + _BRIGHTER, (dark + print_level) / 2)).astype(np.uint8)
    shapes = ink_shapes(bright)
    _, top, widths, heights, _ = shapes[shapes[:, 3] >= _LEAST_LETTER].T
    is_letter = (heights < height / 2) & (widths < 3 * heights) & (top > 0) & (top + heights < height)
    tops, sizes = top[is_letter], heights[is_letter]
    middles = tops + sizes / 2
    is_beside = abs(middles[:, None] - middles) < sizes[:, None] / 2
    is_alike = (sizes > sizes[:, None] / 2) & (sizes < 2 * sizes[:, None])
    is_print = (is_beside & is_alike).sum(axis=1) >= _LEAST_IN_ROW
    if is_print.sum() > _MOSTLY_PRINT * len(heights):
        outer, inner = tops[is_print].min(), (tops + sizes)[is_print].max()
        return reach * min(1.0, (height - outer + height - inner) / height)
    return 0.0
