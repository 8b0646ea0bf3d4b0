"""`credmate uploaders`: which files nobody can read, for those who must send them again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, for_spreadsheet, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings

COLUMNS = ("owner", "file_name", "uploaded_on", "reason_code", "what_to_do", "document_id")


def uploaders(
    output: Annotated[Path | None, typer.Option("--csv", help="Write the list to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the files no reader can help with, by the folder of who uploaded them, and what to ask for."""
    unreadable = running_ledger(Settings()).documents(status=DocumentStatus.UNREADABLE)
    rows = sorted((_row(record) for record in unreadable), key=lambda row: (row["owner"], row["file_name"]))
    if output is not None:
        _write(output, rows)
        console.print(f"{len(rows)} files for {len({row['owner'] for row in rows})} uploaders: {safe(str(output))}")
    elif as_json:
        print_json(rows)
    else:
        table = Table(*(name.replace("_", " ") for name in COLUMNS))
        for row in rows:
            table.add_row(*(safe(row[name]) for name in COLUMNS))
        console.print(table if rows else "No file needs to be sent again.")


def _row(record: DocumentRecord) -> dict[str, str]:
    return {
        "owner": record.owner,
        "file_name": record.file_name,
        "uploaded_on": record.uploaded_at.date().isoformat(),
        "reason_code": record.reason_code.value if record.reason_code else "",
        "what_to_do": record.reasons[0] if record.reasons else "",
        "document_id": record.document_id,
    }


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows([for_spreadsheet(row[name]) for name in COLUMNS] for row in rows)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error
