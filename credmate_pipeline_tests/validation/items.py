"""Items made of values alone, for rules that do not look at evidence."""

from datetime import date

from credmate_pipeline.extraction.fields import Evidence, Field, FieldValue, Item
from credmate_pipeline.ocr.reading import Box
from credmate_pipeline.validation.finding import RuleContext

TODAY = date(2026, 3, 1)
_PLACE = Box(0.1, 0.1, 0.2, 0.12)


def item_of(confidence: float = 0.98, /, **values: FieldValue) -> Item:
    """An item with one field for each value, printed as its normal form."""
    return Item(tuple(field_of(name, value, confidence) for name, value in values.items()))


def field_of(name: str, value: FieldValue, confidence: float = 0.98, method: str = "rules:label") -> Field:
    printed = value if isinstance(value, str) else ", ".join(value)
    return Field(name, value, printed, confidence, (Evidence(1, _PLACE, printed),), method)


def context(*known_names: str, page_text: str = "") -> RuleContext:
    return RuleContext(TODAY, known_names, page_text)
