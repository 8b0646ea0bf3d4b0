"""Opening picture files (PNG, JPEG, TIFF, HEIC, WebP) as upright grayscale pages with square pixels."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.page import Gray, PageImage, PageUnreadable
from credmate_pipeline.documents.shrinking import shrunk
from credmate_pipeline.errors import ReasonCode, UnreadableDocument

DAMAGED = "The picture is damaged and cannot be opened; upload it again, or take it anew."

_FORMATS = {
    MediaType.PNG: "PNG",
    MediaType.JPEG: "JPEG",
    MediaType.TIFF: "TIFF",
    MediaType.HEIC: "HEIF",
    MediaType.WEBP: "WEBP",
}
_PHOTO_TYPES = frozenset({MediaType.JPEG, MediaType.HEIC, MediaType.PNG, MediaType.WEBP})
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, struct.error)
"""What Pillow's decoders raise on damaged files."""
_DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_LETTER_LONG_SIDE_INCHES = 11.0
_SENSIBLE_INCHES = (3.0, 24.0)
_SQUARE_WITHIN = 1.03
_ORIENTATION = 0x0112
"""The Exif tag of how a picture is to be turned."""
_UPRIGHT = 1
_ON_ITS_SIDE = (5, 6, 7, 8)


class ImageFile:
    """An opened picture file; frame 1 is page 1, only TIFF has more."""

    def __init__(self, image: Image.Image, media_type: MediaType, limits: Limits) -> None:
        self._image = image
        self._media_type = media_type
        self._limits = limits
        self.is_repaired = False

    @property
    def page_count(self) -> int:
        if self._media_type is not MediaType.TIFF:
            return 1
        with _quiet():
            try:
                return int(getattr(self._image, "n_frames", 1))
            except _DAMAGE as error:
                raise UnreadableDocument(ReasonCode.DAMAGED, DAMAGED) from error

    def page(self, number: int) -> "ImagePage":
        """Page `number`, from 1. Raises `PageUnreadable`, and `UnreadableDocument` for one too large to decode."""
        with _quiet(), _page_errors(number):
            if self._media_type is MediaType.TIFF:
                self._image.seek(number - 1)
            width, height = self._image.size
            if width * height > self._limits.max_source_pixels:
                raise UnreadableDocument(
                    ReasonCode.TOO_LARGE,
                    f"The picture has {width} × {height} pixels, more than can be read; scan it at 300 dpi.",
                )
            return ImagePage(_decoded(self._image, self._limits), number, self._media_type in _PHOTO_TYPES)

    def complaints(self) -> bool:
        """Pillow raises what it cannot decode instead of drawing a gap."""
        return False


@dataclass(frozen=True, slots=True)
class ImagePage:
    """One decoded picture."""

    image: PageImage
    number: int
    is_photo_possible: bool

    @property
    def size(self) -> tuple[float, float]:
        return self.image.points

    def painted(self) -> None:
        return None

    def preview(self, dpi: float) -> PageImage:
        scale = min(1.0, dpi / self.image.dpi)
        return PageImage(shrunk(self.image.pixels, scale), self.image.dpi * scale)

    def picture(self) -> PageImage:
        return self.image


@contextmanager
def open_image(path: Path, media_type: MediaType, limits: Limits) -> Iterator[ImageFile]:
    """The picture at `path`, not yet decoded. Raises `UnreadableDocument`."""
    pillow_heif.register_heif_opener(thumbnails=False)
    # Pillow's own guard counts differently and only warns; `max_source_pixels` is checked before decoding.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with _quiet():
            image = Image.open(path, formats=[_FORMATS[media_type]])
    except _DAMAGE as error:
        raise UnreadableDocument(ReasonCode.DAMAGED, DAMAGED) from error
    with image:
        yield ImageFile(image, media_type, limits)


def _decoded(image: Image.Image, limits: Limits) -> PageImage:
    across, down = _resolution(image)
    full_width = image.width
    pixels = image.width * image.height
    factor = ceil(sqrt(pixels / limits.max_page_pixels)) if pixels > limits.max_page_pixels else 1
    if factor > 1:
        # JPEG can be decoded at a half, a quarter or an eighth; other formats ignore this.
        image.draft(None, (image.width // factor, image.height // factor))
    image.load()
    rest = max(1, round(factor * image.width / full_width))
    upright, turn = image.reduce(rest) if rest > 1 else image, image.getexif().get(_ORIENTATION, _UPRIGHT)
    if turn != _UPRIGHT:
        upright = ImageOps.exif_transpose(upright)
    if turn in _ON_ITS_SIDE:
        across, down = down, across
    return _square(_gray(upright), across / factor, down / factor, is_scaled_down=factor > 1)


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down; where the file says none or nonsense, as if the long side were a letter's."""
    guess = max(image.size) / _LETTER_LONG_SIDE_INCHES
    across, down = (float(value or 0) for value in image.info.get("dpi", (0, 0))[:2])
    if not (across > 0 and down > 0):
        return (guess, guess)
    inches = max(image.width / across, image.height / down)
    lowest, highest = _SENSIBLE_INCHES
    return (across, down) if lowest <= inches <= highest and 1 / 3 < across / down < 3 else (guess, guess)


def _gray(image: Image.Image) -> Gray:
    if image.mode in _DEEP_MODES:
        return _from_deep(image)
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        image = Image.alpha_composite(paper, rgba)
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")
    return np.asarray(image if image.mode == "L" else image.convert("L"), np.uint8)


def _from_deep(image: Image.Image) -> Gray:
    """16-bit by its upper byte; other deep samples stretched from their darkest to their lightest."""
    levels = np.nan_to_num(np.asarray(image, np.float32))
    low, high = (0.0, 65535.0) if image.mode.startswith("I;16") else (float(levels.min()), float(levels.max()))
    if image.mode == "I" and 255 < high <= 65535 and low >= 0:
        low, high = 0.0, 65535.0
    return ((levels - low) * (255.0 / max(high - low, 1.0))).clip(0, 255).astype(np.uint8)


def _square(pixels: Gray, across: float, down: float, *, is_scaled_down: bool) -> PageImage:
    """Stretches the coarser side of a fax (204 × 98 dpi) so that pixels are square."""
    dpi = max(across, down)
    if max(across / down, down / across) > _SQUARE_WITHIN:
        size = (round(pixels.shape[1] * dpi / across), round(pixels.shape[0] * dpi / down))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return PageImage(pixels, dpi, is_scaled_down)


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns of odd metadata, which says nothing of the picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _page_errors(number: int) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise PageUnreadable(f"Page {number} cannot be decoded.") from error
