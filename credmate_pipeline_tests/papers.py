"""Small papers drawn for tests: PDFs by MuPDF, pictures from them by Pillow."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
from PIL import Image

LINES = (
    "Certificate of Participation",
    "Northfield Institute certifies that",
    "Amelia Whitfield, MD",
    "has participated in the live activity titled",
    "Modern Care of Chronic Heart Failure",
    "on March 14, 2025",
    "and is awarded 2.50 AMA PRA Category 1 Credits",
)


def pdf_of(lines: tuple[str, ...] = LINES, *, size: float = 16, **options: Any) -> bytes:
    """One page with a line below the other; `options` go to MuPDF's text painting."""
    with pymupdf.open() as document:
        page = document.new_page()
        write(page, lines, size=size, **options)
        return document.tobytes()


def write(page: pymupdf.Page, lines: tuple[str, ...], *, size: float = 16, top: float = 100, **options: Any) -> None:
    for number, line in enumerate(lines):
        page.insert_text((72, top + number * size * 2), line, fontsize=size, **options)


def picture_of(pdf: bytes, *, dpi: int = 200) -> Image.Image:
    """The first page as a scanner would see it."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        pixmap = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        return Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)


def scan_pdf(picture: Image.Image, *, hidden: tuple[str, ...] = ()) -> bytes:
    """A PDF of one picture, with invisible text over it."""
    content = BytesIO()
    picture.save(content, "PNG")
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_image(page.rect, stream=content.getvalue())
        write(page, hidden, render_mode=3)
        return document.tobytes()


def saved(folder: Path, name: str, content: bytes | Image.Image, **options: Any) -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content.save(path, **options)
    return path


def photographed(picture: Image.Image) -> Image.Image:
    """The sheet lying askew on a dark table, unevenly lit."""
    width, height = picture.size
    sheet = picture.resize((width, height))
    corners = (0.10, 0.06, 0.05, 0.95, 0.93, 0.90, 0.88, 0.10)
    table = Image.new("L", (round(width * 1.1), round(height * 1.1)), 60)
    wide, tall = table.size
    target = [(corners[i] * wide, corners[i + 1] * tall) for i in range(0, 8, 2)]
    source = [(0.0, 0.0), (0.0, float(height)), (float(width), float(height)), (float(width), 0.0)]
    laid = sheet.transform(
        table.size, Image.Transform.PERSPECTIVE, _perspective(target, source), Image.Resampling.BICUBIC
    )
    covered = Image.new("L", sheet.size, 255).transform(
        table.size, Image.Transform.PERSPECTIVE, _perspective(target, source)
    )
    table.paste(laid, (0, 0), covered)
    light = np.linspace(1.0, 0.72, wide)[None, :] * np.ones((tall, 1))
    return Image.fromarray((np.asarray(table) * light).astype(np.uint8))


def _perspective(target: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(values))]
