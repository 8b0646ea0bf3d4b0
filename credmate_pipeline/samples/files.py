"""From a drawn page to a file, by the way it was produced. What is wrong with a file on purpose is in `faults`."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

import numpy as np
import pillow_heif
from PIL import Image

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.samples.camera import CARELESS, TOO_CLOSE, photographed
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.samples.redrawn import letter_spaced, name_repeated, without_ligatures
from credmate_pipeline.samples.sample import Kind
from credmate_pipeline.samples.sheet import PORTRAIT, SERIF, Sheet
from credmate_pipeline.samples.wear import (
    bleeding,
    blurred,
    faded,
    noisy,
    skewed,
    speckled,
    turned,
    watermarked,
)


@dataclass(frozen=True, slots=True)
class Produced:
    """A file's bytes and the extension its name gets, with the dot."""

    content: bytes
    extension: str


def produce(pdf: bytes, kind: Kind, rng: Random) -> Produced:
    """The born-digital page `pdf` as a file of this kind. `KeyError` for kinds that are faults."""
    return _WAYS[kind](pdf, rng)


def _born_digital(pdf: bytes, _: Random) -> Produced:
    return Produced(pdf, ".pdf")


def _clean_scan(pdf: bytes, rng: Random) -> Produced:
    page = noisy(skewed(rasterize(pdf, 300), rng.uniform(-0.4, 0.4)), 2.5, _noise(rng))
    if rng.random() < 0.35:
        return Produced(_png(page, 300), ".png")
    return Produced(scan_pdf(page, 300, quality=85), ".pdf")


def _poor_scan(pdf: bytes, rng: Random) -> Produced:
    dpi, noise = rng.choice((150, 170, 200)), _noise(rng)
    page = blurred(skewed(rasterize(pdf, dpi), rng.uniform(-2.0, 2.0)), rng.uniform(0.5, 0.8))
    page = speckled(noisy(page, 9, noise), 260, noise)
    if rng.random() < 0.4:
        return Produced(_jpeg(Image.fromarray(page), quality=45, dpi=dpi), ".jpg")
    return Produced(scan_pdf(page, dpi, quality=45), ".pdf")


def _rotated_scan(pdf: bytes, rng: Random) -> Produced:
    page = noisy(skewed(rasterize(pdf, 300), rng.uniform(-0.5, 0.5)), 3, _noise(rng))
    return Produced(scan_pdf(turned(page, rng.choice((1, 2, 3))), 300, quality=80), ".pdf")


def _phone_photo(pdf: bytes, rng: Random) -> Produced:
    return Produced(_jpeg(_photo(pdf, rng), quality=82), ".jpg")


def _heic_photo(pdf: bytes, rng: Random) -> Produced:
    file = BytesIO()
    picture = pillow_heif.from_pillow(_photo(pdf, rng))
    picture.save(file, quality=60, enc_params={"preset": "ultrafast"})
    return Produced(file.getvalue(), ".heic")


def _webp_scan(pdf: bytes, rng: Random) -> Produced:
    page = noisy(skewed(rasterize(pdf, 220), rng.uniform(-0.4, 0.4)), 2, _noise(rng))
    file = BytesIO()
    Image.fromarray(page).save(file, "WEBP", quality=80, method=1)
    return Produced(file.getvalue(), ".webp")


def _fax(pdf: bytes, rng: Random) -> Produced:
    """Group 4 at 204×196 dots an inch, or a third of the time at the coarse 204×98."""
    page = speckled(skewed(rasterize(pdf, 204), rng.uniform(-0.6, 0.6)), 60, _noise(rng))
    down = 98 if rng.random() < 0.33 else 196
    picture = Image.fromarray(page).resize((page.shape[1], page.shape[0] * down // 204), Image.Resampling.BOX)
    black_and_white = Image.fromarray(np.asarray(picture) > 150)
    file = BytesIO()
    black_and_white.save(file, "TIFF", compression="group4", dpi=(204, down))
    return Produced(file.getvalue(), ".tif")


def _multipage_tiff(pdf: bytes, rng: Random) -> Produced:
    """The page behind the cover sheet it was sent with."""
    noise = _noise(rng)
    pages = [Image.fromarray(noisy(rasterize(source, 240), 2, noise)) for source in (_cover_sheet(), pdf)]
    file = BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(240, 240))
    return Produced(file.getvalue(), ".tiff")


def _faint_scan(pdf: bytes, rng: Random) -> Produced:
    """Toner nearly spent: ink in middle gray on paper that is not white."""
    page = faded(skewed(rasterize(pdf, 200), rng.uniform(-0.8, 0.8)), rng.randint(140, 175), rng.randint(222, 240))
    return Produced(scan_pdf(noisy(page, 5, _noise(rng)), 200, quality=60), ".pdf")


def _coarse_scan(pdf: bytes, rng: Random) -> Produced:
    page = noisy(skewed(rasterize(pdf, 100), rng.uniform(-0.5, 0.5)), 3, _noise(rng))
    return Produced(_jpeg(Image.fromarray(page), quality=70, dpi=100), ".jpg")


def _bleed_through(pdf: bytes, rng: Random) -> Produced:
    page = bleeding(rasterize(pdf, 240), rasterize(_back_of_page(), 240), rng.uniform(0.2, 0.4))
    return Produced(scan_pdf(noisy(skewed(page, rng.uniform(-0.5, 0.5)), 4, _noise(rng)), 240, quality=75), ".pdf")


def _watermarked(pdf: bytes, rng: Random) -> Produced:
    noise = _noise(rng)
    page = noisy(skewed(watermarked(rasterize(pdf, 260), noise), rng.uniform(-0.3, 0.3)), 2.5, noise)
    return Produced(scan_pdf(page, 260, quality=80), ".pdf")


def _careless_photo(pdf: bytes, rng: Random) -> Produced:
    shot = CARELESS if rng.random() < 0.65 else TOO_CLOSE
    picture = Image.fromarray(photographed(rasterize(pdf, 260), _noise(rng), shot))
    return Produced(_jpeg(picture.rotate(rng.choice((0, 0, 0, 90, 180, 270)), expand=True), quality=80), ".jpg")


def _odd_text_layer(pdf: bytes, rng: Random) -> Produced:
    return Produced(rng.choice((letter_spaced, without_ligatures, name_repeated))(pdf, rng), ".pdf")


_WAYS: dict[Kind, Callable[[bytes, Random], Produced]] = {
    Kind.BORN_DIGITAL: _born_digital,
    Kind.CLEAN_SCAN: _clean_scan,
    Kind.POOR_SCAN: _poor_scan,
    Kind.ROTATED_SCAN: _rotated_scan,
    Kind.PHONE_PHOTO: _phone_photo,
    Kind.HEIC_PHOTO: _heic_photo,
    Kind.WEBP_SCAN: _webp_scan,
    Kind.FAX: _fax,
    Kind.MULTIPAGE_TIFF: _multipage_tiff,
    Kind.FAINT_SCAN: _faint_scan,
    Kind.COARSE_SCAN: _coarse_scan,
    Kind.BLEED_THROUGH: _bleed_through,
    Kind.WATERMARKED: _watermarked,
    Kind.CARELESS_PHOTO: _careless_photo,
    Kind.ODD_TEXT_LAYER: _odd_text_layer,
}

WAYS = tuple(_WAYS)
"""The kinds any page can be produced as."""


def scan_pdf(page: Gray, dpi: float, *, quality: int, hidden_lines: tuple[str, ...] = ()) -> bytes:
    """A PDF whose only ink is one JPEG, with hidden text where given."""
    height, width = page.shape
    sheet = Sheet((width * 72 / dpi, height * 72 / dpi))
    sheet.picture(BytesIO(_jpeg(Image.fromarray(page), quality=quality)))
    if hidden_lines:
        sheet.hidden_lines(hidden_lines)
    return sheet.finish()


def _cover_sheet() -> bytes:
    sheet = Sheet(PORTRAIT, face=SERIF, margin=90)
    sheet.skip(60)
    sheet.say("FAX COVER SHEET", size=26, bold=True, align="left", gap=40)
    rows = (
        ("To:", "Medical staff office"),
        ("From:", "Front desk"),
        ("Pages:", "2, with this one"),
        ("Notes:", "As requested."),
    )
    sheet.label_rows(rows, size=14, pitch=40, label_width=110)
    return sheet.finish()


def _back_of_page() -> bytes:
    sheet = Sheet(PORTRAIT, face=SERIF, margin=70)
    sheet.say("Terms of participation", size=16, bold=True, gap=16)
    sentence = "Participants keep this record with their files and show it where it is asked for. "
    for _ in range(7):
        sheet.say(sentence * 5, size=11, align="left", gap=14)
    return sheet.finish()


def _photo(pdf: bytes, rng: Random) -> Image.Image:
    noise = _noise(rng)
    return Image.fromarray(photographed(rasterize(pdf, 260), noise))


def _jpeg(picture: Image.Image, *, quality: int, dpi: int = 72) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, dpi=(dpi, dpi))
    return file.getvalue()


def _png(page: Gray, dpi: int) -> bytes:
    file = BytesIO()
    Image.fromarray(page).save(file, "PNG", dpi=(dpi, dpi), compress_level=1)
    return file.getvalue()


def _noise(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.getrandbits(64))
