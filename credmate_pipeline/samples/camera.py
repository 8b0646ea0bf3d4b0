"""What telephone cameras do to a page: the desk around it, the angle, the light."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from credmate_pipeline.documents.page import Gray

Color = NDArray[np.uint8]
"""A color picture, shape (height, width, 3), RGB."""

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shot:
    """How carefully the picture is taken."""

    askew: float
    """How far each corner of the page may be moved, of the short side of the picture."""
    fills: float
    """Share of the picture that the page takes along its longer fit; above 1 it reaches over an edge."""
    turned: float
    """Degrees the page may lie turned, either way."""
    is_cluttered: bool = False
    """Whether things lie around the page, on any kind of desk."""


CAREFUL = Shot(askew=0.025, fills=0.88, turned=0.0)
CARELESS = Shot(askew=0.05, fills=0.8, turned=9.0, is_cluttered=True)
TOO_CLOSE = Shot(askew=0.03, fills=0.985, turned=1.5, is_cluttered=True)


def photographed(page: Gray, rng: Generator, shot: Shot = CAREFUL, *, size: tuple[int, int] = (2100, 2800)) -> Color:
    """The page on a desk, seen by a telephone from somewhat aside, with a shadow over it."""
    width, height = size if page.shape[0] >= page.shape[1] else (size[1], size[0])
    scene = _on_desk(page, rng, shot, width, height)
    light = _light(width, height, rng)
    tint = np.array([1.0, 0.98, 0.93], dtype=np.float32)
    lit = scene * light[:, :, None] * tint
    lit += rng.standard_normal((height, width, 1), dtype=np.float32) * 3.0
    return np.clip(lit, 0, 255).astype(np.uint8)


def _on_desk(page: Gray, rng: Generator, shot: Shot, width: int, height: int) -> _Floats:
    corners = _corners(page, rng, shot, width, height)
    rows, columns = page.shape
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], dtype=np.float32)
    warp = cv2.getPerspectiveTransform(source, corners)
    paper = cv2.warpPerspective(page, warp, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(page, 255), warp, (width, height))
    desk = _cluttered(_any_desk(width, height, rng), rng) if shot.is_cluttered else _wood(width, height, rng)
    blend = mask[:, :, None].astype(np.float32) / 255
    return (paper[:, :, None] * blend + desk * (1 - blend)).astype(np.float32)


def _corners(page: Gray, rng: Generator, shot: Shot, width: int, height: int) -> _Floats:
    scale = min(width * shot.fills / page.shape[1], height * shot.fills / page.shape[0])
    across, down = page.shape[1] * scale / 2, page.shape[0] * scale / 2
    square = np.array([[-across, -down], [across, -down], [across, down], [-across, down]], dtype=np.float32)
    angle = np.radians(rng.uniform(-shot.turned, shot.turned))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], dtype=np.float32)
    moved = rng.uniform(-shot.askew, shot.askew, (4, 2)).astype(np.float32) * np.float32(min(width, height))
    return (square @ turn.T + np.array([width / 2, height / 2], dtype=np.float32) + moved).astype(np.float32)


def _any_desk(width: int, height: int, rng: Generator) -> _Floats:
    """Wood, a dark or light plain table, a checked cloth, or speckled stone."""
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return _wood(width, height, rng)
    plain = np.full((height, width, 3), float(rng.choice([38, 60, 150, 185])), np.float32)
    if kind == 1:
        return plain
    if kind == 2:
        step = int(rng.integers(60, 160))
        rows, columns = np.arange(height)[:, None] // step % 2, np.arange(width)[None, :] // step % 2
        return plain - ((rows ^ columns) * 30.0)[:, :, None].astype(np.float32)
    coarse = rng.standard_normal((height // 6, width // 6)).astype(np.float32) * 26
    grains = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return (plain - 15 + grains[:, :, None]).astype(np.float32)


def _cluttered(desk: _Floats, rng: Generator) -> _Floats:
    """With other papers, a pen and a cup lying about; the page is laid over them."""
    height, width = desk.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        center = (int(rng.uniform(0, width)), int(rng.choice([rng.uniform(0, 0.2), rng.uniform(0.8, 1)]) * height))
        paper = cv2.boxPoints((center, (width * 0.5, height * 0.2), float(rng.uniform(-40, 40)))).astype(np.int32)
        cv2.fillConvexPoly(desk, paper, (215.0, 215.0, 208.0), cv2.LINE_AA)
        cv2.polylines(desk, [paper], isClosed=True, color=(120.0, 120.0, 120.0), thickness=3)
    start, end = (int(width * rng.uniform(0, 0.3)), 0), (int(width * rng.uniform(0, 0.1)), height // 3)
    cv2.line(desk, start, end, (30.0, 40.0, 150.0), 34, cv2.LINE_AA)
    cup = (int(width * rng.uniform(0.85, 1.0)), int(height * rng.uniform(0.0, 1.0)))
    cv2.circle(desk, cup, width // 9, (240.0, 238.0, 230.0), -1, cv2.LINE_AA)
    return desk


def _wood(width: int, height: int, rng: Generator) -> _Floats:
    """Long soft streaks in brown."""
    streaks = rng.uniform(-1, 1, (height // 8, 24)).astype(np.float32)
    grain = cv2.resize(cv2.GaussianBlur(streaks, (0, 0), 1.2), (width, height), interpolation=cv2.INTER_CUBIC)
    base = np.array([[112, 82, 58], [88, 88, 92], [70, 52, 40]], dtype=np.float32)[int(rng.integers(0, 3))]
    return np.clip(base + grain[:, :, None] * 22, 0, 255).astype(np.float32)


def _light(width: int, height: int, rng: Generator) -> _Floats:
    """Light that falls off to one side, and the soft edge of a hand's shadow."""
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    angle = float(rng.uniform(0, 2 * np.pi))
    along = np.cos(angle) * (across - 0.5) + np.sin(angle) * (down - 0.5)
    edge = float(rng.uniform(0.1, 0.4))
    hand = 1 / (1 + np.exp((along - edge) * 18))
    return (0.72 + 0.28 * hand) * (0.96 - 0.16 * along)
