"""Ticked boxes are seen, drawn or filled in; empty ones, letters and figures are none."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.documents.page import Gray
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.tesseract import TesseractEngine, open_tesseract
from credmate_pipeline.ocr.tick_boxes import TICKED, with_ticks
from credmate_pipeline.samples.files import scan_pdf
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.samples.sheet import SANS, Sheet


@pytest.fixture(scope="module")
def engine() -> TesseractEngine:
    return open_tesseract("eng")


def form(chosen: str) -> bytes:
    sheet = Sheet(face=SANS)
    sheet.say("MEDICAL PROFESSIONAL LIABILITY", size=12, gap=12)
    for number, name in enumerate(("CLAIMS-MADE", "OCCURRENCE", "BOTH 8 BD 0")):
        sheet.check_box(80, 120 + 24 * number, is_checked=name == chosen)
        sheet.put(name, 96, 118 + 24 * number, size=10, bold=True)
    return sheet.finish()


def fillable(chosen: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(612, 792))
    for number, name in enumerate(("CLAIMS-MADE", "OCCURRENCE")):
        canvas.drawString(120, 702 - 24 * number, name)
        canvas.acroForm.checkbox(
            name=name, checked=name == chosen, x=100, y=700 - 24 * number, size=12, buttonStyle="cross"
        )
    canvas.save()
    return file.getvalue()


def ticked_lines(content: bytes, engine: TesseractEngine, folder: Path, mark: str = TICKED) -> list[str]:
    path = folder / "form.pdf"
    path.write_bytes(content)
    reading = read_pages(path, inspect_file(path, Limits()), engine=engine, limits=Limits())
    return [line.text for page in reading.pages for line in page.lines if mark in line.text]


@pytest.mark.parametrize("chosen", ["CLAIMS-MADE", "OCCURRENCE"])
def test_the_ticked_box_of_a_drawn_form_stands_before_its_words(
    chosen: str, engine: TesseractEngine, tmp_path: Path
) -> None:
    assert ticked_lines(form(chosen), engine, tmp_path) == [f"{TICKED} {chosen}"]


def test_the_ticked_box_of_a_fillable_form_is_told_by_its_value(engine: TesseractEngine, tmp_path: Path) -> None:
    assert ticked_lines(fillable("OCCURRENCE"), engine, tmp_path, "[X]") == ["[X] OCCURRENCE"]


def test_the_ticked_box_of_a_scanned_form_is_seen(engine: TesseractEngine, tmp_path: Path) -> None:
    scan = scan_pdf(rasterize(form("CLAIMS-MADE"), 200), 200, quality=80)
    assert ticked_lines(scan, engine, tmp_path) == [f"{TICKED} CLAIMS-MADE"]


def test_a_form_without_a_tick_has_none(engine: TesseractEngine, tmp_path: Path) -> None:
    assert ticked_lines(form("none of them"), engine, tmp_path) == []


def page_with_a_ticked_box(left: int) -> Gray:
    """White, with a frame of thirty pixels' side and a stroke through it."""
    page = np.full((400, 400), 255, np.uint8)
    page[100:130, left : left + 30] = 0
    page[103:127, left + 3 : left + 27] = 255
    for step in range(24):
        page[103 + step, left + 2 + step : left + 5 + step] = 0
    return page


def test_what_an_engine_made_of_a_ticked_box_is_no_word() -> None:
    page = page_with_a_ticked_box(left=100)
    seen = (SeenWord("[X]", 98, 99, 131, 131, 0.6), SeenWord("CLAIMS-MADE", 140, 100, 300, 130, 0.95))
    assert [word.text for word in with_ticks(seen, page, 200.0)] == ["CLAIMS-MADE", TICKED]


def test_a_letter_of_a_short_word_that_looks_like_a_ticked_box_is_none() -> None:
    page = page_with_a_ticked_box(left=160)
    seen = (SeenWord("MPH", 98, 99, 191, 131, 0.93),)
    assert [word.text for word in with_ticks(seen, page, 200.0)] == ["MPH"]


def test_where_no_word_was_read_a_ticked_box_is_none_either() -> None:
    assert with_ticks((), page_with_a_ticked_box(left=100), 200.0) == ()


def test_a_page_of_ticked_boxes_and_strokes_alone_is_not_read(engine: TesseractEngine, tmp_path: Path) -> None:
    page = np.full((1600, 1600), 255, np.uint8)
    page[:400, :400] = page_with_a_ticked_box(left=100)
    page[400:403, 200:900] = 0
    path = tmp_path / "boxes.png"
    Image.fromarray(page).save(path, dpi=(200, 200))
    with pytest.raises(UnreadableDocument) as raised:
        read_pages(path, inspect_file(path, Limits()), engine=engine, limits=Limits())
    assert raised.value.reason is ReasonCode.NO_READABLE_FIELDS
