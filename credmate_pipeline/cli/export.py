"""`credmate export`: what was read of every document, as a table for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from credmate_pipeline.cli.output import console, shown_value
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.settings import Settings


class Format(StrEnum):
    """File formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export(
    output: Annotated[Path, typer.Option("--output", help="The file to write.")],
    form: Annotated[Format, typer.Option("--format", help="Its format.")] = Format.CSV,
    reveal: Annotated[bool, typer.Option("--include-sensitive", help="Sensitive values in full.")] = False,
) -> None:
    """Write a row an item: the document's id, type and status, and each field's value."""
    ledger = running_ledger(Settings())
    rows = [row for record in ledger.documents() for row in _rows(ledger, record, is_revealed=reveal)]
    table = pd.DataFrame(rows)
    partial = output.with_name(f".{output.name}.part")
    match form:
        case Format.CSV:
            table.to_csv(partial, index=False)
        case Format.JSONL:
            table.to_json(partial, orient="records", lines=True)
        case Format.PARQUET:
            table.to_parquet(partial, index=False)
    partial.replace(output)
    console.print(f"{len(table)} rows written to {output}")


def _rows(ledger: Ledger, record: DocumentRecord, *, is_revealed: bool) -> list[dict[str, object]]:
    """A row an item; documents without items have one row too, so that none is missing."""
    known: dict[str, object] = {
        "document_id": record.document_id,
        "owner": record.owner,
        "status": record.status.value,
        "reason_code": record.reason_code.value if record.reason_code else None,
        "document_type": record.document_type,
        "item": None,
        "lowest_confidence": None,
    }
    extraction = ledger.load_extraction(record.document_id)
    if extraction is None:
        return [known]
    return [
        {
            **known,
            "item": number,
            "lowest_confidence": min((field.confidence for field in item.fields), default=None),
            **{
                field.name: shown_value(extraction.document_type, field, is_revealed=is_revealed)
                for field in item.fields
            },
        }
        for number, item in enumerate(extraction.items, start=1)
    ]
