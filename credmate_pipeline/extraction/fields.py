"""What extraction yields: fields with their evidence, gathered in items. How they are found is elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from credmate_pipeline.ocr.reading import Box, Page, Word, union

EXTRACTOR_VERSION = "12"
"""Raised when the same words can give other fields."""

FieldValue = str | tuple[str, ...]
"""Normal form: dates ISO 8601, credits and money decimal strings, lists as tuples."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place on a page as uploaded, and the text printed there."""

    page: int
    box: Box
    text: str


_HAIR = 0.0001
"""Of a page's side: the least extent a place has."""


def evidence_of(page: Page, words: Iterable[Word]) -> Evidence:
    """Where `words` (at least one, of `page`) are printed on the page as uploaded."""
    found = tuple(words)
    return Evidence(
        page=page.number,
        box=_with_extent(page.uploaded_box(union([word.box for word in found]))),
        text=" ".join(word.text for word in found),
    )


def _with_extent(box: Box) -> Box:
    """The box, a hair wide and high where an engine gives a word no extent or the page's edge cuts it off."""
    x0, x1 = _spread(box.x0, box.x1)
    y0, y1 = _spread(box.y0, box.y1)
    return Box(x0, y0, x1, y1)


def _spread(low: float, high: float) -> tuple[float, float]:
    """Two ends within 0–1 that are not the same."""
    if low < high:
        return low, high
    start = min(low, 1.0 - _HAIR)
    return start, start + _HAIR


@dataclass(frozen=True, slots=True)
class Field:
    """A named fact of an item; a field without evidence cannot be made."""

    name: str
    value: FieldValue
    content: str
    """As printed."""
    confidence: float
    evidence: tuple[Evidence, ...]
    method: str
    """Which reader and way found it, such as `rules:label`."""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"field {self.name} has no evidence")
        if not self.value or not self.content:
            raise ValueError(f"field {self.name} is empty")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"field {self.name} has a confidence outside 0–1")


@dataclass(frozen=True, slots=True)
class Item:
    """One credential proven by a document; at most one field of a name."""

    fields: tuple[Field, ...]
    document_type: str | None = None
    """Its own type, as a packet holds several; None where it is the document's."""

    def field(self, name: str) -> Field | None:
        """The field of that name, None where the document does not say."""
        return next((field for field in self.fields if field.name == name), None)

    def text(self, name: str) -> str | None:
        """The value of a single-valued field, None where absent."""
        field = self.field(name)
        return field.value if field is not None and isinstance(field.value, str) else None

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages its evidence stands on, in order."""
        return tuple(sorted({place.page for field in self.fields for place in field.evidence}))


class TotalKind(StrEnum):
    """What a printed total counts."""

    ITEMS = "items"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """What a document itself says its items amount to, such as the last line of a transcript."""

    kind: TotalKind
    value: str
    """A decimal string."""
    items: tuple[int, ...]
    """The items it speaks of, by their position in the extraction."""
    evidence: Evidence
    credit_type: str | None = None
    """Of credits, the one type that is summed; None where all are."""

    def moved(self, by: int) -> "PrintedTotal":
        """The total where `by` other items stand before those it speaks of."""
        return replace(self, items=tuple(position + by for position in self.items))


class PageUse(StrEnum):
    """Why a page gives no item of its own."""

    BLANK = "blank"
    COVER_SHEET = "cover sheet"
    OTHER_PAPER = "other paper"


@dataclass(frozen=True, slots=True)
class PageSetAside:
    """A page that belongs to none of the items."""

    page: int
    use: PageUse


@dataclass(frozen=True, slots=True)
class Extraction:
    """All items of one document."""

    document_type: str
    items: tuple[Item, ...]
    reader: str = "rules"
    extractor_version: str = EXTRACTOR_VERSION
    totals: tuple[PrintedTotal, ...] = ()
    pages_set_aside: tuple[PageSetAside, ...] = ()
    confidence_version: str = ""
    """Of the model that gave the fields their confidences; empty where they are as the reader gave them."""

    def type_of(self, item: Item) -> str:
        """The item's own type, else the document's."""
        return item.document_type or self.document_type

    @property
    def field_count(self) -> int:
        return sum(len(item.fields) for item in self.items)
