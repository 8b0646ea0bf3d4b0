"""Values written onto a printed form by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.documents.page import POINTS_PER_INCH, Gray
from credmate_pipeline.documents.painted import Glyph, TextRun
from credmate_pipeline.samples.facts import Drawn

DPI = 300.0
_MOST_VALUES = 4
_CAPITAL_HEIGHT = 21.0
"""Pixels of a capital of OpenCV's slanted letters at scale 1."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page on which some values are written, not printed."""

    page: Gray
    names: frozenset[str]
    """The facts written by hand."""


def handwritten(drawn: Drawn, rng: Random) -> Written:
    """The page of `drawn` at `DPI`, up to four of its printed values written by hand instead."""
    runs, page = _opened(drawn.pdf)
    places = dict(_places(runs, {name: fact.content for name, fact in drawn.facts.items()}))
    names = sorted(places)
    chosen = rng.sample(names, min(len(names), rng.randint(2, _MOST_VALUES)))
    for name in chosen:
        for run, glyphs in places[name]:
            _write_over(page, run, glyphs, rng)
    return Written(page, frozenset(chosen))


def _opened(pdf: bytes) -> tuple[tuple[TextRun, ...], Gray]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf)
        with open_document(path, MediaType.PDF, Limits()) as document:
            page = document.page(1)
            painted = page.painted()
            return painted.runs if painted is not None else (), page.preview(DPI).pixels.copy()


def _places(
    runs: tuple[TextRun, ...], contents: Mapping[str, str]
) -> Iterator[tuple[str, list[tuple[TextRun, tuple[Glyph, ...]]]]]:
    """The glyphs of each value everywhere it stands on one line, level and in dark ink."""
    texts = [(run, "".join(glyph.text[:1] for glyph in run.glyphs)) for run in runs]
    for name, content in contents.items():
        found = [
            (run, run.glyphs[at : at + len(content)])
            for run, text in texts
            if (at := text.find(content)) >= 0 and run.direction == (1.0, 0.0) and (run.gray or 0) < 150
        ]
        if found and len(content) >= 3:
            yield name, found


def _write_over(page: Gray, run: TextRun, glyphs: tuple[Glyph, ...], rng: Random) -> None:
    scale = DPI / POINTS_PER_INCH
    left, right = int(glyphs[0].x * scale), int((glyphs[-1].x + glyphs[-1].advance) * scale)
    base = int(glyphs[0].y * scale)
    size = int(run.size * scale)
    place = page[base - int(size * 0.9) : base + int(size * 0.28), max(0, left - 3) : right + 3]
    place[:] = np.uint8(np.percentile(place, 95))
    ink = _script("".join(glyph.text for glyph in glyphs), width=right - left, height=size * 1.1, rng=rng)
    tall, wide = ink.shape
    top, start = max(0, base - round(tall * 0.68)), max(0, left)
    target = page[top : top + tall, start : start + wide]
    target[:] = np.minimum(target, ink[: target.shape[0], : target.shape[1]])


def _script(text: str, *, width: int, height: float, rng: Random) -> Gray:
    """Letters on white as a quick hand sets them: slanted, run together, of uneven height on a wandering baseline."""
    scale, thick = 3.0, 6
    cells = [cv2.getTextSize(letter, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, scale, thick)[0][0] for letter in text]
    tall = round(_CAPITAL_HEIGHT * scale * 2.6)
    sheet = np.full((tall, sum(cells) + tall), 255, np.uint8)
    at, base, drift = tall // 3, tall * 0.66, 0.0
    for letter, cell in zip(text, cells, strict=True):
        drift = 0.7 * drift + rng.uniform(-3.5, 3.5)
        place = (int(at), int(base + drift))
        cv2.putText(
            sheet, letter, place, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, scale * rng.uniform(0.85, 1.15), (55,), thick,
            cv2.LINE_AA,
        )  # fmt: skip
        at += cell * rng.uniform(0.8, 0.92)
    slant = np.array([[1, -rng.uniform(0.1, 0.3), tall * 0.2], [0, 1, 0]], np.float64)
    leaning = cv2.warpAffine(sheet, slant, (sheet.shape[1], tall), borderValue=(255,))
    fit = min(height * 2.0 / tall, 1.5 * width / max(1, at))
    small = cv2.resize(leaning, None, fx=fit, fy=fit, interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), 0.6).astype(np.uint8)
