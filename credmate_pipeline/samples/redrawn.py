"""A born-digital page painted anew by other software: the same to the eye, with other text inside the file."""

from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from reportlab.lib.colors import Color, black
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.documents.page import POINTS_PER_INCH, Gray, PageImage
from credmate_pipeline.documents.painted import Painted, TextRun
from credmate_pipeline.samples.canvas import open_canvas
from credmate_pipeline.samples.sheet import register_fonts

_DPI = 200.0
_TEXT_ROOM = (0.85, 0.28)
"""Of the font size above and below the baseline that is cleared before text is painted anew."""
_FACES = {
    "BitstreamVeraSans-Roman": "Vera",
    "BitstreamVeraSans-Bold": "VeraBd",
    "BitstreamVeraSans-Obliqu": "VeraIt",
    "BitstreamVeraSans-BoldOb": "VeraBI",
}
_LOST = ("ffi", "ff", "fi", "fl")


def letter_spaced(pdf: bytes, _: Random) -> bytes:
    """Every letter painted by itself, with a space after it that takes no room."""
    return _repainted(pdf, _spaced_letters)


def without_ligatures(pdf: bytes, _: Random) -> bytes:
    """ "ff", "fi" and "fl" are ink alone: their glyphs have no text."""
    return _repainted(pdf, _letters, keeps_ink=_ligature_letters)


def name_repeated(pdf: bytes, rng: Random) -> bytes:
    """A faint name printed across the page some hundreds of times."""
    name = rng.choice(("MEDLEARN NETWORK", "Property of Halden Academy", "Issued electronically"))

    def behind(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColor(Color(0.9, 0.9, 0.9))
        canvas.setFont("Helvetica", 5)
        for row in range(int(height // 18)):
            for column in range(int(width // 90)):
                canvas.drawString(column * 90 + row % 2 * 45, row * 18 + 4, name)

    return _repainted(pdf, _letters, behind=behind)


def _is_latin_1(text: str) -> bool:
    """ReportLab draws fields of forms in these signs alone."""
    return all(ord(sign) < 256 for sign in text)


def filled_form(pdf: bytes, values: Collection[str]) -> bytes:
    """A form in which each of `values` that stands alone is the content of a text field."""

    def paint(canvas: Canvas, run: TextRun, height: float) -> None:
        text = "".join(glyph.text for glyph in run.glyphs).strip()
        is_value = text in values and bool(run.glyphs) and _is_latin_1(text)
        if not is_value or run.direction != (1.0, 0.0):
            _letters(canvas, run, height)
            return
        first, last = run.glyphs[0], run.glyphs[-1]
        canvas.acroForm.textfield(
            value=text,
            x=round(first.x - 2),
            y=round(height - first.y - 0.35 * run.size),
            width=round(last.x + last.advance - first.x + 0.8 * run.size),
            height=round(1.4 * run.size),
            fontName="Helvetica",
            fontSize=round(run.size * 0.95),
            borderWidth=0,
            fillColor=Color(0.97, 0.97, 1.0),
            forceBorder=False,
        )

    return _repainted(pdf, paint)


Painter = Callable[[Canvas, TextRun, float], None]


def _repainted(
    pdf: bytes,
    paint: Painter,
    *,
    behind: Callable[[Canvas, float, float], None] | None = None,
    keeps_ink: Callable[[TextRun], set[int]] = lambda run: set(),
) -> bytes:
    """The first page's picture without its text, and its text over it by `paint`."""
    register_fonts()
    painted, picture, (width, height) = _opened(pdf)
    pixels = picture.pixels.copy()
    file = BytesIO()
    canvas = open_canvas(file, (width, height))
    kept = {id(run): keeps_ink(run) for run in painted.runs}
    for run in painted.runs:
        _clear(pixels, run, kept[id(run)])
    canvas.drawImage(ImageReader(Image.fromarray(pixels)), 0, 0, width, height)
    if behind is not None:
        behind(canvas, width, height)
    for run in painted.runs:
        lost = kept[id(run)]
        paint(canvas, _without(run, lost) if lost else run, height)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _opened(pdf: bytes) -> tuple[Painted, PageImage, tuple[float, float]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf)
        with open_document(path, MediaType.PDF, Limits()) as document:
            page = document.page(1)
            painted = page.painted()
            if painted is None:
                raise ValueError("the page is no PDF page")
            return painted, page.preview(_DPI), page.size


def _clear(pixels: Gray, run: TextRun, kept: set[int]) -> None:
    """Paints the usual level around the run's glyphs over them."""
    scale = _DPI / POINTS_PER_INCH
    above, below = _TEXT_ROOM
    for number, glyph in enumerate(run.glyphs):
        if number in kept or glyph.text.isspace():
            continue
        top, bottom = int((glyph.y - above * run.size) * scale), int((glyph.y + below * run.size) * scale) + 1
        left, right = int((glyph.x - 0.6) * scale), int((glyph.x + glyph.advance + 0.6) * scale) + 1
        place = pixels[max(0, top) : bottom, max(0, left) : right]
        if place.size:
            place[:] = np.uint8(np.percentile(place, 5) if (run.gray or 0) > 200 else np.percentile(place, 95))


def _letters(canvas: Canvas, run: TextRun, height: float) -> None:
    _paint_glyphs(canvas, run, height, after="")


def _spaced_letters(canvas: Canvas, run: TextRun, height: float) -> None:
    _paint_glyphs(canvas, run, height, after=" ")


def _paint_glyphs(canvas: Canvas, run: TextRun, height: float, *, after: str) -> None:
    level = (run.gray or 0) / 255
    canvas.setFillColor(Color(level, level, level) if level else black)
    canvas.setFont(_FACES.get(run.font, run.font), run.size)
    for glyph in run.glyphs:
        if not glyph.text.isspace():
            canvas.drawString(glyph.x, height - glyph.y, glyph.text + after)


def _ligature_letters(run: TextRun) -> set[int]:
    text = "".join(glyph.text[:1] for glyph in run.glyphs)
    return {
        at + offset
        for lost in _LOST
        for at in range(len(text))
        if text.startswith(lost, at)
        for offset in range(len(lost))
    }


def _without(run: TextRun, lost: set[int]) -> TextRun:
    glyphs = tuple(glyph for number, glyph in enumerate(run.glyphs) if number not in lost)
    return TextRun(
        glyphs, run.direction, run.size, run.ascent, run.descent, run.font, run.order, run.is_painted, run.gray
    )
