"""`credmate evaluate`: how well documents are read whose truth lies beside them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, counted, print_json, safe
from credmate_pipeline.evaluation.matching import TypedItem, matched
from credmate_pipeline.evaluation.score import NO_TYPE, Judged, field_scores, summary
from credmate_pipeline.evaluation.truth import TruthLine, read_truth
from credmate_pipeline.extraction.fields import Extraction, FieldValue, Item
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.many_files import FileRead, read_files
from credmate_pipeline.settings import Settings


def evaluate(
    directory: Annotated[Path, typer.Argument(help="Folder of documents with a truth.jsonl.")],
    by_kind: Annotated[bool, typer.Option("--by-kind", help="Figures for each kind of page.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read a folder's documents and compare with its truth.jsonl."""
    truths = read_truth(directory)
    paths = [directory / truth.file for truth in truths]
    reads = read_files(paths, Settings(), today=datetime.now(UTC).date())
    judged = [judge(truth, read) for truth, read in zip(truths, reads, strict=True)]
    scores, told = field_scores(judged, by_kind=by_kind), summary(judged)
    rows = json.loads(scores.to_json(orient="records"))
    if as_json:
        print_json({**told, "fields": rows})
        return
    console.print(_score_table(rows, by_kind=by_kind))
    _tell(told)


def judge(truth: TruthLine, read: FileRead) -> Judged:
    """The file's truth beside what was read; several items are matched, where the truth or the reading has them."""
    outcome = read.outcome
    extraction = outcome.extraction if outcome else None
    items = extraction.items if extraction else ()
    has_several = bool(truth.items) or len(items) > 1
    return Judged(
        file=truth.file,
        kind=truth.kind,
        true_type=truth.document_type or NO_TYPE,
        read_type=outcome.classification.document_type if outcome and outcome.classification else NO_TYPE,
        status=read.status.value,
        truth=truth.fields,
        read=_values(items[0]) if items else {},
        expected_statuses=_expected(truth),
        pairs=matched(_true_items(truth), _read_items(extraction)) if has_several and truth.document_type else (),
    )


def _true_items(truth: TruthLine) -> tuple[TypedItem, ...]:
    kind = truth.document_type or NO_TYPE
    if not truth.items:
        return (TypedItem(kind, truth.fields),)
    return tuple(TypedItem(item.document_type or kind, item.fields) for item in truth.items)


def _read_items(extraction: Extraction | None) -> tuple[TypedItem, ...]:
    if extraction is None:
        return ()
    return tuple(TypedItem(extraction.type_of(item), _values(item)) for item in extraction.items)


def _values(item: Item) -> dict[str, FieldValue]:
    return {field.name: field.value for field in item.fields}


def _expected(truth: TruthLine) -> frozenset[str]:
    """The statuses the truth allows, as far as a file alone can show: only the ledger knows a duplicate."""
    return frozenset() if DocumentStatus.DUPLICATE in truth.expected_status else truth.expected_status


def _tell(told: dict[str, Any]) -> None:
    low, high = told["type_accuracy_interval"]
    console.print(f"Type right: {told['type_right']} of {told['documents']} ({low:.1%} to {high:.1%})")
    for pair, count in told["confusion"].items():
        console.print(f"  {safe(pair)}: {count}")
    console.print(f"Statuses: {counted(list(told['statuses'].items()))}")
    if told["fields_no_type_has"]:
        console.print(f"In the truth, but no field of the type: {safe(', '.join(told['fields_no_type_has']))}")
    console.print(f"Other status than expected: {len(told['unexpected_statuses'])}")
    for name, status in told["unexpected_statuses"].items():
        console.print(f"  {safe(name)}: {status}")
    console.print(f"Wrongly settled: {len(told['wrongly_settled'])}")
    for name in told["wrongly_settled"]:
        console.print(f"  {safe(name)}")


def _score_table(rows: list[dict[str, Any]], *, by_kind: bool) -> Table:
    named = ["type", "field", *(["kind"] if by_kind else [])]
    counts, shares = ["documents", "printed", "given", "right"], ["precision", "recall", "exact"]
    table = Table(*named, *counts, *shares, caption="Shares in percent, with their 95 % Wilson intervals.")
    for row in rows:
        cells = [safe(row[name]) for name in named] + [str(row[count]) for count in counts]
        table.add_row(*cells, *(_share(row, name) for name in shares))
    return table


def _share(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "–"
    return f"{100 * row[name]:.1f} ({100 * row[f'{name}_low']:.0f}–{100 * row[f'{name}_high']:.0f})"
