"""Certificate and wallet card on two pages: equal copies are one item; where they differ, the item says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from credmate_pipeline.extraction.document_type import DocumentType, FieldKind
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.names import AGREEMENTS, compare_names
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.validation.rules.copies import COPIES_DIFFER

_COMPARED = frozenset(
    {FieldKind.NAME, FieldKind.DATE, FieldKind.NUMBER, FieldKind.STATE, FieldKind.LIST, FieldKind.MONEY}
)
"""Kinds of fields that both copies print alike; wordings may differ."""
_NUMBERS = ("registration_number", "license_number", "ecard_code", "policy_number", "certificate_number")


def with_differing_copies(items: Sequence[Item], reading: Reading, known: DocumentType) -> tuple[Item, ...]:
    """The items, each field marked whose value another page prints differently for the same number."""
    if len(reading.pages) == 1:
        return tuple(items)
    copies = [item for page in reading.pages for item in known.extract(replace(reading, pages=(page,)))]
    return tuple(_marked(item, [copy for copy in copies if _is_copy(item, copy)], known) for item in items)


def _is_copy(item: Item, other: Item) -> bool:
    """Whether both print the same number."""
    return any(item.text(name) is not None and item.text(name) == other.text(name) for name in _NUMBERS)


def _marked(item: Item, copies: Sequence[Item], known: DocumentType) -> Item:
    return replace(item, fields=tuple(_field(field, copies, known) for field in item.fields))


def _field(field: Field, copies: Sequence[Item], known: DocumentType) -> Field:
    kind = next(spec.kind for spec in known.fields if spec.name == field.name)
    if kind not in _COMPARED or field.method.endswith(COPIES_DIFFER):
        return field
    is_same = all(agree(kind, field, other) for other in _printed(copies, field.name))
    return field if is_same else replace(field, method=field.method + COPIES_DIFFER)


def _printed(copies: Sequence[Item], name: str) -> Iterator[Field]:
    return (field for copy in copies if (field := copy.field(name)) is not None)


def agree(kind: FieldKind, one: Field, other: Field) -> bool:
    """Whether two prints say the same; a month agrees with a day in it, `LAST, FIRST` with `First Last`."""
    first, second = one.value, other.value
    if not isinstance(first, str) or not isinstance(second, str):
        return set(first) == set(second)
    if kind is FieldKind.NAME:
        return compare_names(first, second) in AGREEMENTS[:2]
    if kind is FieldKind.DATE:
        return first.startswith(second) or second.startswith(first)
    return first.casefold() == second.casefold()
