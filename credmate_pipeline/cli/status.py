"""`credmate status`: where the documents stand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings


def status(
    documents: Annotated[bool, typer.Option("--documents", help="List documents, newest first.")] = False,
    only: Annotated[DocumentStatus | None, typer.Option("--status", help="Only documents in this status.")] = None,
    at_most: Annotated[int, typer.Option(help="How many documents to list.", min=1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count documents by status, and list them."""
    settings = Settings()
    ledger = running_ledger(settings)
    counts = ledger.counts_by_status()
    now = datetime.now(UTC)
    waiting = [record for record in ledger.open_documents() if record.status is DocumentStatus.UPLOADED]
    ages = [now - record.waiting_since_at for record in waiting]
    patience = timedelta(minutes=settings.patience_minutes)
    stuck = [record for record in waiting if now - record.waiting_since_at > patience and not record.is_claimed(now)]
    listed = ledger.documents(status=only, at_most=at_most) if documents or only else ()
    if as_json:
        print_json(
            {
                "counts": {state.value: count for state, count in counts.items()},
                "oldest_waiting_seconds": round(max(ages).total_seconds()) if ages else None,
                "stuck": [record.document_id for record in stuck],
                "documents": [as_row(record) for record in listed],
            }
        )
        return
    table = Table("status", "documents")
    for state in DocumentStatus:
        if state in counts:
            table.add_row(state.value, str(counts[state]))
    console.print(table if counts else "No documents yet; upload some with: credmate upload FILE")
    if ages:
        console.print(f"The oldest that waits has waited for {_told(max(ages))}.")
    if stuck:
        console.print(f"[red]{len(stuck)} waiting longer than {settings.patience_minutes:g} minutes:[/red]")
        console.print(_listing(stuck))
    if listed:
        console.print(_listing(listed))


def as_row(record: DocumentRecord) -> dict[str, Any]:
    """A document as JSON."""
    return {
        "document_id": record.document_id,
        "file_name": record.file_name,
        "owner": record.owner,
        "document_type": record.document_type,
        "status": record.status.value,
        "reason_code": record.reason_code.value if record.reason_code else None,
        "reasons": list(record.reasons),
        "uploaded_at": record.uploaded_at.isoformat(),
        "settled_at": record.settled_at.isoformat() if record.settled_at else None,
    }


def _listing(records: Sequence[DocumentRecord]) -> Table:
    table = Table("id", "file", "type", "status", "why")
    for record in records:
        table.add_row(
            record.document_id[:8],
            safe(record.file_name),
            record.document_type or "",
            record.status.value,
            safe(record.reasons[0]) if record.reasons else "",
        )
    return table


def _told(age: timedelta) -> str:
    seconds = round(age.total_seconds())
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds % 60} s"
