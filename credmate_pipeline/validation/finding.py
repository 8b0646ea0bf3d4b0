"""What a rule says of an item. A finding speaks of the document; it is not an error of the program."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credmate_pipeline.extraction.fields import Item

VALIDATOR_VERSION = "7"
"""Raised when the same fields can give other findings or another decision."""


class Severity(StrEnum):
    """An error keeps a document from settling by itself; a warning is shown; a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says. `message` holds no personal data."""

    rule: str
    severity: Severity
    message: str
    field: str | None = None
    item: int | None = 0
    """Which item, counted from 0; None where it speaks of the document as a whole."""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at beside the item."""

    today: date
    known_names: tuple[str, ...] = ()
    """The names the provider is known by; empty where the provider is not known."""
    page_text: str = ""
    """All printed text, for rules about the page, such as specimen words."""


Rule = Callable[[Item, RuleContext], Iterable[Finding]]
"""A small pure function; its docstring names the source. `Finding.item` is filled in by the caller."""
