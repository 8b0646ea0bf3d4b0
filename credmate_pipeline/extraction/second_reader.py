"""What a second field reader is asked after the rules, and how both answers become one extraction. Pure.

The rules' values stay. What the second reader adds bears its own method; where both read a field differently, the
rules' value is marked, and a rule of the validation sends the document to a person.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.extraction.bedrock.asked import MEANINGS
from credmate_pipeline.extraction.document_type import DocumentType, FieldKind
from credmate_pipeline.extraction.fields import Extraction, Field, Item
from credmate_pipeline.extraction.names import fold
from credmate_pipeline.extraction.packets.copies import agree
from credmate_pipeline.extraction.packets.split import parts_of
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ocr.reading import Reading

READERS_DIFFER = "+readers-differ"
"""In a field's method: another reader found another value."""


class Scope(StrEnum):
    """What the second reader is asked for."""

    MISSING = "missing"
    """What the rules did not find, of items that lack a required field."""
    ALL = "all"
    """Every field of every document."""


class Asked(StrEnum):
    """What came of asking the second reader; kept with the extraction."""

    ANSWERED = "rules+bedrock"
    SPEND_LIMIT = "rules, bedrock stopped by the spend limit"
    NO_ANSWER = "rules, bedrock without answer"
    REFUSED = "rules, bedrock's answer refused"


@dataclass(frozen=True, slots=True)
class Question:
    """Fields to be looked for on some pages, for the item at `position` of the rules' extraction (None: a new one)."""

    position: int | None
    document_type: str
    pages: tuple[int, ...]
    names: tuple[str, ...]

    def reading(self, whole: Reading) -> Reading:
        """The pages it is about."""
        return replace(whole, pages=tuple(page for page in whole.pages if page.number in self.pages))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the second reader found for a question."""

    question: Question
    fields: tuple[Field, ...]


def questions(
    reading: Reading, classification: Classification, extraction: Extraction | None, scope: Scope
) -> tuple[Question, ...]:
    """What is to be asked; nothing of items that share their pages with others, such as a transcript's rows."""
    known = extraction or Extraction(classification.document_type, ())
    own = [
        Question(position, known.type_of(item), item.pages, names)
        for position, item in enumerate(known.items)
        if _has_pages_of_its_own(position, known.items)
        and (names := _wanted(item, document_type(known.type_of(item)), scope))
    ]
    covered = {page for item in known.items for page in item.pages}
    parts, _ = parts_of(reading, classification)
    lost = [
        Question(None, part.document_type, tuple(page.number for page in part.reading.pages), _askable(part_type))
        for part in parts
        if not covered & {page.number for page in part.reading.pages}
        for part_type in (document_type(part.document_type),)
    ]
    return (*own, *lost)


def _has_pages_of_its_own(position: int, items: Sequence[Item]) -> bool:
    others = {page for at, item in enumerate(items) if at != position for page in item.pages}
    return not others & set(items[position].pages)


def _askable(known: DocumentType) -> tuple[str, ...]:
    return tuple(spec.name for spec in known.fields if spec.name in MEANINGS)


def _wanted(item: Item, known: DocumentType, scope: Scope) -> tuple[str, ...]:
    if scope is Scope.ALL:
        return _askable(known)
    if all(item.field(name) is not None for name in known.required_fields):
        return ()
    return tuple(name for name in _askable(known) if item.field(name) is None)


def combined(main_type: str, extraction: Extraction | None, replies: Collection[Reply]) -> Extraction:
    """The rules' extraction with the second reader's replies in it."""
    base = extraction or Extraction(main_type, ())
    by_position = {reply.question.position: reply.fields for reply in replies if reply.question.position is not None}
    items = [_joined(item, by_position.get(at, ()), base.type_of(item)) for at, item in enumerate(base.items)]
    for reply in replies:
        if reply.question.position is None and reply.fields:
            own_type = None if reply.question.document_type == main_type else reply.question.document_type
            items.append(Item(reply.fields, own_type))
    return replace(base, items=tuple(items), reader=Asked.ANSWERED.value)


def _joined(item: Item, found: Sequence[Field], type_name: str) -> Item:
    kinds = {spec.name: spec.kind for spec in document_type(type_name).fields}
    other: Mapping[str, Field] = {field.name: field for field in found}
    own = [
        _marked(field) if field.name in other and not _is_same(kinds[field.name], field, other[field.name]) else field
        for field in item.fields
    ]
    added = [field for field in found if item.field(field.name) is None]
    order = list(kinds)
    together = sorted((*own, *added), key=lambda field: order.index(field.name) if field.name in order else len(order))
    return replace(item, fields=tuple(together))


def _marked(field: Field) -> Field:
    """The field with the mark, before marks of others, which stand at the end."""
    way, plus, marks = field.method.partition("+")
    return replace(field, method=f"{way}{READERS_DIFFER}{plus}{marks}")


def _is_same(kind: FieldKind, one: Field, other: Field) -> bool:
    """Whether both readers mean the same; of texts, one may be a part of the other."""
    if kind is FieldKind.TEXT:
        first, second = _letters(one.value), _letters(other.value)
        return bool(first and second) and (first in second or second in first)
    if kind in (FieldKind.CREDITS, FieldKind.MONEY):
        return Decimal(str(one.value)) == Decimal(str(other.value))
    return agree(kind, one, other)


def _letters(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else " ".join(value)
    return "".join(sign for sign in fold(text) if sign.isalnum())
