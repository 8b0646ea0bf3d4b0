"""Opening PDFs and drawing their pages with MuPDF. Scripts are not run, attachments are not opened."""

# PyMuPDF makes its constants and many attributes while it is imported, where a type checker does not see them.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false, reportArgumentType=false, reportPrivateImportUsage=false

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pymupdf

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.page import POINTS_PER_INCH, PageImage, PageUnreadable
from credmate_pipeline.documents.painted import Painted
from credmate_pipeline.documents.pdf_painted import painted_on
from credmate_pipeline.errors import ReasonCode, UnreadableDocument

_READING_DPI = 300.0
_LOWEST_DPI = 72.0
_SCAN_COVERS = 0.8
"""Share of the page one image covers when the page is taken for a scan."""
_CACHE_PERCENT = 100

pymupdf.TOOLS.mupdf_display_errors(on=False)
pymupdf.TOOLS.mupdf_display_warnings(on=False)

MUPDF_ERRORS = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError)
"""What MuPDF and its binding raise on damaged files."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One loaded page; valid while its file is open."""

    page: pymupdf.Page
    number: int
    limits: Limits

    @property
    def size(self) -> tuple[float, float]:
        return (float(self.page.rect.width), float(self.page.rect.height))

    @property
    def is_photo_possible(self) -> bool:
        return self._scan() is not None

    def painted(self) -> Painted:
        with _page_errors(self.number):
            return painted_on(self.page)

    def preview(self, dpi: float) -> PageImage:
        return self._drawn(dpi)

    def picture(self) -> PageImage:
        return self._drawn(self._reading_dpi())

    def _reading_dpi(self) -> float:
        """A scan is read at its own resolution, everything else at 300 dpi."""
        scan = self._scan()
        if scan is None:
            return _READING_DPI
        x0, y0, x1, y1 = scan["bbox"]
        across, down = max(1.0, x1 - x0), max(1.0, y1 - y0)
        long_side = max(scan["width"], scan["height"]) / max(across, down) * POINTS_PER_INCH
        short_side = min(scan["width"], scan["height"]) / min(across, down) * POINTS_PER_INCH
        return min(_READING_DPI, max(_LOWEST_DPI, long_side, short_side))

    def _scan(self) -> dict | None:
        """The image that covers most of the page, if there is one."""
        with _page_errors(self.number):
            area = abs(self.page.rect)
            for image in self.page.get_image_info():
                if abs(pymupdf.Rect(image["bbox"]) & self.page.rect) >= _SCAN_COVERS * area:
                    return image
        return None

    def _drawn(self, dpi: float) -> PageImage:
        width, height = self.size
        pixels = width * height * (dpi / POINTS_PER_INCH) ** 2
        allowed = min(dpi, dpi * (self.limits.max_page_pixels / pixels) ** 0.5)
        with _page_errors(self.number):
            # Integer sides: a page of extreme shape must not come out with none of its pixels.
            zoom = allowed / POINTS_PER_INCH
            matrix = pymupdf.Matrix(max(zoom, 1 / width), max(zoom, 1 / height))
            pixmap = self.page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
            drawn = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
            return PageImage(drawn[:, : pixmap.width].copy(), allowed, is_scaled_down=allowed < dpi * 0.99)


class PdfFile:
    """An open PDF."""

    def __init__(self, document: pymupdf.Document, limits: Limits) -> None:
        self._document = document
        self._limits = limits

    @property
    def page_count(self) -> int:
        try:
            return int(self._document.page_count)
        except MUPDF_ERRORS as error:
            raise UnreadableDocument(ReasonCode.DAMAGED, DAMAGED) from error

    @property
    def is_repaired(self) -> bool:
        """Whether the file was broken and MuPDF rebuilt what it could."""
        return bool(self._document.is_repaired)

    def page(self, number: int) -> PdfPage:
        """Page `number`, from 1. Raises `PageUnreadable`."""
        # MuPDF keeps decoded images of earlier pages; a long document must not pile them up.
        pymupdf.TOOLS.store_shrink(_CACHE_PERCENT)
        pymupdf.TOOLS.reset_mupdf_warnings()
        with _page_errors(number):
            page = self._document.load_page(number - 1)
            if page.rect.is_empty or page.rect.is_infinite:
                raise PageUnreadable(f"Page {number} has no area.")
            return PdfPage(page, number, self._limits)

    def complaints(self) -> bool:
        """Whether MuPDF met something broken since the current page was loaded."""
        return bool(pymupdf.TOOLS.mupdf_warnings())


DAMAGED = "The PDF is damaged and cannot be opened; upload it again, or scan the paper anew."
_ENCRYPTED = "The PDF is locked with a password; upload a copy that opens without one."


@contextmanager
def open_pdf(path: Path, limits: Limits) -> Iterator[PdfFile]:
    """The PDF at `path`. A PDF that opens with the empty password is open. Raises `UnreadableDocument`."""
    try:
        document = pymupdf.open(path, filetype="pdf")
    except MUPDF_ERRORS as error:
        _no_memory(error)
        raise UnreadableDocument(ReasonCode.DAMAGED, DAMAGED) from error
    try:
        if document.needs_pass:
            raise UnreadableDocument(ReasonCode.ENCRYPTED, _ENCRYPTED)
        yield PdfFile(document, limits)
    finally:
        document.close()
        pymupdf.TOOLS.store_shrink(_CACHE_PERCENT)


@contextmanager
def _page_errors(number: int) -> Iterator[None]:
    try:
        yield
    except MUPDF_ERRORS as error:
        _no_memory(error)
        raise PageUnreadable(f"Page {number} cannot be drawn.") from error


def _no_memory(error: Exception) -> None:
    """Raises `MemoryError` where MuPDF ran out of memory: that is a limit of the lane, not damage."""
    if "malloc" in str(error) or "calloc" in str(error):
        raise MemoryError from error
