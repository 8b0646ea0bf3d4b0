"""How sensitive values are shown to people outside the review. Storing them is elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from credmate_pipeline.extraction.fields import FieldValue, Item

_SHOWN = 2


def mask(value: str) -> str:
    """The first and last two characters, the rest as stars: `AB*****63`; five characters or fewer are all stars."""
    if len(value) <= 2 * _SHOWN + 1:
        return "*" * len(value)
    return value[:_SHOWN] + "*" * (len(value) - 2 * _SHOWN) + value[-_SHOWN:]


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as people see it in listings."""

    name: str
    value: str
    confidence: float


def masked_fields(item: Item, sensitive_fields: Iterable[str]) -> tuple[ShownField, ...]:
    """The item's fields for a listing: those named in `sensitive_fields` masked, lists joined by commas."""
    hidden = frozenset(sensitive_fields)
    return tuple(
        ShownField(field.name, _shown(field.value, is_masked=field.name in hidden), field.confidence)
        for field in item.fields
    )


def _shown(value: FieldValue, *, is_masked: bool) -> str:
    parts = (value,) if isinstance(value, str) else value
    return ", ".join(mask(part) if is_masked else part for part in parts)
