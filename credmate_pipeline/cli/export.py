"""`credmate export`: what was read of every document, as a table for other programs."""

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, assert_never

import pandas as pd
import typer

from credmate_pipeline.cli.output import console, plain, safe, shown_value
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.settings import Settings

KNOWN_COLUMNS = {
    "document_id": "string",
    "owner": "string",
    "status": "string",
    "reason_code": "string",
    "document_type": "string",
    "item": "Int64",
    "lowest_confidence": "Float64",
}
"""Columns before the fields, with their types; every field of every type follows, so that exports can be joined."""

# Spreadsheets take text that begins so for a formula.
_FORMULA = r"^(?=[=+\-@\t\r])"


class Format(StrEnum):
    """File formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export(
    output: Annotated[
        Path | None, typer.Option("--output", help="The file to write; CSV and JSONL are printed without it.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Its format.")] = Format.CSV,
    reveal: Annotated[bool, typer.Option("--include-sensitive", help="Sensitive values in full.")] = False,
) -> None:
    """Write a row an item: the document's id, type and status, and each field's value.

    In CSV a value a spreadsheet would take for a formula gets an apostrophe before it.
    """
    if output is None and form is Format.PARQUET:
        raise ConfigurationError("--format is parquet, which is not printed; name the file to write with --output.")
    ledger = running_ledger(Settings())
    table = _table(row for record in ledger.documents() for row in _rows(ledger, record, is_revealed=reveal))
    if output is None:
        _print(_content(table, form))
        return
    _write_whole(output, _content(table, form))
    console.print(f"{len(table)} rows written to {safe(str(output))}")


def _table(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    fields = dict.fromkeys(field.name for known in document_types() for field in known.fields)
    types = {**KNOWN_COLUMNS, **dict.fromkeys(fields, "string")}
    return pd.DataFrame(list(rows), columns=list(types)).astype(types)


def _rows(ledger: Ledger, record: DocumentRecord, *, is_revealed: bool) -> list[dict[str, object]]:
    """A row an item; documents without items have one row too, so that none is missing."""
    known: dict[str, object] = {
        "document_id": record.document_id,
        "owner": record.owner,
        "status": record.status.value,
        "reason_code": record.reason_code.value if record.reason_code else None,
        "document_type": record.document_type,
    }
    extraction = ledger.load_extraction(record.document_id)
    if extraction is None:
        return [known]
    return [
        {
            **known,
            "document_type": extraction.type_of(item),
            "item": number,
            "lowest_confidence": min((field.confidence for field in item.fields), default=None),
            **{
                field.name: shown_value(extraction.type_of(item), field, is_revealed=is_revealed)
                for field in item.fields
            },
        }
        for number, item in enumerate(extraction.items, start=1)
    ]


def _content(table: pd.DataFrame, form: Format) -> bytes:
    match form:
        case Format.CSV:
            return _without_formulas(table).to_csv(index=False).encode()
        case Format.JSONL:
            return table.to_json(orient="records", lines=True, force_ascii=False).encode()
        case Format.PARQUET:
            return table.to_parquet(None, index=False)
        case _:
            assert_never(form)


def _print(content: bytes) -> None:
    """The bytes as they are for another program; on a terminal, without what would steer it."""
    if sys.stdout.isatty():
        content = "\n".join(map(plain, content.decode().split("\n"))).encode()
    typer.echo(content, nl=False)


def _without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    text = [str(name) for name, kind in table.dtypes.items() if kind == "string"]
    return table.assign(**{name: table[name].str.replace(_FORMULA, "'", regex=True) for name in text})


def _write_whole(output: Path, content: bytes) -> None:
    """Writes the file whole or not at all. Raises ConfigurationError where it cannot be written there."""
    partial = output.with_name(f".{output.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        why = error.strerror or error
        raise ConfigurationError(f"--output is {output}, which cannot be written: {why}.") from error
    finally:
        partial.unlink(missing_ok=True)
