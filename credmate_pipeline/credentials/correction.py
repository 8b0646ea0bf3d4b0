"""What a reviewer says instead of what was read: brought to the field's normal form, or refused.

A corrected item lives only as long as it takes to judge and file it: what was read stays as it was read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.extraction.document_type import FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Evidence, Extraction, Field, FieldValue, Item
from credmate_pipeline.extraction.numbers import normal_decimal
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.extraction.states import normal_state
from credmate_pipeline.ocr.reading import Box
from credmate_pipeline.validation.finding import RuleContext, Severity

BY_A_PERSON = "person"
"""The method of a corrected field."""

_LONGEST = 500
_ASKED = re.compile(r"(?:(?P<item>\d{1,4})\.)?(?P<field>[a-z_]+)=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Correction:
    """A field's value after a person; None takes a wrongly read field away."""

    item: int
    """Which item, counted from 0."""
    field: str
    value: FieldValue | None

    def __repr__(self) -> str:
        return f"Correction(item={self.item}, field={self.field!r})"


def asked_correction(text: str, extraction: Extraction) -> Correction:
    """`FIELD=VALUE`, or `ITEM.FIELD=VALUE` with items counted from 1; an empty value takes the field away.

    Raises LedgerRefusal where the item, the field or the value's form is not one of this document.
    """
    match = _ASKED.fullmatch(text.strip())
    if match is None:
        raise LedgerRefusal("A correction reads FIELD=VALUE, or ITEM.FIELD=VALUE where there are several items.")
    item = int(match["item"] or 1) - 1
    if not 0 <= item < len(extraction.items):
        raise LedgerRefusal(f"The document has {len(extraction.items)} items; there is no item {item + 1}.")
    known = document_type(extraction.type_of(extraction.items[item]))
    spec = next((one for one in known.fields if one.name == match["field"]), None)
    if spec is None:
        raise LedgerRefusal(f"A {known.title} has no field {match['field']}.")
    printed = match["value"].strip()
    return Correction(item, spec.name, _normal(spec, printed) if printed else None)


def _normal(spec: FieldSpec, printed: str) -> FieldValue:
    value: FieldValue | None
    match spec.kind:
        case FieldKind.DATE:
            value = printed if _is_day_or_month(printed) else None
        case FieldKind.CREDITS | FieldKind.MONEY:
            value = normal_decimal(printed)
        case FieldKind.STATE:
            value = normal_state(printed)
        case FieldKind.CODE:
            value = printed if re.fullmatch(r"[a-z0-9_]+", printed) else None
        case FieldKind.LIST:
            value = tuple(part.strip() for part in printed.split(",") if part.strip()) or None
        case FieldKind.NAME | FieldKind.NUMBER | FieldKind.TEXT:
            value = printed if len(printed) <= _LONGEST and printed.isprintable() else None
    if value is None:
        raise LedgerRefusal(f"The value for {spec.name} is no {_FORMS[spec.kind]}.")
    return value


_FORMS = {
    FieldKind.DATE: "date; write 2024-05-31, or 2024-05 where only the month is known",
    FieldKind.CREDITS: "number such as 1.25",
    FieldKind.MONEY: "number such as 1000000",
    FieldKind.STATE: "state; write its two letters",
    FieldKind.CODE: "code; write small letters, digits and underscores, such as ama_pra_1",
    FieldKind.LIST: "list; separate its parts by commas",
    FieldKind.NAME: "name",
    FieldKind.NUMBER: "number",
    FieldKind.TEXT: "text",
}


def _is_day_or_month(text: str) -> bool:
    if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", text) is None:
        return False
    try:
        date.fromisoformat(text if len(text) > len("2024-05") else f"{text}-01")
    except ValueError:
        return False
    return True


def corrected(extraction: Extraction, corrections: Iterable[Correction]) -> tuple[Item, ...]:
    """The items as the reviewer left them."""
    items = list(extraction.items)
    for correction in corrections:
        item = items[correction.item]
        kept = tuple(field for field in item.fields if field.name != correction.field)
        said = () if correction.value is None else (_said(correction.field, correction.value, item),)
        items[correction.item] = Item((*kept, *said), item.document_type)
    return tuple(items)


def _said(name: str, value: FieldValue, item: Item) -> Field:
    """A field as said by a person; its place is where the reader had seen it, if it had."""
    read = item.field(name)
    printed = value if isinstance(value, str) else ", ".join(value)
    place = read.evidence if read is not None else (Evidence(1, Box(0, 0, 0, 0), printed),)
    return Field(name, value, printed, 1.0, place, BY_A_PERSON)


def said_item(values: Mapping[str, FieldValue]) -> Item:
    """An item of values whose places do not matter any more, such as those of a credential on file."""
    nothing = Item(())
    return Item(tuple(_said(name, value, nothing) for name, value in values.items() if value))


def missing_fields(extraction: Extraction, items: Sequence[Item]) -> tuple[tuple[int, str], ...]:
    """The required fields no item may lack, by item."""
    return tuple(
        (number, name)
        for number, item in enumerate(items)
        for name in document_type(extraction.type_of(item)).required_fields
        if item.field(name) is None
    )


def errors_of_corrections(
    extraction: Extraction, items: Sequence[Item], corrections: Iterable[Correction], today: date
) -> tuple[str, ...]:
    """What the rules find wrong with fields a person has just given, such as a check digit that does not hold."""
    given = {(one.item, one.field) for one in corrections if one.value is not None}
    context = RuleContext(today)
    return tuple(
        dict.fromkeys(
            found.message
            for number, item in enumerate(items)
            for rule in document_type(extraction.type_of(item)).rules
            for found in rule(item, context)
            if found.severity is Severity.ERROR and (number, found.field) in given
        )
    )
