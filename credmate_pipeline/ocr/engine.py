"""The interface to OCR engines. Tesseract is the one that runs on the machine itself."""

from dataclasses import dataclass
from typing import Protocol

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.reading import Source


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word in the pixels of the picture it was seen in: left, top, right, bottom."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class OcrEngine(Protocol):
    """Turns a picture into words. Raises `EngineFailure` where the engine breaks; an empty result means no text."""

    @property
    def name(self) -> str:
        """Name and version, such as `tesseract 5.3.0`."""
        ...

    @property
    def source(self) -> Source: ...

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        """Words of an upright picture. `segmentation` is Tesseract's page segmentation mode."""
        ...
