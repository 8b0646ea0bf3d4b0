"""The interface to OCR engines. Tesseract runs on the machine itself, Textract is asked over the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.reading import Source

LEAST_CONFIDENCE = 0.15
"""Below it a word is a guess at a smudge or a line."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word in the pixels of the picture it was seen in: left, top, right, bottom."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    quarters: int = 0
    """Clockwise quarter turns by which it is turned in the picture, where the engine tells."""
    is_by_hand: bool | None = None
    """Whether it is written by hand; None where the engine cannot tell."""


@dataclass(frozen=True, slots=True)
class SlantedWord:
    """A word as an engine sees it on a page that nobody prepared.

    `corners` are fractions of the page, clockwise from where the word's own top left is.
    """

    text: str
    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    is_by_hand: bool = False


class OcrEngine(Protocol):
    """Turns a picture into words. Raises `EngineFailure` where the engine breaks and `PageUnreadable` where it cannot
    take this picture; an empty result means no text."""

    @property
    def name(self) -> str:
        """Name and version, such as `tesseract 5.3.0`."""
        ...

    @property
    def source(self) -> Source: ...

    @property
    def reads_turned(self) -> bool:
        """Whether it reads text whichever way it is turned, so that one look at a picture is enough."""
        ...

    @property
    def enough_x_height(self) -> float | None:
        """Height of small letters, in pixels, from which larger ones are read no better; None where it is not known."""
        ...

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        """Words of an upright picture (of any, where the engine `reads_turned`). `segmentation` is Tesseract's page
        segmentation mode."""
        ...


@runtime_checkable
class StoredEngine(Protocol):
    """An engine that can read a stored file of many pages by itself."""

    def stored_pages(self, uri: str) -> Mapping[int, tuple[SlantedWord, ...]]:
        """The words of every page of the PDF stored at `uri`, by page number; a page it could not read is left out.

        Raises `EngineFailure` where the engine breaks.
        """
        ...
