"""The picture of a drawn page, made by the same renderer that reads documents."""

from pathlib import Path
from tempfile import TemporaryDirectory

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.documents.page import Gray


def rasterize(pdf: bytes, dpi: float) -> Gray:
    """The first page of a PDF in grayscale at `dpi` dots an inch."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf)
        with open_document(path, MediaType.PDF, Limits()) as document:
            return document.page(1).preview(dpi).pixels
