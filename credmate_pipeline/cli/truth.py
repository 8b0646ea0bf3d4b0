"""`credmate truth`: the labelled set, on which the asset `extraction_quality` measures what is read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.labelled_documents import counts_by_kind, load_folder
from credmate_pipeline.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The labelled set: documents whose truth is known.")


@app.command()
def load(
    directory: Annotated[Path, typer.Argument(help="Folder of documents with a truth.jsonl.")],
    origin: Annotated[str | None, typer.Option(help="Where they come from; the folder's name by default.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take all other documents out of the set.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take a folder's documents and their truth into the labelled set."""
    settings = Settings()
    gateways = Gateways(running_ledger(settings), open_uploads(settings), open_artifacts(settings))
    named = origin or directory.resolve().name or "unnamed"
    loaded = load_folder(gateways, directory, origin=named, now=datetime.now(UTC), is_whole_set=replace)
    if as_json:
        print_json({"documents": loaded.documents, "repeated": loaded.repeated, "left": loaded.left})
        return
    left = f"; {loaded.left} others left it" if replace else ""
    console.print(f"{loaded.documents} documents are in the labelled set ({loaded.repeated} repeated){left}.")
    console.print("Measure now with: credmate evaluate, or materialize extraction_quality.")


@app.command("list")
def list_truths(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Count the labelled set's documents by origin, type and kind of page."""
    counts = counts_by_kind(running_ledger(Settings()).truths())
    rows = [(*named, count) for named, count in sorted(counts.items())]
    if as_json:
        names = ("origin", "document_type", "kind", "documents")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    table = Table("origin", "type", "kind of page", "documents")
    for row in rows:
        table.add_row(*(safe(str(cell)) for cell in row))
    console.print(table if rows else "The labelled set is empty; fill it with: credmate truth load DIR")
