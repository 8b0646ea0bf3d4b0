"""`credmate evaluate`: how well documents are read whose truth is known."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, counted, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.evaluation.overview import Overview, overview, overviews
from credmate_pipeline.evaluation.score import Judged, field_scores, summary
from credmate_pipeline.gateways import open_artifacts, running_ledger
from credmate_pipeline.labelled_documents import judge_folder, judge_labelled
from credmate_pipeline.settings import Settings


def evaluate(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder of documents with a truth.jsonl; the labelled set by default.")
    ] = None,
    by_kind: Annotated[bool, typer.Option("--by-kind", help="Figures for each kind of page.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read a folder's documents, or the labelled set, and compare with their truth."""
    judged = _judged(directory)
    scores, told = field_scores(judged, by_kind=by_kind), summary(judged)
    rows = json.loads(scores.to_json(orient="records"))
    if as_json:
        print_json({**told, **_groups(judged), "fields": rows})
        return
    console.print(_score_table(rows, by_kind=by_kind))
    _tell(told, judged)


def _judged(directory: Path | None) -> tuple[Judged, ...]:
    settings, today = Settings(), datetime.now(UTC).date()
    if directory is not None:
        return judge_folder(directory, settings, today=today)
    documents = running_ledger(settings).truths()
    if not documents:
        raise ConfigurationError("No labelled set is loaded; name a folder, or load one: credmate truth load DIR")
    return judge_labelled(documents, open_artifacts(settings), settings, today=today)


def _groups(judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "overall": asdict(overview(judged)),
        "by_type": [asdict(one) for one in overviews(judged, lambda one: one.true_type)],
        "by_kind": [asdict(one) for one in overviews(judged, lambda one: one.kind)],
    }


def _tell(told: dict[str, Any], judged: Sequence[Judged]) -> None:
    console.print(_confusion_table(told["confusion_matrix"]))
    by_type = overviews(judged, lambda one: one.true_type)
    by_kind = overviews(judged, lambda one: one.kind or "not said")
    console.print(_overview_table("type", (*by_type, overview(judged))))
    console.print(_overview_table("kind of page", by_kind))
    low, high = told["type_accuracy_interval"]
    console.print(f"Type right: {told['type_right']} of {told['documents']} ({low:.1%} to {high:.1%})")
    console.print(f"Statuses: {counted(list(told['statuses'].items()))}")
    if told["fields_no_type_has"]:
        console.print(f"In the truth, but no field of the type: {safe(', '.join(told['fields_no_type_has']))}")
    console.print(f"Other status than expected: {len(told['unexpected_statuses'])}")
    for name, status in told["unexpected_statuses"].items():
        console.print(f"  {safe(name)}: {status}")
    console.print(f"Wrongly settled: {len(told['wrongly_settled'])}")
    for name, wrong in told["wrongly_settled_fields"].items():
        console.print(f"  {safe(name)}: {', '.join(wrong)}")


def _confusion_table(matrix: dict[str, dict[str, int]]) -> Table:
    read = sorted({name for row in matrix.values() for name in row})
    table = Table("type ↓ taken for →", *read, title="Types")
    for name, row in matrix.items():
        table.add_row(name, *(str(row.get(other, "")) for other in read))
    return table


def _overview_table(grouped_by: str, groups: Sequence[Overview]) -> Table:
    columns = ("documents", "type right %", "required right %", "settled %", "settled", "of those right %", "wrong")
    table = Table(grouped_by, *columns, caption="Settled: without a person, of the documents of supported types.")
    for one in groups:
        shares = [_percent(share) for share in (one.type_share, one.required_share, one.settled_share)]
        right = _percent(one.settled_right_share)
        wrong = str(one.settled - one.settled_right)
        table.add_row(safe(one.group), str(one.documents), *shares, str(one.settled), right, wrong)
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


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
