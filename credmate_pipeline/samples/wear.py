"""What scanners, cameras and fax machines do to a page. Pictures in, pictures out; numpy draws the noise."""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray

Color = NDArray[np.uint8]
"""A color picture, shape (height, width, 3), RGB."""


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


def photographed(page: Gray, rng: Generator, *, size: tuple[int, int] = (2100, 2800)) -> Color:
    """The page on a desk, seen by a telephone from somewhat aside, with a shadow over it."""
    width, height = size if page.shape[0] >= page.shape[1] else (size[1], size[0])
    scene = _on_desk(page, rng, width, height)
    light = _shadow(width, height, rng)
    tint = np.array([1.0, 0.98, 0.93], dtype=np.float32)
    lit = scene.astype(np.float32) * light[:, :, None] * tint
    lit += rng.standard_normal((height, width, 1), dtype=np.float32) * 3.0
    return np.clip(lit, 0, 255).astype(np.uint8)


def _on_desk(page: Gray, rng: Generator, width: int, height: int) -> Color:
    scale = min(width * 0.88 / page.shape[1], height * 0.88 / page.shape[0])
    across, down = page.shape[1] * scale, page.shape[0] * scale
    left, top = (width - across) / 2, (height - down) / 2
    shift = rng.uniform(-0.025, 0.025, (4, 2)).astype(np.float32) * np.float32(min(width, height))
    corners = np.array(
        [[left, top], [left + across, top], [left + across, top + down], [left, top + down]], dtype=np.float32
    )
    corners += shift
    source = np.array(
        [[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]], dtype=np.float32
    )
    warp = cv2.getPerspectiveTransform(source, corners)
    paper = cv2.warpPerspective(page, warp, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(page, 255), warp, (width, height))
    desk = _desk(width, height, rng)
    blend = mask[:, :, None].astype(np.float32) / 255
    scene = paper[:, :, None].astype(np.float32) * blend + desk.astype(np.float32) * (1 - blend)
    return scene.astype(np.uint8)


def _desk(width: int, height: int, rng: Generator) -> Color:
    """Wood: long soft streaks in brown."""
    streaks = rng.uniform(-1, 1, (height // 8, 24)).astype(np.float32)
    grain = cv2.resize(cv2.GaussianBlur(streaks, (0, 0), 1.2), (width, height), interpolation=cv2.INTER_CUBIC)
    base = np.array([[112, 82, 58], [88, 88, 92], [70, 52, 40]], dtype=np.float32)[int(rng.integers(0, 3))]
    return np.clip(base + grain[:, :, None] * 22, 0, 255).astype(np.uint8)


def _shadow(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """Light that falls off to one side, and the soft edge of a hand's shadow."""
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    angle = float(rng.uniform(0, 2 * np.pi))
    along = np.cos(angle) * (across - 0.5) + np.sin(angle) * (down - 0.5)
    edge = float(rng.uniform(0.1, 0.4))
    hand = 1 / (1 + np.exp((along - edge) * 18))
    return (0.72 + 0.28 * hand) * (0.96 - 0.16 * along)


def _gray(picture: NDArray[np.generic]) -> Gray:
    return picture.astype(np.uint8)
