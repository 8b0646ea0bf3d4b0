"""What scanners, fax machines and time do to a page. Pictures in, pictures out; numpy draws the noise."""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray

_WATERMARKS = ("COPY", "DUPLICATE", "NOT ORIGINAL", "VERIFIED COPY")


def skewed(page: Gray, degrees: float) -> Gray:
    """Turned a little, as paper lies in a feeder; the corners are filled with white."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _gray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255.0,)))


def turned(page: Gray, quarters: int) -> Gray:
    """Turned by so many quarter turns counterclockwise."""
    return np.ascontiguousarray(np.rot90(page, quarters))


def noisy(page: Gray, sigma: float, rng: Generator) -> Gray:
    """With grain of standard deviation `sigma` (gray levels) and paper that is not quite white."""
    grain = rng.standard_normal(page.shape, dtype=np.float32) * np.float32(sigma)
    return _gray(np.clip(page.astype(np.float32) * 0.94 + 8 + grain, 0, 255))


def speckled(page: Gray, count: int, rng: Generator) -> Gray:
    """With so many dark specks of dust."""
    dusty = page.copy()
    rows = rng.integers(0, page.shape[0] - 2, count)
    columns = rng.integers(0, page.shape[1] - 2, count)
    for row, column in zip(rows, columns, strict=True):
        dusty[row : row + 2, column : column + 2] = 60
    return dusty


def blurred(page: Gray, sigma: float) -> Gray:
    """Out of focus by `sigma` pixels."""
    return _gray(cv2.GaussianBlur(page, (0, 0), sigma))


def faded(page: Gray, ink: int, paper: int) -> Gray:
    """As a worn-out printer leaves it: what was black is `ink`, what was white is `paper` (gray levels)."""
    return _gray(ink + page.astype(np.float32) * ((paper - ink) / 255))


def bleeding(page: Gray, back: Gray, strength: float) -> Gray:
    """With the print of the back shining through, mirrored and blurred; `strength` is its share of full ink."""
    behind = cv2.GaussianBlur(cv2.resize(back[:, ::-1], page.shape[::-1]), (0, 0), 2.0).astype(np.float32)
    return _gray(np.clip(page.astype(np.float32) - (255 - behind) * strength, 0, 255))


def watermarked(page: Gray, rng: Generator) -> Gray:
    """With a gray word across the page, over and under what is printed."""
    height, width = page.shape
    word = _WATERMARKS[int(rng.integers(0, len(_WATERMARKS)))]
    face, thick = cv2.FONT_HERSHEY_DUPLEX, width // 85
    (across, up), _ = cv2.getTextSize(word, face, 10.0, thick)
    scale = 10.0 * 0.85 * width / across
    veil = np.zeros((height, width), np.uint8)
    at = (round(width * 0.075), round(height / 2 + up * scale / 20))
    cv2.putText(veil, word, at, face, scale, (255,), thick, cv2.LINE_AA)
    angle = float(rng.uniform(28, 52))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    shade = cv2.warpAffine(veil, turn, (width, height)).astype(np.float32) / 255 * float(rng.uniform(35, 70))
    return _gray(np.clip(page.astype(np.float32) - shade, 0, 255))


def _gray(picture: NDArray[np.generic]) -> Gray:
    return picture.astype(np.uint8)
