"""`credmate review`: what waits for a person, and the person's decision. Values are shown in full here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe, shown_value
from credmate_pipeline.cli.show import found_document
from credmate_pipeline.cli.status import as_row
from credmate_pipeline.credentials.correction import Correction, asked_correction
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import DocumentRecord, Filed
from credmate_pipeline.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Documents that wait for a person, and the person's decision.")

Document = Annotated[str, typer.Argument(help="The document's id, or as much of it as is unique.")]
Reviewer = Annotated[str, typer.Option(envvar="CREDMATE_REVIEWER", help="Who decides: a name or id that is recorded.")]
Seen = Annotated[
    int | None, typer.Option("--extraction", help="The extraction looked at; refused if it was read again since.")
]
Whose = Annotated[str | None, typer.Option("--provider", help="Folder of the provider whose document it is.")]
Incomplete = Annotated[bool, typer.Option("--incomplete", help="Approve although required fields are missing.")]


@app.command("list")
def list_reviews(
    owner: Annotated[str | None, typer.Option(help="Only documents of this folder.")] = None,
    at_most: Annotated[int, typer.Option(help="How many to list.", min=1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List documents that wait for a person, the longest waiting first."""
    waiting = running_ledger(Settings()).review_queue(at_most=at_most, owner=owner)
    if as_json:
        print_json([as_row(record) for record in waiting])
        return
    table = Table("id", "file", "type", "since", "why")
    for record in waiting:
        since = record.settled_at.astimezone().date().isoformat() if record.settled_at else ""
        why = safe(record.reasons[0]) if record.reasons else ""
        table.add_row(record.document_id[:8], safe(record.file_name), record.document_type or "", since, why)
    console.print(table if waiting else "Nothing waits for a person.")


@app.command("show")
def show_review(document_id: Document, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show what was read with its places, what the rules say, and every earlier decision."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    shown = _as_json(ledger, document)
    if as_json:
        print_json(shown)
        return
    console.print(f"[bold]{document.document_id}[/bold]  {safe(document.upload_key)}")
    console.print(f"{document.document_type or 'type unknown'} · [bold]{document.status.value}[/bold]")
    for reason in document.reasons:
        console.print(f"  {safe(reason)}")
    console.print(f"extraction {shown['extraction_id']}")
    table = Table("field", "value", "corrected to", "confidence", "page", "printed")
    for row in shown["fields"]:
        cells = (str(row[name] if row[name] is not None else "") for name in ("value", "corrected_to"))
        table.add_row(
            f"{row['item']}.{row['field']}",
            *map(safe, cells),
            f"{row['confidence']:.2f}",
            str(row["page"]),
            safe(row["printed"]),
        )
    console.print(table)
    for finding in shown["findings"]:
        console.print(f"{finding['severity']:8} {finding['rule']}: {safe(finding['message'])}")
    for one in shown["relations"]:
        console.print(f"{one['kind']}: {one['document_id'][:8]} → {one['other_document_id'][:8]}")
    for review in shown["reviews"]:
        told = f" ({safe(review['reason'])})" if review["reason"] else ""
        console.print(f"{review['reviewed_at']}  {review['decision']} by {safe(review['reviewer'])}{told}")


@app.command()
def approve(
    document_id: Document,
    *,
    reviewer: Reviewer,
    note: Annotated[str | None, typer.Option(help="A remark for the record.")] = None,
    provider: Whose = None,
    extraction: Seen = None,
    incomplete: Incomplete = False,
) -> None:
    """Approve what was read: its credentials are put on file."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    filed = _approve(
        ledger,
        document,
        (),
        reviewer=reviewer,
        note=note,
        provider=provider,
        extraction=extraction,
        is_incomplete=incomplete,
    )
    _tell_filed(document.document_id, filed)


@app.command()
def correct(
    document_id: Document,
    corrections: Annotated[list[str], typer.Argument(help="FIELD=VALUE or ITEM.FIELD=VALUE; empty: not there.")],
    *,
    reviewer: Reviewer,
    note: Annotated[str | None, typer.Option(help="A remark for the record.")] = None,
    provider: Whose = None,
    extraction: Seen = None,
    incomplete: Incomplete = False,
) -> None:
    """Approve with corrections; what was read is kept beside them."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    read = ledger.load_extraction(document.document_id)
    if read is None:
        raise LedgerRefusal(f"Document {document.document_id} is {document.status.value}; there is nothing to correct.")
    said = [asked_correction(text, read) for text in corrections]
    filed = _approve(
        ledger,
        document,
        said,
        reviewer=reviewer,
        note=note,
        provider=provider,
        extraction=extraction,
        is_incomplete=incomplete,
    )
    console.print(f"{len(said)} corrected.")
    _tell_filed(document.document_id, filed)


@app.command()
def reject(
    document_id: Document,
    reviewer: Reviewer,
    reason: Annotated[str, typer.Option(help="Why; the uploader is told.")],
    extraction: Seen = None,
) -> None:
    """Reject the document; credentials that only it proves are withdrawn."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    ledger.reject(
        document.document_id, reviewer=reviewer, reason=reason, extraction_id=extraction, now=datetime.now(UTC)
    )
    console.print(f"Document {document.document_id} is rejected.")


@app.command()
def reopen(
    document_id: Document, reviewer: Reviewer, reason: Annotated[str, typer.Option(help="Why it is decided anew.")]
) -> None:
    """Send a decided document back to review."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    ledger.reopen_review(document.document_id, reviewer=reviewer, reason=reason, now=datetime.now(UTC))
    console.print(f"Document {document.document_id} waits for a person again.")


def _approve(
    ledger: Ledger,
    document: DocumentRecord,
    said: Sequence[Correction],
    *,
    reviewer: str,
    note: str | None,
    provider: str | None,
    extraction: int | None,
    is_incomplete: bool,
) -> Filed:
    return ledger.approve(
        document.document_id,
        reviewer=reviewer,
        reason=note,
        corrections=said,
        owner=provider,
        extraction_id=extraction,
        may_be_incomplete=is_incomplete,
        now=datetime.now(UTC),
    )


def _tell_filed(document_id: DocumentId, filed: Filed) -> None:
    console.print(
        f"Document {document_id} is approved: {filed.created} credentials put on file ({filed.renewed} renewals), "
        f"{filed.confirmed} already there."
    )


def _as_json(ledger: Ledger, document: DocumentRecord) -> dict[str, Any]:
    document_id = document.document_id
    return {
        **as_row(document),
        "extraction_id": ledger.extraction_id(document_id),
        "fields": _field_rows(ledger, document_id),
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "field": f.field, "item": f.item, "message": f.message}
            for f in ledger.load_findings(document_id)
        ],
        "relations": [
            {"kind": one.kind, "document_id": one.document_id, "other_document_id": one.other_document_id}
            for one in ledger.relations(document_id)
        ],
        "reviews": [
            {
                "decision": one.decision,
                "reviewer": one.reviewer,
                "reason": one.reason,
                "reviewed_at": one.reviewed_at.isoformat(),
                "corrected_fields": list(one.corrected_fields),
            }
            for one in ledger.reviews(document_id)
        ],
    }


def _field_rows(ledger: Ledger, document_id: DocumentId) -> list[dict[str, Any]]:
    """Fields read, and fields a reviewer added, which have no place."""
    extraction = ledger.load_extraction(document_id)
    if extraction is None:
        return []
    said = {(one.item, one.field): one.value for one in ledger.corrections(document_id)}
    rows = [
        {
            "item": number + 1,
            "field": field.name,
            "value": shown_value(extraction.type_of(item), field, is_revealed=True),
            "corrected_to": _told(said.pop((number, field.name), field.value), field.value),
            "confidence": field.confidence,
            "page": field.evidence[0].page,
            "printed": field.content,
        }
        for number, item in enumerate(extraction.items)
        for field in item.fields
    ]
    added = {"value": None, "confidence": 1.0, "page": None, "printed": ""}
    return rows + [
        {**added, "item": item + 1, "field": name, "corrected_to": _told(value, None)}
        for (item, name), value in said.items()
    ]


def _told(said: str | tuple[str, ...] | None, read: str | tuple[str, ...] | None) -> str | None:
    if said == read:
        return None
    return "" if said is None else said if isinstance(said, str) else ", ".join(said)
