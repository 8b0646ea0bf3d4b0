"""What the pipeline knows of one document type. The types themselves are the modules of `types/`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.ocr.reading import Page, Reading, Word
from credmate_pipeline.validation.finding import Rule

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

    @property
    def required_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_required)

    @property
    def sensitive_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_sensitive)
