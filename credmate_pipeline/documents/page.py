"""A page before it is read: its picture, and for PDFs what was painted on it. Opening files is elsewhere."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from credmate_pipeline.documents.painted import Painted

Gray = NDArray[np.uint8]
"""A grayscale picture, shape (height, width), 0 black to 255 white."""

POINTS_PER_INCH = 72.0


class PageUnreadable(Exception):
    """This one page cannot be decoded; the others may well be."""


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """The picture of a page as a person sees it, square pixels."""

    pixels: Gray
    dpi: float
    is_scaled_down: bool = False
    """Whether the source has more pixels than the limits allow to be decoded."""

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.pixels.shape[0])

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points (1/72 inch)."""
        return (self.width * POINTS_PER_INCH / self.dpi, self.height * POINTS_PER_INCH / self.dpi)


class SourcePage(Protocol):
    """One page of an opened file. Every method may raise `PageUnreadable`."""

    @property
    def number(self) -> int:
        """From 1."""
        ...

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as displayed."""
        ...

    @property
    def is_photo_possible(self) -> bool:
        """Whether the picture may be a photograph of a page rather than the page itself."""
        ...

    def painted(self) -> Painted | None:
        """What a PDF paints on the page; None for a picture file, which has no text layer."""
        ...

    def preview(self, dpi: float) -> PageImage:
        """A quick, small picture of the page."""
        ...

    def picture(self) -> PageImage:
        """The picture to read, at the resolution that suits the page and within the limits."""
        ...
