"""A sheet of paper to draw on: text that flows down from the top, tables, frames, seals, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path
from random import Random
from typing import Literal

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from credmate_pipeline.samples.canvas import open_canvas

PORTRAIT: tuple[float, float] = letter
LANDSCAPE: tuple[float, float] = (letter[1], letter[0])

_ALIGNMENTS: dict[str, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class Face:
    """A font family: the names of its regular and bold cuts."""

    regular: str
    bold: str


SANS = Face("Helvetica", "Helvetica-Bold")
SERIF = Face("Times-Roman", "Times-Bold")
MONO = Face("Courier", "Courier-Bold")
HUMANIST = Face("Vera", "VeraBd")
"""Bitstream Vera, embedded; its license comes with reportlab."""

INKS = ("#1f3a5f", "#5b1a2b", "#1e4d3a", "#3d2b56", "#6b4a12", "#0f4c5c")


class Sheet:
    """One page. Lengths are points; `y` is the distance of the cursor from the top edge."""

    def __init__(self, size: tuple[float, float] = PORTRAIT, *, face: Face = SANS, margin: float = 60) -> None:
        register_fonts()
        self.width, self.height = size
        self.face = face
        self.margin = margin
        self.y = margin
        self._file = BytesIO()
        self._canvas = open_canvas(self._file, size)
        self._canvas.setSubject("Synthetic document; every name and number on it is invented")

    def say(
        self,
        text: str,
        *,
        size: float = 11,
        bold: bool = False,
        align: str = "center",
        gap: float = 8,
        ink: str | None = None,
        x: float | None = None,
        width: float | None = None,
        face: Face | None = None,
    ) -> None:
        """Print `text` at the cursor, wrapped, and move the cursor below it. `<b>` and `<i>` are understood."""
        left = self.margin if x is None else x
        style = self._style(size, bold, align, ink, face)
        self.y += self._print(text, left, self.y, width or self.width - self.margin - left, style)
        self.y += gap
        if self.y > self.height:
            raise ValueError("the page is too short for what is printed on it")

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        width: float = 400,
        size: float = 10,
        bold: bool = False,
        align: str = "left",
        ink: str | None = None,
        face: Face | None = None,
    ) -> float:
        """Print `text` at a place, wrapped at `width`, leaving the cursor; returns the height taken."""
        return self._print(text, x, y, width, self._style(size, bold, align, ink, face))

    def skip(self, points: float) -> None:
        """Move the cursor down."""
        self.y += points

    def label_rows(
        self,
        rows: Sequence[tuple[str, str]],
        *,
        x: float | None = None,
        label_width: float = 150,
        width: float | None = None,
        size: float = 10,
        pitch: float = 20,
        ruled: bool = False,
    ) -> None:
        """A label and its value a row, from the cursor down."""
        left = self.margin if x is None else x
        full = width or self.width - self.margin - left
        for label, value in rows:
            top = self.y
            used = max(
                self.put(label, left + 4, top, width=label_width - 8, size=size, bold=True),
                self.put(value, left + label_width, top, width=full - label_width, size=size),
            )
            self.y = top + max(pitch, used + 6)
            if ruled:
                self.rule(self.y - 4, x0=left, x1=left + full, weight=0.4)

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 9, x: float | None = None
    ) -> None:
        """Cells with borders, the first row as headings, from the cursor down."""
        left = self.margin if x is None else x
        for number, row in enumerate(rows):
            heights = []
            at = left
            for cell, width in zip(row, widths, strict=True):
                heights.append(self.put(cell, at + 4, self.y + 3, width=width - 8, size=size, bold=number == 0))
                at += width
            height = max(heights) + 9
            at = left
            for width in widths:
                self.box(at, self.y, width, height, weight=0.6)
                at += width
            self.y += height

    def rule(
        self, y: float, *, x0: float | None = None, x1: float | None = None, weight: float = 0.8, ink: str | None = None
    ) -> None:
        """A horizontal line."""
        self._pen(ink, weight)
        left = self.margin if x0 is None else x0
        right = self.width - self.margin if x1 is None else x1
        self._canvas.line(left, self.height - y, right, self.height - y)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        weight: float = 1,
        ink: str | None = None,
        fill: str | None = None,
    ) -> None:
        """A rectangle with its top left corner at x, y."""
        self._pen(ink, weight)
        if fill is not None:
            self._canvas.setFillColor(HexColor(fill))
        bottom = self.height - y - height
        self._canvas.rect(x, bottom, width, height, stroke=int(weight > 0), fill=int(fill is not None))

    def frame(self, ink: str, *, inset: float = 24, double: bool = True) -> None:
        """A border around the page."""
        self.box(inset, inset, self.width - 2 * inset, self.height - 2 * inset, weight=3, ink=ink)
        if double:
            inner = inset + 6
            self.box(inner, inner, self.width - 2 * inner, self.height - 2 * inner, weight=0.8, ink=ink)

    def check_box(self, x: float, y: float, *, is_checked: bool) -> None:
        """A small square, crossed or empty."""
        self.box(x, y, 8, 8, weight=0.7)
        if is_checked:
            bottom = self.height - y - 8
            self._canvas.line(x + 1, bottom + 1, x + 7, bottom + 7)
            self._canvas.line(x + 1, bottom + 7, x + 7, bottom + 1)

    def mark(self, initials: str, x: float, y: float, ink: str, *, size: float = 44) -> None:
        """An invented organization's mark: its initials on a disc."""
        self._canvas.setFillColor(HexColor(ink))
        self._canvas.circle(x + size / 2, self.height - y - size / 2, size / 2, stroke=0, fill=1)
        self._canvas.setFillColor(HexColor("#ffffff"))
        self._canvas.setFont(self.face.bold, size * 0.28)
        self._canvas.drawCentredString(x + size / 2, self.height - y - size * 0.6, initials)

    def emblem(self, lines: Sequence[str], x: float, y: float, ink: str, *, width: float = 130) -> None:
        """A picture with an invented organization's sign and words on it, as logos are: no text of the page."""
        drawn = _emblem(lines, ink)
        height = width * drawn.height / drawn.width
        self._canvas.drawImage(ImageReader(drawn), x, self.height - y - height, width, height)

    def seal(self, x: float, y: float, radius: float, ink: str) -> None:
        """A round seal that is nobody's, centered at x, y."""
        self._pen(ink, 0.8)
        center_y = self.height - y
        for ring in (1.0, 0.92, 0.6):
            self._canvas.circle(x, center_y, radius * ring, stroke=1, fill=0)
        for step in range(48):
            angle = 2 * pi * step / 48
            inner, outer = radius * 0.66, radius * 0.86
            self._canvas.line(
                *(x + inner * cos(angle), center_y + inner * sin(angle)),
                *(x + outer * cos(angle), center_y + outer * sin(angle)),
            )

    def signature(self, x: float, y: float, rng: Random, *, caption: str, width: float = 170) -> None:
        """A scribble over a line, and who signed below it."""
        self._pen("#1a1a6e", 1.1)
        path = self._canvas.beginPath()
        at, base = x + 10.0, self.height - y - 8
        path.moveTo(at, base)
        while at < x + width * 0.7:
            step = rng.uniform(8, 18)
            rise = rng.uniform(4, 20)
            end = base + rng.uniform(-3, 5)
            path.curveTo(at + step * 0.3, base + rise, at + step * 0.6, base - rise * 0.5, at + step, end)
            at += step
        self._canvas.drawPath(path, stroke=1, fill=0)
        self.rule(y + 14, x0=x, x1=x + width, weight=0.7)
        self.put(caption, x, y + 16, width=width, size=8.5)

    def picture(self, jpeg: BytesIO) -> None:
        """A JPEG over the whole page, its bytes kept as they are."""
        self._canvas.drawImage(ImageReader(jpeg), 0, 0, self.width, self.height)

    def hidden_lines(self, lines: Sequence[str], *, pitch: float = 30) -> None:
        """Text that is there for a reader of the text layer, but leaves no ink."""
        text = self._canvas.beginText(self.margin, self.height - self.margin - 60)
        text.setTextRenderMode(3)
        text.setFont(self.face.regular, 12, leading=pitch)
        for line in lines:
            text.textLine(line)
        self._canvas.drawText(text)

    def finish(self, *, password: str | None = None) -> bytes:
        """The PDF; with a password it opens for nobody who does not have it."""
        if password is not None:
            self._canvas.setEncrypt(StandardEncryption(password, ownerPassword=password, strength=128))
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def _print(self, text: str, x: float, y: float, width: float, style: ParagraphStyle) -> float:
        paragraph = Paragraph(text.replace("&", "&amp;"), style)
        _, height = paragraph.wrap(width, self.height)
        paragraph.drawOn(self._canvas, x, self.height - y - height)
        return height

    def _style(self, size: float, bold: bool, align: str, ink: str | None, face: Face | None) -> ParagraphStyle:
        cut = face or self.face
        return ParagraphStyle(
            "text",
            fontName=cut.bold if bold else cut.regular,
            fontSize=size,
            leading=size * 1.25,
            alignment=_ALIGNMENTS[align],
            textColor=HexColor(ink) if ink else black,
        )

    def _pen(self, ink: str | None, weight: float) -> None:
        color: Color = HexColor(ink) if ink else black
        self._canvas.setStrokeColor(color)
        self._canvas.setLineWidth(weight)


def _emblem(lines: Sequence[str], ink: str) -> Image.Image:
    """The sign, a disc in a ring, with the lines right of it, at about 200 dots an inch."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    cut = ImageFont.truetype(str(fonts / "VeraBd.ttf"), 34)
    pitch = 44
    side = max(pitch * len(lines), 96)
    picture = Image.new("RGB", (side + 30 + int(max(map(cut.getlength, lines))), side), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((4, 4, side - 5, side - 5), outline=ink, width=6)
    pen.ellipse((side * 0.3, side * 0.3, side * 0.7, side * 0.7), fill=ink)
    for number, line in enumerate(lines):
        pen.text((side + 14, (side - pitch * len(lines)) / 2 + pitch * number), line, fill=ink, font=cut)
    return picture


def register_fonts() -> None:
    """Makes the embedded fonts known to reportlab, once."""
    if "Vera" in pdfmetrics.getRegisteredFontNames():
        return
    for name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBI")
