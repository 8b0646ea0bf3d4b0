"""The neutral page model every engine's result is turned into. No engine and no file is touched here.

Pages count from 1. Boxes are fractions 0–1 of the page from its top left. Confidence is 0.0–1.0.
Words lie in the upright frame in which the page was read; `Page.frame` maps that frame to the page as
uploaded, so that evidence points at the place a person sees when opening the file.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property, lru_cache
from statistics import median

READER_VERSION = "10"
"""Raised when the same bytes can give other words."""

Frame = tuple[float, float, float, float, float, float, float, float, float]
"""A row-major 3×3 projective map from as-read to as-uploaded fractions."""

IDENTITY: Frame = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
_ASCENDERS = frozenset("bdfhklt\"'()[]|/&!?")
_DESCENDERS = frozenset("gjpqyQ,;()[]|/")
_INK_HEIGHTS = {(True, True): 1.0, (True, False): 0.78, (False, True): 0.75, (False, False): 0.53}
"""Ink height against text height by whether a word has ascenders and descenders, as in common book faces."""
UNBELIEVED = 0.4
"""The most a word is believed that was written by hand, that another look reads otherwise (about as surely, or at all
where it has digits), or beside which print was left out."""


class Source(StrEnum):
    """How a word was obtained."""

    TEXT_LAYER = "text_layer"
    TESSERACT = "tesseract"
    TEXTRACT = "textract"
    RAPIDOCR = "rapidocr"


class PageNote(StrEnum):
    """What a person should know of how a page was read."""

    HIDDEN_TEXT_IGNORED = "hidden-text-ignored"
    TEXT_LAYER_UNUSABLE = "text-layer-unusable"
    FORM_VALUES_READ = "form-values-read"
    PICTURE_UNREAD = "picture-unread"
    """Beside its text layer the page has a small picture with letters, such as an emblem, which was not looked at."""
    SCALED_DOWN = "scaled-down"
    TURNED = "turned"
    DESKEWED = "deskewed"
    FLATTENED = "flattened"
    SECOND_LOOK = "second-look"
    HANDWRITING = "handwriting"
    BLANK = "blank"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the page; x0 ≤ x1 and y0 ≤ y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        return ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    def union(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def mapped(self, frame: Frame) -> "Box":
        """The bounding box of the four mapped corners, clipped to the page."""
        if frame == IDENTITY:
            if self.x0 >= 0 and self.y0 >= 0 and self.x1 <= 1 and self.y1 <= 1:
                return self
            return Box(_clip(self.x0), _clip(self.y0), _clip(self.x1), _clip(self.y1))
        a, b, c, d, e, f, g, h, i = frame
        corners = [(x, y) for x in (self.x0, self.x1) for y in (self.y0, self.y1)]
        scales = [g * x + h * y + i for x, y in corners]
        xs = [(a * x + b * y + c) / s for (x, y), s in zip(corners, scales, strict=True)]
        ys = [(d * x + e * y + f) / s for (x, y), s in zip(corners, scales, strict=True)]
        return Box(_clip(min(xs)), _clip(min(ys)), _clip(max(xs)), _clip(max(ys)))


def _clip(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))


def union(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there is at least one."""
    return Box(
        min([box.x0 for box in boxes]),
        min([box.y0 for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.y1 for box in boxes]),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word; `box` in the as-read frame of its page."""

    text: str
    box: Box
    confidence: float
    source: Source

    @property
    def print_height(self) -> float:
        """From the tops of tall letters to the feet of deep ones, as a fraction of the page's height. Engines' boxes
        touch the ink: words without such letters look small."""
        if self.source is Source.TEXT_LAYER:
            return self.box.height
        return self.box.height / _ink_height(self.text)


@lru_cache(maxsize=16384)
def _ink_height(text: str) -> float:
    """What of a text's height its letters reach over."""
    has_ascender = any(c.isupper() or c.isdigit() or c in _ASCENDERS for c in text)
    has_descender = any(c in _DESCENDERS for c in text)
    return _INK_HEIGHTS[has_ascender, has_descender]


@dataclass(frozen=True)
class Line:
    """Words of one printed line, left to right; never empty."""

    words: tuple[Word, ...]

    # Asked for thousands of times a page, so kept; slots would leave no room for them.
    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return union([word.box for word in self.words])

    @cached_property
    def print_height(self) -> float:
        """The usual one of its words."""
        return median(word.print_height for word in self.words)

    def __getstate__(self) -> dict[str, object]:
        """What is kept is not sent along from lane to parent."""
        return {"words": self.words}


@dataclass(frozen=True)
class Page:
    """One page's lines in reading order (columns one after the other, top to bottom).

    `width` and `height` are of the page as read, in points (1/72 inch).
    """

    number: int
    lines: tuple[Line, ...]
    source: Source
    """How most of its words were obtained."""
    width: float
    height: float
    frame: Frame = IDENTITY
    notes: tuple[PageNote, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """What is kept is not sent along from lane to parent."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float | None:
        """The mean of its words' confidences; None where there are no words."""
        words = self.words
        return sum(word.confidence for word in words) / len(words) if words else None

    def uploaded_box(self, box: Box) -> Box:
        """`box` as a place on the page as it was uploaded."""
        return box.mapped(self.frame)


@dataclass(frozen=True, slots=True)
class Reading:
    """All pages of a document and what read them."""

    pages: tuple[Page, ...]
    engine: str
    """Engine and version, such as `tesseract 5.3.0`."""
    reader_version: str = READER_VERSION

    @property
    def text(self) -> str:
        return "\n\n".join(page.text for page in self.pages)

    @property
    def word_count(self) -> int:
        return sum(len(page.words) for page in self.pages)

    @property
    def confidence(self) -> float | None:
        """The mean over all words; None where there are none."""
        confidences = [word.confidence for page in self.pages for word in page.words]
        return sum(confidences) / len(confidences) if confidences else None

    @property
    def unread_pages(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages if PageNote.UNREAD in page.notes)
