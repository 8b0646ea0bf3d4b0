"""`credmate audit`: documents settled without a person that were drawn to be looked at all the same."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.cli.show import found_document
from credmate_pipeline.cli.status import as_row
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Documents settled without a person, drawn to measure the error.")

Document = Annotated[str, typer.Argument(help="The document's id, or as much of it as is unique.")]
Auditor = Annotated[str, typer.Option(envvar="CREDMATE_REVIEWER", help="Who looked: a name or id that is recorded.")]


@app.command("list")
def list_audits(
    at_most: Annotated[int, typer.Option(help="How many to list.", min=1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List documents to audit, the longest drawn first, and what audits found so far."""
    ledger = running_ledger(Settings())
    waiting, found = ledger.open_audits(at_most=at_most), ledger.audited_error()
    if as_json:
        told = {"settled": found.settled, "drawn": found.drawn, "judged": found.judged, "wrong": found.wrong}
        print_json({**told, "error_at_most": found.upper_bound, "open": [as_row(record) for record in waiting]})
        return
    table = Table("id", "file", "type", "status")
    for record in waiting:
        table.add_row(record.document_id[:8], safe(record.file_name), record.document_type or "", record.status.value)
    console.print(table if waiting else "No audit is open.")
    if found.judged:
        console.print(
            f"{found.wrong} of {found.judged} audited were wrong; at most {found.upper_bound:.1%} of all (95 %)."
        )


@app.command()
def right(document_id: Document, *, auditor: Auditor) -> None:
    """Record that the type and every required field are right."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    ledger.audit_right(document.document_id, auditor=auditor, now=datetime.now(UTC))
    console.print(f"Document {document.document_id}: right.")


@app.command()
def wrong(
    document_id: Document,
    fields: Annotated[list[str], typer.Argument(help="What is wrong: names of fields, or `type`.")],
    *,
    auditor: Auditor,
) -> None:
    """Record what is wrong; then correct or reject the document with `credmate review`."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    ledger.audit_wrong(document.document_id, fields=fields, auditor=auditor, now=datetime.now(UTC))
    console.print(f"Document {document.document_id}: wrong in {safe(', '.join(fields))}.")
