"""`credmate evaluate`: how well documents are read whose truth lies beside them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, counted, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.evaluation.score import Judged, field_scores, summary
from credmate_pipeline.many_files import FileRead, read_files
from credmate_pipeline.settings import Settings

TRUTH_FILE = "truth.jsonl"


def evaluate(
    directory: Annotated[Path, typer.Argument(help="Folder of documents with a truth.jsonl.")],
    by_kind: Annotated[bool, typer.Option("--by-kind", help="Figures for each kind of page.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read a folder's documents and compare with its truth.jsonl."""
    truths = _truths(directory)
    paths = [directory / truth["file"] for truth in truths]
    reads = read_files(paths, Settings(), today=datetime.now(UTC).date())
    judged = [_judged(truth, read) for truth, read in zip(truths, reads, strict=True)]
    scores, told = field_scores(judged, by_kind=by_kind), summary(judged)
    if as_json:
        print_json({**told, "fields": json.loads(scores.to_json(orient="records"))})
        return
    console.print(_score_table(scores))
    console.print(f"Type right: {told['type_right']} of {told['documents']}")
    console.print(f"Statuses: {counted(list(told['statuses'].items()))}")
    for pair, count in told["confusion"].items():
        console.print(f"  {pair}: {count}")
    if told["fields_no_type_has"]:
        console.print(f"In the truth, but no field of the type: {', '.join(told['fields_no_type_has'])}")
    console.print(f"Wrongly settled: {len(told['wrongly_settled'])}")
    for name in told["wrongly_settled"]:
        console.print(f"  {safe(name)}")


def _truths(directory: Path) -> list[dict[str, Any]]:
    path = directory / TRUTH_FILE
    if not path.is_file():
        raise ConfigurationError(f"{path} is not there; it holds a line a document: file, document_type, fields.")
    truths = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    missing = [truth["file"] for truth in truths if not (directory / truth["file"]).is_file()]
    if missing:
        raise ConfigurationError(f"{path} names {len(missing)} files that are not there, such as {missing[0]}.")
    return truths


def _judged(truth: dict[str, Any], read: FileRead) -> Judged:
    outcome = read.outcome
    item = outcome.extraction.items[0] if outcome and outcome.extraction and outcome.extraction.items else None
    return Judged(
        file=truth["file"],
        kind=truth.get("kind", ""),
        true_type=truth["document_type"],
        read_type=outcome.classification.document_type if outcome and outcome.classification else "none",
        status=read.status.value,
        truth=truth.get("fields", {}),
        read={field.name: field.value for field in item.fields} if item else {},
    )


def _score_table(scores: pd.DataFrame) -> Table:
    table = Table(*[str(column) for column in scores.columns])
    for row in scores.itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.3f}"
    return str(value)
