"""What a PDF page paints, in the order it is painted: text runs, pictures, form fields. Plain values, no PDF library.

Coordinates are points from the top left of the page as displayed (its /Rotate applied).
"""

from dataclasses import dataclass

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its cell: from its origin along the writing direction, as wide as its advance."""

    text: str
    x: float
    y: float
    """The origin, on the baseline."""
    advance: float
    """Points along the run's direction."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Glyphs painted by one operator in one font."""

    glyphs: tuple[Glyph, ...]
    direction: tuple[float, float]
    """Unit vector of writing, y downwards."""
    size: float
    """Font size in points."""
    ascent: float
    descent: float
    """Fractions of the size above and below (negative) the baseline."""
    font: str
    order: int
    """Position in the painting order of the page."""
    is_painted: bool
    """False for render mode 3 (invisible) and opacity 0."""
    gray: int | None
    """Brightness 0–255 of its color; None where it is not one plain opaque color."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image or a filled shape painted on the page."""

    rect: Rect
    order: int


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field that is shown on the page. `is_checked` is None but for check boxes and radio buttons."""

    rect: Rect
    has_value: bool
    is_checked: bool | None


@dataclass(frozen=True, slots=True)
class Painted:
    """Everything of interest that a page paints."""

    runs: tuple[TextRun, ...]
    pictures: tuple[Picture, ...]
    shapes: tuple[Picture, ...]
    """Filled shapes, such as boxes behind or over text."""
    fields: tuple[FormField, ...]
