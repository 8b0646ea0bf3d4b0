"""What comes of pages: born-digital, scanned, turned, photographed, lying."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.errors import ConfigurationError, ReasonCode, UnreadableDocument
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.reading import PageNote, Reading, Source
from credmate_pipeline.ocr.storage import pack, unpack
from credmate_pipeline.ocr.tesseract import TesseractEngine, open_tesseract
from credmate_pipeline_tests.papers import LINES, pdf_of, photographed, picture_of, saved, scan_pdf, write

LIMITS = Limits()


@pytest.fixture(scope="module")
def engine() -> TesseractEngine:
    return open_tesseract("eng")


@pytest.fixture
def read(engine: TesseractEngine) -> Callable[[Path], Reading]:
    return lambda path: read_pages(path, inspect_file(path, LIMITS), engine=engine, limits=LIMITS)


Read = Callable[[Path], Reading]


def assert_reads_well(reading: Reading) -> None:
    text = " ".join(reading.text.split())
    for phrase in ("Amelia Whitfield", "March 14, 2025", "2.50 AMA PRA Category 1"):
        assert phrase in text


def test_a_born_digital_page_is_read_from_its_text_in_reading_order(read: Read, tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "a.pdf", pdf_of()))
    page = reading.pages[0]
    assert page.source is Source.TEXT_LAYER
    assert tuple(line.text for line in page.lines) == LINES
    assert PageNote.HIDDEN_TEXT_IGNORED not in page.notes


def test_words_of_mere_strokes_are_read_as_any_other(read: Read, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for number, size in enumerate((8, 10, 11, 14)):
            page.insert_text((72, 100 + 40 * number), "NIKOLAI LACHANCE III, MD", fontsize=size)
        path = saved(tmp_path, "a.pdf", document.tobytes())
    assert read(path).text.count("III") == 4


def test_invisible_text_over_a_scan_is_not_believed(read: Read, tmp_path: Path) -> None:
    lying = ("and is awarded 99.00 AMA PRA Category 1 Credits",)
    reading = read(saved(tmp_path, "a.pdf", scan_pdf(picture_of(pdf_of()), hidden=lying)))
    assert_reads_well(reading)
    assert "99.00" not in reading.text
    assert reading.pages[0].source is Source.TESSERACT
    assert PageNote.HIDDEN_TEXT_IGNORED in reading.pages[0].notes


def test_white_text_and_text_under_a_black_box_do_not_count(read: Read, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        write(page, LINES)
        page.insert_text((72, 500), "unseen whiteword", fontsize=16, color=(1, 1, 1))
        page.insert_text((72, 560), "redacted blackword", fontsize=16)
        page.draw_rect((60, 540, 400, 570), color=(0, 0, 0), fill=(0, 0, 0))
        path = saved(tmp_path, "a.pdf", document.tobytes())
    text = read(path).text
    assert "whiteword" not in text
    assert "blackword" not in text
    assert LINES[2] in text


def test_a_page_of_text_and_a_scanned_stamp_gives_both(read: Read, tmp_path: Path) -> None:
    printed = ("Completion date 14 March", "Registration number 4711", "Received by the office of the registrar")
    stamp = picture_of(pdf_of((*printed, "with all of its annexes and enclosures"))).crop((150, 200, 1150, 620))
    path = saved(tmp_path, "stamp.png", stamp)
    with pymupdf.open() as document:
        page = document.new_page()
        write(page, LINES)
        page.insert_image((72, 480, 432, 631), filename=str(path))
        mixed = saved(tmp_path, "a.pdf", document.tobytes())
    reading = read(mixed)
    assert_reads_well(reading)
    assert "4711" in reading.text
    assert {word.source for word in reading.pages[0].words} == {Source.TEXT_LAYER, Source.TESSERACT}


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_turned_any_way_is_read_and_its_words_point_at_their_place(
    read: Read, tmp_path: Path, degrees: int
) -> None:
    turned = picture_of(pdf_of()).rotate(degrees, expand=True, fillcolor=255)
    reading = read(saved(tmp_path, "a.png", turned))
    assert_reads_well(reading)
    page = reading.pages[0]
    assert PageNote.TURNED in page.notes
    for word in page.words[:8]:
        box = page.uploaded_box(word.box)
        width, height = turned.size
        place = turned.crop(
            (int(box.x0 * width), int(box.y0 * height), int(box.x1 * width) + 1, int(box.y1 * height) + 1)
        )
        assert min(place.tobytes()) < 100, word.text


def test_a_skewed_scan_is_read(read: Read, tmp_path: Path) -> None:
    skewed = picture_of(pdf_of()).rotate(5, expand=True, fillcolor=255)
    reading = read(saved(tmp_path, "a.jpg", skewed, quality=60))
    assert_reads_well(reading)
    assert PageNote.DESKEWED in reading.pages[0].notes


def test_a_phone_photo_with_a_table_around_the_page_is_flattened_and_read(read: Read, tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "a.jpg", photographed(picture_of(pdf_of(), dpi=220)), quality=85))
    assert_reads_well(reading)
    assert PageNote.FLATTENED in reading.pages[0].notes


def test_a_fax_of_unequal_resolution_is_read(read: Read, tmp_path: Path) -> None:
    page = picture_of(pdf_of(), dpi=204)
    fax = (
        page.resize((page.width, round(page.height * 98 / 204)))
        .point([255 if level > 150 else 0 for level in range(256)])
        .convert("1")
    )
    path = saved(tmp_path, "a.tif", fax, compression="group4", dpi=(204, 98))
    assert "Whitfield" in read(path).text


def test_every_page_of_a_tiff_is_read(read: Read, tmp_path: Path) -> None:
    pages = [picture_of(pdf_of((*LINES, f"Sheet number {word}"))) for word in ("seven", "eight")]
    path = tmp_path / "a.tiff"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(200, 200))
    reading = read(path)
    assert [page.number for page in reading.pages] == [1, 2]
    assert "seven" in reading.pages[0].text
    assert "eight" in reading.pages[1].text


def test_a_heic_picture_is_read(read: Read, tmp_path: Path) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    picture = picture_of(pdf_of()).convert("RGB")
    assert_reads_well(read(saved(tmp_path, "a.heic", picture, quality=80, enc_params={"preset": "ultrafast"})))


def test_two_columns_of_text_are_read_one_after_the_other(read: Read, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for number in range(12):
            page.insert_text((60, 100 + number * 18), f"left row {number} goes on and on", fontsize=10)
            page.insert_text((330, 100 + number * 18), f"right row {number} goes on and on", fontsize=10)
        path = saved(tmp_path, "a.pdf", document.tobytes())
    text = read(path).text
    assert text.index("left row 11") < text.index("right row 0")


def test_a_label_keeps_its_value_on_its_line(read: Read, tmp_path: Path) -> None:
    rows = [("Name", "Amelia Whitfield"), ("Date", "March 14, 2025"), ("Credits", "2.50"), ("Type", "AMA PRA")] * 3
    with pymupdf.open() as document:
        page = document.new_page()
        for number, (label, value) in enumerate(rows):
            page.insert_text((60, 100 + number * 24), label, fontsize=11)
            page.insert_text((330, 100 + number * 24), value, fontsize=11)
        path = saved(tmp_path, "a.pdf", document.tobytes())
    assert "Credits 2.50" in read(path).text


def test_letters_set_apart_are_words_again(read: Read, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        write(page, LINES)
        for number, letter in enumerate("December"):
            page.insert_text((72 + number * 11, 500), letter, fontsize=14, fontname="cour")
        path = saved(tmp_path, "a.pdf", document.tobytes())
    assert "December" in read(path).text


def test_blank_pages_are_not_counted_as_read(read: Read, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page()
        path = saved(tmp_path, "a.pdf", document.tobytes())
    with pytest.raises(UnreadableDocument) as raised:
        read(path)
    assert raised.value.reason is ReasonCode.BLANK


def test_a_blank_scan_is_blank(read: Read, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read(saved(tmp_path, "a.png", Image.new("L", (1700, 2200), 250)))
    assert raised.value.reason is ReasonCode.BLANK


def faint(picture: Image.Image, steps: int) -> Image.Image:
    """The picture with print at most so many gray levels darker than its grainy paper."""
    grain = np.random.default_rng(1).normal(0, 3, (picture.height, picture.width))
    pale = 217 - (255 - np.asarray(picture.convert("L"), np.float64)) / 255 * steps + grain
    return Image.fromarray(np.clip(pale, 0, 255).astype(np.uint8))


def test_pale_print_is_read_and_grain_is_none(read: Read, tmp_path: Path) -> None:
    assert "Amelia Whitfield" in read(saved(tmp_path, "a.png", faint(picture_of(pdf_of()), 30))).text
    with pytest.raises(UnreadableDocument) as raised:
        read(saved(tmp_path, "b.png", faint(Image.new("L", (1700, 2200), 255), 30)))
    assert raised.value.reason is ReasonCode.BLANK


def test_what_shows_through_from_the_front_is_no_page(read: Read, tmp_path: Path) -> None:
    front = picture_of(pdf_of())
    with pymupdf.open(stream=scan_pdf(front)) as document, pymupdf.open(stream=scan_pdf(faint(front, 30))) as back:
        document.insert_pdf(back)
        reading = read(saved(tmp_path, "a.pdf", document.tobytes()))
    assert [PageNote.BLANK in page.notes for page in reading.pages] == [False, True]


def test_a_reading_is_stored_and_read_back_exactly(read: Read, tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "a.png", picture_of(pdf_of()).rotate(3, expand=True, fillcolor=255)))
    assert unpack(pack(reading)) == reading


def test_a_missing_language_names_the_setting_and_what_to_install() -> None:
    with pytest.raises(ConfigurationError, match=r"CREDMATE_OCR_LANGUAGE is xyz.*tesseract-ocr-xyz"):
        open_tesseract("xyz")


def test_a_missing_tesseract_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match="apt-get install tesseract-ocr"):
        open_tesseract("eng")
