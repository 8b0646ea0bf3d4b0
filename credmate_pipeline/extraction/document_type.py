"""What the pipeline knows of one document type. The types themselves are the modules of `types/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from credmate_pipeline.extraction.fields import FieldValue, Item
from credmate_pipeline.ocr.reading import Page, Reading, Word
from credmate_pipeline.validation.finding import Rule

Recognizer = Callable[[str], Iterable[tuple[int, int, FieldValue]]]
"""Where in a printed text a value stands (begin, end), and its normal form."""

UNSUPPORTED = "unsupported"
"""The classification of a document that is none of the known types."""


class FieldKind(StrEnum):
    """The normal form a field's value has."""

    NAME = "name"
    DATE = "date"
    CREDITS = "credits"
    MONEY = "money"
    STATE = "state"
    CODE = "code"
    NUMBER = "number"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field a type can have."""

    name: str
    kind: FieldKind
    is_required: bool = False
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for (positive weight) or against (negative) a type; a case-insensitive regex."""

    pattern: str
    weight: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page of a type is laid out, whatever its words: gives the words that show it, none where it is not so."""

    find: Callable[[Page], tuple[Word, ...]]
    weight: float


@dataclass(frozen=True, slots=True)
class DocumentType:
    """All knowledge of one type: fields, phrases, how to read it, the rules its items obey."""

    name: str
    title: str
    """For people, such as `CME certificate`."""
    fields: tuple[FieldSpec, ...]
    cues: tuple[Cue, ...]
    extract: Callable[[Reading], tuple[Item, ...]]
    rules: tuple[Rule, ...]
    shapes: tuple[Shape, ...] = ()
    recognizers: Mapping[str, Recognizer] = field(default_factory=dict)
    """By field: how its printed words become its value, for codes, lists and numbers of a form of their own."""

    @property
    def required_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_required)

    @property
    def sensitive_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_sensitive)
