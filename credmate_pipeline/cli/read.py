"""`credmate read`: the journey on files, with no services at all."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, main_fields, safe
from credmate_pipeline.cli.upload import files_below
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.many_files import as_line, read_files
from credmate_pipeline.settings import Settings


def read(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders that are walked.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a file, values in full.")] = False,
    lanes: Annotated[int | None, typer.Option(help="Files read at the same time.", min=1)] = None,
) -> None:
    """Read files and print what they say; nothing is stored. Ends with 1 where a file failed."""
    settings = Settings() if lanes is None else Settings().model_copy(update={"lanes": lanes})
    table = Table("file", "type", "status", "main fields", "why")
    has_failed = False
    for file in read_files(list(files_below(paths)), settings, today=datetime.now(UTC).date()):
        has_failed |= file.status is DocumentStatus.FAILED
        line = as_line(file)
        if jsonl:
            typer.echo(_as_text(line))
            continue
        extraction = file.outcome.extraction if file.outcome is not None else None
        fields = safe(main_fields(extraction))
        table.add_row(safe(file.path.name), line["document_type"], line["status"], fields, safe(line["reason"] or ""))
    if not jsonl:
        console.print(table)
    if has_failed:
        raise typer.Exit(1)


def _as_text(line: dict[str, Any]) -> str:
    """JSON in plain characters; escaped where a file's name is not text in any encoding."""
    text = json.dumps(line, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(line)
