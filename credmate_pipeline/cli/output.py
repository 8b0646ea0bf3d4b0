"""How the command line shows things: safe to print, masked where sensitive, or as JSON."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from credmate_pipeline.extraction.fields import Extraction, Field, FieldValue
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.masking import mask

_WIDTH_OF_A_FILE = 180

console = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE)


def safe(text: str) -> str:
    """`text` without control characters and without meaning to the terminal or to markup."""
    return escape(plain(text))


def plain(text: str) -> str:
    """`text` in one line without characters that steer a terminal or the direction of writing."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def for_spreadsheet(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def print_json(content: Any) -> None:
    """One JSON document on standard output; what is not plainly printable is escaped."""
    lines = json.dumps(content, ensure_ascii=False, indent=2).split("\n")
    typer.echo("\n".join("".join(map(_printable, line)) for line in lines))


def _printable(character: str) -> str:
    return character if character.isprintable() else json.dumps(character)[1:-1]


def shown_value(document_type_name: str, field: Field, *, is_revealed: bool) -> str:
    """A field's value for people: sensitive ones masked unless revealed."""
    return shown_text(document_type_name, field.name, field.value, is_revealed=is_revealed)


def shown_text(document_type_name: str, field_name: str, value: FieldValue, *, is_revealed: bool) -> str:
    """A value of that field for people."""
    text = value if isinstance(value, str) else ", ".join(value)
    is_sensitive = field_name in document_type(document_type_name).sensitive_fields
    return text if is_revealed or not is_sensitive else mask(text)


def main_fields(extraction: Extraction | None) -> str:
    """The required fields of the first item and how many more there are, for a table's cell."""
    if extraction is None or not extraction.items:
        return ""
    item = extraction.items[0]
    kind = extraction.type_of(item)
    shown = [field for name in document_type(kind).required_fields if (field := item.field(name)) is not None]
    text = " · ".join(shown_value(kind, field, is_revealed=False) for field in shown)
    further = len(extraction.items) - 1
    return f"{text} (+{further} more)" if further else text


def counted(counts: Sequence[tuple[str, int]]) -> str:
    """`3 completed, 1 unreadable`."""
    return ", ".join(f"{count} {name}" for name, count in counts) or "none"
