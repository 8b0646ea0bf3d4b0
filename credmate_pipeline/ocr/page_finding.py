"""Finds the sheet of paper in a photograph that shows the table around it."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray

Corners = NDArray[np.float64]
"""Top left, top right, bottom right, bottom left; shape (4, 2), pixels."""

_LOOKED_AT = 640
_LEAST_SHARE, _MOST_SHARE = 0.25, 0.96
"""Of the picture that the sheet covers; a scan's sheet covers all of it."""
_LEAST_STEP = 22
"""Gray levels between the paper and what lies around it."""
_MOST_PAPER_EDGE = 0.4
"""Share of the picture's edge that may look like paper, as other papers on the desk do."""


def page_corners(pixels: Gray) -> Corners | None:
    """The sheet's corners; None where the picture is all sheet, or no clear sheet is seen."""
    scale = _LOOKED_AT / max(pixels.shape)
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    smooth = cv2.morphologyEx(cv2.medianBlur(small, 5), cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    _, mask = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    sheet = max(contours, key=cv2.contourArea)
    outline = cv2.convexHull(sheet)
    four = cv2.approxPolyDP(outline, 0.03 * cv2.arcLength(outline, True), True)
    if len(four) != 4 or not _is_sheet(four, sheet, smooth):
        return None
    return _ordered(four.reshape(4, 2).astype(np.float64)) / scale


def _is_sheet(four: MatLike, sheet: MatLike, smooth: MatLike) -> bool:
    share = cv2.contourArea(four) / smooth.size
    is_whole = cv2.contourArea(sheet) >= 0.85 * cv2.contourArea(four)
    if _edge_like_paper(four, smooth) > _MOST_PAPER_EDGE:
        return False
    inside = np.zeros(smooth.shape, np.uint8)
    cv2.fillConvexPoly(inside, four, 255)
    if not (_LEAST_SHARE <= share <= _MOST_SHARE and is_whole):
        return False
    return float(np.median(smooth[inside > 0])) - float(np.median(smooth[inside == 0])) >= _LEAST_STEP


def _edge_like_paper(four: MatLike, smooth: MatLike) -> float:
    """Share of the picture's edge that is as bright as the paper and no part of it: on a scan all is paper."""
    inside = np.zeros(smooth.shape, np.uint8)
    cv2.fillConvexPoly(inside, four, 255)
    paper = float(np.median(smooth[inside > 0]))
    ring = np.ones(smooth.shape, bool)
    ring[3:-3, 3:-3] = False
    outside = ring & (inside == 0)
    return float((smooth[outside] > paper - _LEAST_STEP / 2).mean()) if outside.any() else 1.0


def _ordered(points: Corners) -> Corners:
    total, difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    picked = [np.argmin(total), np.argmin(difference), np.argmax(total), np.argmax(difference)]
    return points[picked]
